import { describe, expect, it } from "vitest";
import type { Measured } from "@/lib/retention/contract";
import { compareWords, readPercent } from "./finance-figure";

describe("a percentage as typed", () => {
  it.each([
    ["2.4", 0.024],
    [" 2,5 % ", 0.025],
    ["0", 0],
    ["100", 1],
    ["", null],
    ["100.1", "not_a_percentage"],
    ["-1", "not_a_percentage"],
    ["two", "not_a_percentage"],
    ["1.000,5", "not_a_percentage"],
  ])("%j is %j", (typed, expected) => {
    expect(readPercent(typed)).toEqual(expected);
  });
});

describe("compared with the data", () => {
  const average: Measured = {
    state: "measured",
    proportion: { hits: 24, n: 1000, share: 0.024, low: 0.016, high: 0.035 },
  };
  it.each([
    ["inside the interval needs no note", 0.02, false, "agree"],
    ["at the interval's end needs none", 0.035, false, "agree"],
    ["below it needs one", 0.01, true, "below"],
    ["above it needs one", 0.04, true, "above"],
    ["no figure needs one", null, true, "Without finance's figure"],
  ])("%s", (_rule, rate, noteNeeded, words) => {
    const compared = compareWords(rate, average);
    expect(compared.noteNeeded).toBe(noteNeeded);
    expect(compared.says).toContain(words);
  });
});
