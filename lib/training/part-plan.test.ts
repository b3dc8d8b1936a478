import { describe, expect, test } from "vitest";
import { planSplit, thinTrainingWeeks } from "./part-plan";

const week = 7 * 86_400_000;
const weeks = (count: number) => Array.from({ length: count }, (_, index) => index * week);
const sizes = (count: number) => {
  const split = planSplit({ asOfTimes: weeks(count), horizonDays: 30 });
  return [split.train, split.earlyStopping, split.calibration, split.test].map((part) => part.length);
};

describe("planSplit", () => {
  test.each([
    [60, [39, 3, 4, 6]],
    [33, [12, 3, 4, 6]],
    [32, [14, 2, 3, 5]],
    [26, [8, 2, 3, 5]],
    [25, [10, 1, 2, 4]],
    [19, [4, 1, 2, 4]],
  ])("%i weeks give train, early stopping, calibration, test of %j", (count, expected) => {
    expect(sizes(count)).toEqual(expected);
  });

  test("a history too short for the smallest parts says how much is needed", () => {
    expect(() => sizes(18)).toThrow(/18 as-of times; expected at least 19/);
  });
});

describe("thinTrainingWeeks", () => {
  test.each([
    { rule: "all weeks where there are few rows", rowsPerWeek: 400, stride: 1, first: [0, 1, 2] },
    { rule: "every second week counted back from the newest", rowsPerWeek: 35_000, stride: 2, first: [1, 3, 5] },
    { rule: "never more than four weeks apart", rowsPerWeek: 1_000_000, stride: 4, first: [1, 5, 9] },
  ])("$rule", ({ rowsPerWeek, stride, first }) => {
    const thinned = thinTrainingWeeks({ weeks: weeks(10), rowsPerWeek });
    expect(thinned.stride).toBe(stride);
    expect(thinned.weeks.slice(0, 3)).toEqual(first.map((index) => index * week));
    expect(thinned.weeks.at(-1)).toBe(9 * week);
  });
});
