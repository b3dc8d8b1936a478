import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AmountFormat, createAmountReader, toCents, toNumber } from "./amount-format";

type Signs = Pick<AmountFormat, "decimal" | "thousands">;
const ENGLISH: Signs = { decimal: ".", thousands: "," };
const GERMAN: Signs = { decimal: ",", thousands: "." };
const FRENCH: Signs = { decimal: ",", thousands: " " };
const SWISS: Signs = { decimal: ".", thousands: "'" };

function cents(text: string, signs: Signs, currency = "USD") {
  const amount = createAmountReader({ format: { kind: "money", ...signs }, currency })(text);
  return typeof amount === "object" ? (amount.negative ? "-" : "") + toCents(amount) : amount;
}

describe("an amount of money becomes whole cents", () => {
  it.each<[string, Signs, string]>([
    ["1234.5", ENGLISH, "123450"],
    ["1,234.50", ENGLISH, "123450"],
    ["12,345,678", ENGLISH, "1234567800"],
    [".5", ENGLISH, "50"],
    ["0", ENGLISH, "0"],
    ["$1,234.50", ENGLISH, "123450"],
    ["$ 5", ENGLISH, "500"],
    ["5 USD", ENGLISH, "500"],
    ["usd 5", ENGLISH, "500"],
    ["US$5", ENGLISH, "500"],
    ["-5", ENGLISH, "-500"],
    ["+5", ENGLISH, "500"],
    ["-$5.01", ENGLISH, "-501"],
    ["$-5.01", ENGLISH, "-501"],
    ["5.01-", ENGLISH, "-501"],
    ["−5", ENGLISH, "-500"],
    ["($5.01)", ENGLISH, "-501"],
    ["(1,234)", ENGLISH, "-123400"],
    ["-0.00", ENGLISH, "0"],
    ["1.234,50", GERMAN, "123450"],
    ["1 234,50", FRENCH, "123450"],
    ["1\u202f234,50", FRENCH, "123450"],
    ["1\u00a0234,50", FRENCH, "123450"],
    ["1'234.50", SWISS, "123450"],
    ["1’234.50", SWISS, "123450"],
    // Half a cent is rounded up, whatever stands behind it.
    ["0.005", ENGLISH, "1"],
    ["0.00499999", ENGLISH, "0"],
    ["99999999999999.99", ENGLISH, "9999999999999999"],
  ])("%s", (text, signs, expected) => {
    expect(cents(text, signs)).toBe(expected);
  });

  it.each<[string, string, Signs, string]>([
    ["5 €", "EUR", GERMAN, "500"],
    ["EUR 5", "EUR", GERMAN, "500"],
    ["CA$5", "CAD", ENGLISH, "500"],
    ["$5", "CAD", ENGLISH, "500"],
    ["CHF 5", "CHF", SWISS, "500"],
  ])("%s where the company reports in %s", (text, currency, signs, expected) => {
    expect(cents(text, signs, currency)).toBe(expected);
  });

  it.each([
    ["5 €", "USD"],
    ["EUR 5", "USD"],
    ["£5", "USD"],
    ["CA$5", "USD"],
    ["$5", "EUR"],
    ["5%", "USD"],
  ])("%s is refused as of another currency where the company reports in %s", (text, currency) => {
    expect(cents(text, ENGLISH, currency)).toBe("currency");
  });

  it.each<[string, string, Signs]>([
    ["a decimal comma is no sign of thousands", "1234,50", ENGLISH],
    ["thousands stand in groups of three", "1,23", ENGLISH],
    ["every group has three digits", "1,234,56", ENGLISH],
    ["groups begin with one to three digits", "1234,567", ENGLISH],
    ["another sign of thousands than the one stated", "1.234.567", ENGLISH],
    ["a decimal point where a comma is stated", "12.34", GERMAN],
    ["two decimal signs", "1.2.3", ENGLISH],
    ["two signs", "-5-", ENGLISH],
    ["a sign in parentheses", "(-5)", ENGLISH],
    ["one parenthesis", "(5", ENGLISH],
    ["exponents", "1e3", ENGLISH],
    ["hexadecimal", "0x10", ENGLISH],
    ["words", "five", ENGLISH],
    ["nothing but a currency", "$", ENGLISH],
    ["nothing but a sign", "-", ENGLISH],
    ["a point without digits", "5.", ENGLISH],
    ["two currencies", "$5 USD", ENGLISH],
    ["infinity", "Infinity", ENGLISH],
    ["more digits than any amount has", "9".repeat(25), ENGLISH],
  ])("not %s: %s", (_rule, text, signs) => {
    expect(cents(text, signs)).toBeUndefined();
  });
});

describe("a number", () => {
  const read = (text: string) => {
    const amount = createAmountReader({ format: { kind: "number", ...ENGLISH }, currency: "USD" })(text);
    return typeof amount === "object" ? toNumber(amount) : amount;
  };

  it.each([
    ["8", "8"],
    ["8.0", "8"],
    ["1,200", "1200"],
    ["0.125", "0.125"],
    ["12.50%", "12.5"],
    ["007", "7"],
  ])("%s is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it("carries no currency", () => {
    expect(read("$8")).toBeUndefined();
  });
});

describe("divided by another number", () => {
  const amount = (text: string) => {
    const found = createAmountReader({ format: { kind: "number", ...ENGLISH }, currency: "USD" })(text);
    if (typeof found !== "object") throw new Error(text);
    return found;
  };

  it.each([
    ["833", "17", "4900"],
    ["100", "3", "3333"],
    ["200", "3", "6667"],
    ["10.05", "0.5", "2010"],
    ["0", "4", "0"],
  ])("%s / %s is %s cents", (dividend, divisor, expected) => {
    expect(toCents(amount(dividend), amount(divisor))).toBe(expected);
  });

  it("has at most six decimals", () => {
    expect(toNumber(amount("1"), amount("3"))).toBe("0.333333");
    expect(toNumber(amount("10"), amount("2.5"))).toBe("4");
  });
});

describe("an amount as the locales of a browser write it", () => {
  it.each<[string, Signs]>([
    ["en-US", ENGLISH],
    ["de-DE", GERMAN],
    ["fr-FR", FRENCH],
    ["de-CH", SWISS],
  ])("%s is read back", (locale, signs) => {
    const write = new Intl.NumberFormat(locale, { style: "currency", currency: "USD", currencyDisplay: "code" });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (hundredths) => {
        const text = write.format(hundredths / 100);
        expect(cents(text, signs), text).toBe(String(hundredths));
      }),
    );
  });

  it("is an amount or refused, whatever the text: never more than its digits say", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789.,'() -$€%e") });
    fc.assert(
      fc.property(text, fc.constantFrom(ENGLISH, GERMAN, FRENCH, SWISS), (given, signs) => {
        const read = cents(given, signs);
        if (read === undefined || read === "currency") return;
        const digits = given.replaceAll(/\D/g, "");
        const decimals = given.includes(signs.decimal) ? given.replace(/^.*[.,]/, "").replaceAll(/\D/g, "").length : 0;
        const expected = BigInt(Math.round(Number(digits) * 10 ** (2 - decimals)));
        expect(BigInt(read.replace("-", "")) - expected, given).toBeOneOf([-1n, 0n, 1n]);
      }),
    );
  });
});
