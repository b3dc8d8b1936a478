import { expect, test } from "vitest";
import { MetricInputError } from "./metric-value";
import { wilsonInterval } from "./wilson";

// Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3 (score, no correction).
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("%i of %i gives the published interval %d to %d", (successes, trials, low, high) => {
  const interval = wilsonInterval({ successes, trials });
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("all successes mirror none", () => {
  const none = wilsonInterval({ successes: 0, trials: 20 });
  const all = wilsonInterval({ successes: 20, trials: 20 });
  expect(all.high).toBe(1);
  expect(all.low).toBeCloseTo(1 - none.high, 12);
});

test("a higher level is wider", () => {
  const width = (level: 0.9 | 0.95 | 0.99) => {
    const { low, high } = wilsonInterval({ successes: 7, trials: 30, level });
    return high - low;
  };
  expect(width(0.9)).toBeLessThan(width(0.95));
  expect(width(0.95)).toBeLessThan(width(0.99));
});

test.each([
  [1, 0, "requires at least 1 trial; got 0"],
  [3, 2, "successes is 3; expected a whole number from 0 to 2"],
  [-1, 2, "successes is -1"],
  [0.5, 2, "successes is 0.5"],
])("%d of %d is refused", (successes, trials, message) => {
  expect(() => wilsonInterval({ successes, trials })).toThrow(MetricInputError);
  expect(() => wilsonInterval({ successes, trials })).toThrow(message);
});
