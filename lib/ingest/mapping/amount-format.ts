import type { Format } from "./contract";

export type AmountFormat = Extract<Format, { kind: "money" | "number" }>;
/** `units` / 10^`scale`. */
export type Amount = { readonly negative: boolean; readonly units: bigint; readonly scale: number };

/**
 * Reads numbers and amounts of money as people write them: "1,234.50", "-5", "($5.00)", "5-", "1.234,50 €". Thousands
 * stand in groups of three or not at all, so that a decimal comma is not taken for one of them. Of money the currency may
 * stand beside the amount, of numbers a percent sign.
 * @param args.currency the company's, an ISO code.
 * @returns "currency" where the amount is of another one, undefined where the text is no amount.
 */
export function createAmountReader(args: {
  format: Pick<AmountFormat, "kind" | "decimal" | "thousands">;
  currency: string;
}): (text: string) => Amount | "currency" | undefined {
  const { kind, decimal, thousands } = args.format;
  const group = thousands === "" ? "" : `|\\d{1,3}(?:[${THOUSANDS[thousands]}]\\d{3})+`;
  const pattern = new RegExp(
    `^([-−+])? ?(${AFFIX})? ?([-−+])? ?(\\d+${group})?(?:[${decimal}](\\d+))? ?(${AFFIX})? ?([-−+])?$`,
    "u",
  );
  const known = kind === "money" ? currencyMarks(args.currency) : new Set(["%"]);
  return (given) => {
    const text = given.replaceAll(/[\u00a0\u202f]/g, " ");
    const inParentheses = text.startsWith("(") && text.endsWith(")");
    const match = pattern.exec(inParentheses ? text.slice(1, -1).trim() : text);
    if (match === null) return undefined;
    const [, sign, before, innerSign, whole = "", fraction = "", after, lastSign] = match;
    const signs = [sign, innerSign, lastSign].filter((found) => found !== undefined);
    if (whole + fraction === "" || signs.length > 1 || (inParentheses && signs.length > 0)) return undefined;
    const marks = [before, after].filter((found) => found !== undefined);
    if (marks.length > 1) return undefined;
    if (marks.some((mark) => !known.has(mark.toUpperCase()))) return kind === "money" ? "currency" : undefined;
    const digits = whole.replaceAll(/\D/g, "") + fraction;
    if (digits.length > DIGITS_MAX) return undefined;
    const units = BigInt(digits);
    return { negative: units > 0n && (inParentheses || (signs[0] ?? "+") !== "+"), units, scale: fraction.length };
  };
}

/** Whole hundredths, half a one rounded up; divided by `divisor` where given, which must be above zero. */
export function toCents(amount: Amount, divisor?: Amount): string {
  return divideRounding(amount.units * 100n * 10n ** BigInt(divisor?.scale ?? 0), {
    by: 10n ** BigInt(amount.scale) * (divisor?.units ?? 1n),
  }).toString();
}

/** The number without needless zeros; divided to at most six decimals by `divisor` where given, which must be above zero. */
export function toNumber(amount: Amount, divisor?: Amount): string {
  if (divisor === undefined) return plain(amount.units, amount.scale);
  const millionths = divideRounding(amount.units * 1_000_000n * 10n ** BigInt(divisor.scale), {
    by: 10n ** BigInt(amount.scale) * divisor.units,
  });
  return plain(millionths, 6);
}

/** An example of the format, for "expected …". */
export function describeAmount(format: Pick<AmountFormat, "decimal" | "thousands">): string {
  return `an amount such as 1${format.thousands}234${format.decimal}50`;
}

const THOUSANDS: Readonly<Record<string, string>> = { ",": ",", ".": ".", " ": " ", "'": "'’" };
/** A currency's code or sign, or percent. */
const AFFIX = "[A-Za-z]{0,3}\\p{Sc}|[A-Za-z]{3}|%";
const DIGITS_MAX = 24;

function currencyMarks(currency: string): Set<string> {
  const marks = (["code", "symbol", "narrowSymbol"] as const).flatMap((currencyDisplay) =>
    new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay })
      .formatToParts(0)
      .filter(({ type }) => type === "currency")
      .map(({ value }) => value.toUpperCase()),
  );
  // "US$", "CA$", where the sign alone is that of many.
  return new Set([...marks, ...marks.map((mark) => `${currency.slice(0, 2)}${mark}`)]);
}

function divideRounding(units: bigint, { by }: { by: bigint }): bigint {
  return (units * 2n + by) / (by * 2n);
}

function plain(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
