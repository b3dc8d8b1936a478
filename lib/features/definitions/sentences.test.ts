import { describe, expect, it } from "vitest";
import { counted, formatValue, plainNumber } from "./format";
import { tellMove, tellRatio } from "./sentences";

describe("sentences", () => {
  it.each([
    [14, 3, "Active users fell from 14 to 3 in four weeks"],
    [3, 14, "Active users rose from 3 to 14 in four weeks"],
    [3.04, 3, "Active users held at 3 over four weeks"],
    [Number.NaN, 3, "Active users: not enough history to compare with four weeks ago"],
  ])("a move from %d to %d", (from, to, expected) => {
    expect(tellMove({ subject: "Active users", from, to, span: "four weeks" })).toBe(expected);
  });

  it.each([
    [0.354, "fell by 65%"],
    [0.96, "held level"],
    [1.8, "rose by 80%"],
  ])("a ratio of %d is told as a change", (ratio, verb) => {
    expect(tellRatio({ subject: "Sessions", ratio, recent: "four weeks", before: "eight weeks" })).toBe(
      `Sessions ${verb} in the last four weeks (a day, against the eight weeks before)`,
    );
  });

  it.each([
    [1, "people", "1 person"],
    [1234.5, "seats", "1,235 seats"],
    [0.96, "days", "1 day"],
    [-0.01, "hours", "0 hours"],
    [0.355, "share", "36%"],
    [12.5, "percent", "13%"],
    [123_456, "cents", "$1,235"],
    [3.25, "rating", "3.3 of 5"],
    [1, "yes_no", "yes"],
  ] as const)("%d in %s is %s", (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });

  it("uses the reporting currency", () => {
    expect(formatValue(123_456, "cents", "EUR")).toBe("€1,235");
  });

  it("rounds before it chooses singular or plural", () => {
    expect([counted(1.04, "day"), counted(0.6, "day"), plainNumber(9.96)]).toEqual(["1 day", "0.6 days", "10"]);
  });
});
