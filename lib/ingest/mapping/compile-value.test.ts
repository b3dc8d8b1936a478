import { describe, expect, it } from "vitest";
import { type FieldContext, type FieldReader, identifier, time, wholeNumber, yesOrNo } from "../fields";
import { createTimeReader } from "../times";
import { compileConditions } from "./compile-condition";
import { compileValue } from "./compile-value";
import type { Condition, Value } from "./contract";
import { toField } from "./foreign-text";

const CONTEXT: FieldContext = {
  times: createTimeReader({ zone: "America/New_York", lagHours: 24 }),
  currency: "USD",
  salt: undefined,
  ascii: false,
};

/** Reads one value of a row with the columns a, b and c. */
function read(value: Exclude<Value, { lagHours: number }>, row: readonly string[], reader: FieldReader = identifier) {
  const positions = new Map(["a", "b", "c"].map((name, i) => [name, i]));
  const compiled = compileValue(value, { positions, reader, zone: "America/New_York", context: CONTEXT });
  return compiled.read(["", "", ""].map((empty, i) => toField(row[i] ?? empty)));
}

describe("a value of a mapping", () => {
  it.each<[string, Exclude<Value, { lagHours: number }>, string[], string]>([
    ["a column's text comes without blanks around it", { column: "b" }, ["", "  x y "], "x y"],
    ["blanks alone are no value", { column: "a", whenEmpty: "none" }, ["   "], "none"],
    ["no value stays none", { column: "a" }, [""], ""],
    ["a constant is the same whatever the row", { constant: "start" }, ["x"], "start"],
    ["a template joins texts", { template: "{a}-{b}!" }, ["1", " 2 "], "1-2!"],
    ["a template of which half is missing is none, or ids would meet", { template: "{a}-{b}" }, ["1", ""], ""],
    [
      "words are compared without case and blanks",
      { column: "a", words: { "In Trial": "trial_start" } },
      [" IN trial"],
      "trial_start",
    ],
    ["words of other alphabets too", { column: "a", words: { ÉTÉ: "summer" } }, ["été"], "summer"],
    ["a word may mean that there is no value", { column: "a", words: { "n/a": "" }, otherWord: "x" }, ["N/A"], ""],
    [
      "other words have a word of their own where stated",
      { column: "a", words: { x: "y" }, otherWord: "z" },
      ["w"],
      "z",
    ],
    ["an empty field is no other word", { column: "a", words: { x: "y" }, otherWord: "z", whenEmpty: "q" }, [""], "q"],
    [
      "words come before the format",
      {
        column: "a",
        words: { free: "0" },
        format: { kind: "money", decimal: ".", thousands: ",", negative: "refuse" },
      },
      ["Free"],
      "0",
    ],
    [
      "what is no word is read by the format",
      {
        column: "a",
        words: { free: "0" },
        format: { kind: "money", decimal: ".", thousands: ",", negative: "refuse" },
      },
      ["$1,000"],
      "100000",
    ],
    [
      "a negative amount may be taken without its sign",
      { column: "a", format: { kind: "money", decimal: ".", thousands: ",", negative: "absolute" } },
      ["(3.50)"],
      "350",
    ],
    [
      "a number divided by another column",
      { column: "a", format: { kind: "number", decimal: ".", thousands: ",", negative: "refuse", dividedBy: "b" } },
      ["10", "4.0"],
      "2.5",
    ],
  ])("%s", (_rule, value, row, expected) => {
    expect(read(value, row)).toBe(toField(expected));
  });

  const BOOLEAN: Value = {
    column: "a",
    format: { kind: "boolean", yes: ["Yes", "1", "TRUE"], no: ["No", "0", "FALSE"] },
  };
  it.each([
    ["FALSE", "false"],
    ["False", "false"],
    [" true", "true"],
    ["1", "true"],
    ["no", "false"],
    ["", ""],
  ])("the boolean %s is %s", (text, expected) => {
    expect(read(BOOLEAN as Exclude<Value, { lagHours: number }>, [text], yesOrNo)).toBe(expected);
  });

  it("a time may be later by what another column says", () => {
    const later = (unit: "minutes" | "hours" | "days", length: string) =>
      read(
        { column: "a", format: { kind: "time", forms: ["iso"], plus: { column: "b", unit } } },
        ["2024-07-08T00:00:00Z", length],
        time,
      );
    expect(later("minutes", "74")).toBe("2024-07-08T01:14:00.000Z");
    expect(later("hours", "27")).toBe("2024-07-09T03:00:00.000Z");
    expect(later("days", "0.5")).toBe("2024-07-08T12:00:00.000Z");
    expect(later("days", "")).toEqual({ column: "b", value: "", reason: "expected a number of days such as 74" });
    expect(later("days", "-1")).toMatchObject({ column: "b", value: "-1" });
    expect(later("days", "9".repeat(20))).toMatchObject({
      column: "b",
      reason: expect.stringContaining("before the year 2100"),
    });
  });

  const MONEY = { kind: "money", decimal: ".", thousands: ",", negative: "refuse" } as const;
  it.each<[string, Exclude<Value, { lagHours: number }>, string[], { column: string; value: string; reason: string }]>([
    [
      "a word that nobody named",
      { column: "a", words: { x: "y", z: "" } },
      ["Wörd"],
      { column: "a", value: "Wörd", reason: "expected one of the words that the mapping names: x, z" },
    ],
    [
      "an amount that is none",
      { column: "a", format: MONEY },
      ["lots"],
      { column: "a", value: "lots", reason: "expected an amount such as 1,234.50" },
    ],
    [
      "another currency",
      { column: "a", format: MONEY },
      ["5 €"],
      { column: "a", value: "5 €", reason: "expected an amount in USD" },
    ],
    [
      "a negative amount",
      { column: "a", format: MONEY },
      ["(5)"],
      { column: "a", value: "(5)", reason: "expected an amount not below zero" },
    ],
    [
      "a division by nothing",
      { column: "a", format: { ...MONEY, dividedBy: "c" } },
      ["5", "", "0"],
      { column: "c", value: "0", reason: "expected a number above zero to divide by" },
    ],
  ])("%s is refused by the file's own column and text", (_fault, value, row, expected) => {
    expect(read(value, row, wholeNumber())).toEqual(expected);
  });
});

describe("conditions", () => {
  it.each<[string, Condition[], string[], boolean]>([
    ["none let every row through", [], [""], true],
    ["filled: a text", [{ column: "a", is: "filled" }], ["x"], true],
    ["filled: not blanks", [{ column: "a", is: "filled" }], ["  "], false],
    ["empty: blanks", [{ column: "a", is: "empty" }], ["  "], true],
    ["one-of: without case", [{ column: "a", is: "one-of", words: ["False", "no"] }], [" FALSE "], true],
    ["one-of: no other", [{ column: "a", is: "one-of", words: ["False"] }], ["True"], false],
    ["none-of: an empty field is none of the words", [{ column: "a", is: "none-of", words: ["x"] }], [""], true],
    [
      "all must hold",
      [
        { column: "a", is: "filled" },
        { column: "b", is: "empty" },
      ],
      ["x", "y"],
      false,
    ],
  ])("%s", (_rule, conditions, row, expected) => {
    const positions = new Map([
      ["a", 0],
      ["b", 1],
    ]);
    expect(compileConditions(conditions, positions)(["", ""].map((empty, i) => row[i] ?? empty))).toBe(expected);
  });
});
