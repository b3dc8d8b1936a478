import { describe, expect, it } from "vitest";
import { measure, monthState } from "./policy";

describe("measure", () => {
  it("gives a share with its Wilson interval", () => {
    const measured = measure({ hits: 8, n: 10, least: 10 });
    expect(measured).toMatchObject({ state: "measured", proportion: { share: 0.8, n: 10 } });
    // R: prop.test(8, 10, correct = FALSE)
    if (measured.state === "measured") {
      expect(measured.proportion.low).toBeCloseTo(0.4901625, 6);
      expect(measured.proportion.high).toBeCloseTo(0.9433178, 6);
    }
  });

  it("says too few below the stated least, with both numbers", () => {
    expect(measure({ hits: 9, n: 9, least: 10 })).toEqual({ state: "too_few", n: 9, least: 10 });
  });

  it("says none, not 0%, where there is nothing to count", () => {
    expect(measure({ hits: 0, n: 0, least: 1 })).toEqual({ state: "none" });
  });
});

describe("monthState", () => {
  const monthEnd = new Date("2026-11-01");
  const graceEnd = new Date("2026-11-15");
  it.each([
    ["2026-10-31", "partial"],
    ["2026-11-01", "provisional"],
    ["2026-11-14", "provisional"],
    ["2026-11-15", "whole"],
  ])("counted to %s, October is %s", (countedTo, state) => {
    expect(monthState({ monthEnd, graceEnd, countedTo: new Date(countedTo) })).toBe(state);
  });
});
