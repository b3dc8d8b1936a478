import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../random/random";
import {
  applyPlatt,
  CalibrationError,
  calibrateContributions,
  calibrateMargin,
  fitPlatt,
  marginAtProbability,
} from "./platt";

type RecordedCase = {
  name: string;
  margins: number[];
  labels: number[];
  weights: number[];
  platt: { a: number; b: number };
};
const { cases }: { cases: RecordedCase[] } = JSON.parse(
  readFileSync(new URL("../metrics/fixtures/scikit-learn.json", import.meta.url), "utf8"),
);

test.each(cases)(
  "equals scikit-learn's logistic regression without penalty: $name",
  ({ margins, labels, weights, platt }) => {
    const fitted = fitPlatt({ margins, labels, weights });
    expect(fitted.a).toBeCloseTo(platt.a, 7);
    expect(fitted.b).toBeCloseTo(platt.b, 7);
  },
);

describe("the optimum", () => {
  const random = createRandom("platt");
  const margins = Array.from({ length: 5000 }, () => random.next() * 8 - 6);
  const labels = margins.map((margin) => (random.next() < applyPlatt({ a: 0.6, b: -0.4 }, margin) ? 1 : 0));

  test("recovers the slope and intercept that made the labels", () => {
    const fitted = fitPlatt({ margins, labels });
    expect(fitted.a).toBeCloseTo(0.6, 1);
    expect(fitted.b).toBeCloseTo(-0.4, 1);
  });

  test("makes the mean probability equal the share of positives, also weighted", () => {
    const weights = margins.map((_, row) => (row % 3) + 0.5);
    const fitted = fitPlatt({ margins, labels, weights });
    const sum = (values: number[]) => values.reduce((total, value, row) => total + weights[row]! * value, 0);
    expect(sum(margins.map((margin) => applyPlatt(fitted, margin)))).toBeCloseTo(sum(labels), 5);
  });

  test("does not depend on the scale or place of the margins", () => {
    const fitted = fitPlatt({ margins, labels });
    const moved = fitPlatt({ margins: margins.map((margin) => 1000 * margin + 5e5), labels });
    expect(moved.a * 1000).toBeCloseTo(fitted.a, 6);
    expect(moved.a * 5e5 + moved.b).toBeCloseTo(fitted.b, 4);
  });

  test("a weight counts like that many rows, 0 like none", () => {
    const few = { margins: margins.slice(0, 300), labels: labels.slice(0, 300) };
    const weighted = fitPlatt({ ...few, weights: few.margins.map((_, row) => row % 3) });
    const copies = few.margins.flatMap((_, row) => new Array<number>(row % 3).fill(row));
    const repeated = fitPlatt({
      margins: copies.map((row) => margins[row]!),
      labels: copies.map((row) => labels[row]!),
    });
    expect(weighted.a).toBeCloseTo(repeated.a, 8);
    expect(weighted.b).toBeCloseTo(repeated.b, 8);
  });
});

test.each([
  ["no positive row", { margins: [1, 2], labels: [0, 0] }, "at least one positive row"],
  ["no negative row of weight", { margins: [1, 2], labels: [0, 1], weights: [0, 1] }, "at least one negative row"],
  ["margins that separate the classes", { margins: [1, 2, 3], labels: [0, 1, 1] }, "separate the classes completely"],
  ["margins in reverse", { margins: [3, 2, 1], labels: [0, 1, 1] }, "below every negative"],
  ["margins mostly in reverse", { margins: [3, 2, 1, 2.5, 1.5], labels: [0, 1, 1, 1, 0] }, "no better than chance"],
  ["equal margins", { margins: [1, 1], labels: [0, 1] }, "all 1; expected at least two values"],
  ["unequal lengths", { margins: [1], labels: [0, 1] }, "1 margins, 2 labels"],
  ["a NaN margin", { margins: [1, Number.NaN], labels: [0, 1] }, "margin of row 1 is NaN"],
  ["a label of 2", { margins: [1, 2], labels: [0, 2] }, "label of row 1 is 2"],
  ["a negative weight", { margins: [1, 2], labels: [0, 1], weights: [1, -1] }, "weight of row 1 is -1"],
])("%s is refused", (_rule, args, message) => {
  expect(() => fitPlatt(args)).toThrow(CalibrationError);
  expect(() => fitPlatt(args)).toThrow(message);
});

const finite = (bound: number) => fc.double({ min: -bound, max: bound, noNaN: true });
const calibrations = fc.record({ a: fc.double({ min: 1e-3, max: 10, noNaN: true }), b: finite(10) });

test("calibrated contributions and bias add up to the calibrated margin within 1e-9, for any contributions", () => {
  fc.assert(
    fc.property(
      calibrations,
      fc.array(finite(20), { maxLength: 60 }),
      finite(10),
      (calibration, contributions, bias) => {
        const margin = contributions.reduce((sum, value) => sum + value, bias);
        const calibrated = calibrateContributions(calibration, contributions, bias);
        const sum = calibrated.contributions.reduce((total, value) => total + value, calibrated.bias);
        expect(Math.abs(sum - calibrateMargin(calibration, margin))).toBeLessThan(1e-9);
      },
    ),
  );
});

test("a higher margin never has a lower probability", () => {
  fc.assert(
    fc.property(calibrations, finite(50), finite(50), (calibration, left, right) => {
      const [low, high] = [Math.min(left, right), Math.max(left, right)];
      expect(applyPlatt(calibration, high)).toBeGreaterThanOrEqual(applyPlatt(calibration, low));
    }),
  );
});

test("the margin at a probability has that probability", () => {
  fc.assert(
    fc.property(calibrations, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (calibration, probability) => {
      expect(applyPlatt(calibration, marginAtProbability(calibration, probability))).toBeCloseTo(probability, 9);
    }),
  );
  expect(() => marginAtProbability({ a: 1, b: 0 }, 1)).toThrow("Probability is 1");
});

test("extreme margins give probabilities of 0 and 1, not NaN", () => {
  expect(applyPlatt({ a: 1, b: 0 }, 1e6)).toBe(1);
  expect(applyPlatt({ a: 1, b: 0 }, -1e6)).toBe(0);
});
