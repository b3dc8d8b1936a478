import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../random/random";
import { MetricInputError, type MetricValue, type ScoredRows } from "./metric-value";
import { brierScore, logLoss } from "./probability-metrics";
import { averagePrecision, rocAuc } from "./ranking-metrics";
import { expectedCalibrationError, reliabilityBins } from "./reliability";
import { membershipOfTop, selectionAtThreshold, selectionMetrics, selectionOfTop } from "./selection-metrics";

type RecordedCase = {
  name: string;
  probabilities: number[];
  labels: number[];
  weights: number[];
  rocAuc: number;
  averagePrecision: number;
  logLoss: number;
  brierScore: number;
  precisionAbove: { threshold: number; value: number };
  recallAbove: { threshold: number; value: number };
};

const { cases }: { cases: RecordedCase[] } = JSON.parse(
  readFileSync(new URL("./fixtures/scikit-learn.json", import.meta.url), "utf8"),
);

describe.each(cases)("as scikit-learn on recorded rows: $name", (recorded) => {
  const rows = Object.freeze({ scores: recorded.probabilities, labels: recorded.labels, weights: recorded.weights });
  test("rocAuc", () => expect(numberOf(rocAuc(rows))).toBeCloseTo(recorded.rocAuc, 10));
  test("averagePrecision", () => expect(numberOf(averagePrecision(rows))).toBeCloseTo(recorded.averagePrecision, 10));
  test("logLoss", () => expect(numberOf(logLoss(rows))).toBeCloseTo(recorded.logLoss, 10));
  test("brierScore", () => expect(numberOf(brierScore(rows))).toBeCloseTo(recorded.brierScore, 10));
  test("precision and recall above a threshold", () => {
    const { precision, recall } = selectionAtThreshold(rows, recorded.precisionAbove.threshold);
    expect(numberOf(precision)).toBeCloseTo(recorded.precisionAbove.value, 10);
    expect(numberOf(recall)).toBeCloseTo(recorded.recallAbove.value, 10);
  });
});

describe("against naive counting on random rows with ties and weights", () => {
  const random = createRandom("naive");
  const worlds = Array.from({ length: 60 }, (): Required<ScoredRows> => {
    const count = 2 + random.nextInt(40);
    const draw = (make: () => number) => Array.from({ length: count }, make);
    return {
      scores: draw(() => random.nextInt(8) / 7),
      labels: [1, 0, ...draw(() => random.nextInt(2)).slice(2)],
      weights: [1, 2, ...draw(() => random.nextInt(4) / 2).slice(2)],
    };
  });

  test("rocAuc counts pairs of a positive and a negative row, ties half", () => {
    for (const rows of worlds) expect(numberOf(rocAuc(rows))).toBeCloseTo(pairwiseAuc(rows), 12);
  });

  test("averagePrecision sums precision over recall steps at each distinct score", () => {
    for (const rows of worlds) expect(numberOf(averagePrecision(rows))).toBeCloseTo(stepwisePrecision(rows), 12);
  });

  test("a weight counts like that many rows", () => {
    for (const rows of worlds) {
      const twice = { ...rows, weights: Array.from(rows.weights, (weight) => weight * 2) };
      const copies = Array.from(twice.weights, (weight, row) => new Array<number>(weight).fill(row)).flat();
      const repeated = {
        scores: copies.map((row) => rows.scores[row]!),
        labels: copies.map((row) => rows.labels[row]!),
      };
      for (const metric of [rocAuc, averagePrecision, logLoss, brierScore]) {
        expect(numberOf(metric(twice))).toBeCloseTo(numberOf(metric(repeated)), 9);
      }
    }
  });

  test("the order of rows never matters", () => {
    for (const rows of worlds) {
      const turned = { scores: reversed(rows.scores), labels: reversed(rows.labels), weights: reversed(rows.weights) };
      for (const metric of [rocAuc, averagePrecision, logLoss, brierScore]) {
        expect(numberOf(metric(turned))).toBeCloseTo(numberOf(metric(rows)), 12);
      }
    }
  });
});

describe("no information is not rewarded", () => {
  const constant = {
    scores: new Array<number>(100).fill(0.4),
    labels: Array.from({ length: 100 }, (_, row) => (row < 20 ? 1 : 0)),
  };
  test("equal scores have an AUC of one half", () => expect(numberOf(rocAuc(constant))).toBe(0.5));
  test("and an average precision of the share of positives", () =>
    expect(numberOf(averagePrecision(constant))).toBeCloseTo(0.2, 12));
  test("and the top ten are as good as any ten, though the positives come first", () => {
    const { precision, recall, selected } = selectionOfTop(constant, 10);
    expect([numberOf(precision), numberOf(recall), selected].map((value) => Number(value.toFixed(9)))).toEqual([
      0.2, 0.1, 10,
    ]);
  });
});

describe("no data is a named state", () => {
  const onlyPositive = { scores: [0.2, 0.4], labels: [1, 1] };
  const onlyNegative = { scores: [0.2, 0.4], labels: [0, 0] };
  const weightless = { scores: [0.2, 0.4], labels: [0, 1], weights: [0, 0] };
  const empty = { scores: [], labels: [] };
  test.each([
    [rocAuc, onlyPositive, "rocAuc requires at least one negative row with weight above 0"],
    [rocAuc, onlyNegative, "rocAuc requires at least one positive row with weight above 0"],
    [averagePrecision, onlyNegative, "averagePrecision requires at least one positive row with weight above 0"],
    [rocAuc, weightless, "rocAuc requires at least one row with weight above 0"],
    [logLoss, empty, "logLoss requires at least one row with weight above 0"],
    [brierScore, weightless, "brierScore requires at least one row with weight above 0"],
  ])("%o", (metric, rows, reason) => {
    expect(metric(rows)).toEqual({ status: "undefined", reason });
  });

  test("precision without a selected row, recall without a positive one", () => {
    const { precision, recall } = selectionAtThreshold(onlyNegative, 0.9);
    expect(precision).toEqual({ status: "undefined", reason: "precision requires at least one selected row" });
    expect(recall).toEqual({ status: "undefined", reason: "recall requires at least one positive row" });
  });

  test("no rows have no bins and no calibration error", () => {
    expect(expectedCalibrationError(reliabilityBins(empty, 10)).status).toBe("undefined");
  });
});

describe("bad input is refused with its row and value", () => {
  test.each([
    ["unequal lengths", { scores: [0.1], labels: [1, 0] }, "1 scores, 2 labels, no weights"],
    ["a NaN score", { scores: [0.1, Number.NaN], labels: [1, 0] }, "score of row 1 is NaN"],
    ["a probability above 1", { scores: [0.1, 1.5], labels: [1, 0] }, "score of row 1 is 1.5"],
    ["a label of 2", { scores: [0.1, 0.2], labels: [1, 2] }, "label of row 1 is 2"],
    ["a negative weight", { scores: [0.1, 0.2], labels: [1, 0], weights: [1, -1] }, "weight of row 1 is -1"],
  ])("%s", (_rule, rows, message) => {
    expect(() => logLoss(rows)).toThrow(MetricInputError);
    expect(() => brierScore(rows)).toThrow(message);
  });

  test("ranking metrics take any finite score, such as margins", () => {
    expect(numberOf(rocAuc({ scores: [-3, 8], labels: [0, 1] }))).toBe(1);
    expect(() => rocAuc({ scores: [-3, Number.POSITIVE_INFINITY], labels: [0, 1] })).toThrow(
      "score of row 1 is Infinity",
    );
  });
});

describe("selections", () => {
  const rows = { scores: [0.9, 0.7, 0.7, 0.1], labels: [1, 1, 0, 1], weights: [1, 2, 1, 4] };

  test("above a threshold leave out rows that are exactly on it", () => {
    expect(selectionAtThreshold(rows, 0.7)).toMatchObject({
      selected: 1,
      selectedPositives: 1,
      positives: 3,
      precision: { value: 1 },
    });
  });

  test("of the top share the last places among ties", () => {
    expect(Array.from(membershipOfTop(rows.scores, 2))).toEqual([1, 0.5, 0.5, 0]);
    expect(Array.from(membershipOfTop(rows.scores, 3))).toEqual([1, 1, 1, 0]);
    expect(Array.from(membershipOfTop(rows.scores, 0))).toEqual([0, 0, 0, 0]);
    expect(Array.from(membershipOfTop(rows.scores, 9))).toEqual([1, 1, 1, 1]);
    expect(() => membershipOfTop(rows.scores, 1.5)).toThrow("count is 1.5");
  });

  test("weigh precision and recall, and count rows", () => {
    const { precision, recall, selected, selectedPositives } = selectionMetrics(rows, [1, 0.5, 0.5, 0]);
    expect(numberOf(precision)).toBeCloseTo((1 + 1) / (1 + 1 + 0.5), 12);
    expect(numberOf(recall)).toBeCloseTo(2 / 7, 12);
    expect([selected, selectedPositives]).toEqual([2, 1.5]);
  });

  test("with a membership outside 0 to 1 are refused", () => {
    expect(() => selectionMetrics(rows, [1, 2, 0, 0])).toThrow("membership of row 1 is 2");
    expect(() => selectionMetrics(rows, [1])).toThrow("membership has 1 entries; expected 4");
  });
});

describe("reliability", () => {
  test("bins hold about equal weight, and equal probabilities stay together", () => {
    const scores = [0.1, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const bins = reliabilityBins({ scores, labels: [0, 0, 1, 0, 1, 0, 1, 1] }, 4);
    expect(bins.map(({ from, to, rows }) => [from, to, rows])).toEqual([
      [0.1, 0.1, 3],
      [0.2, 0.2, 1],
      [0.3, 0.4, 2],
      [0.5, 0.6, 2],
    ]);
    expect(bins[0]).toMatchObject({ observedRate: 1 / 3 });
    expect(bins[0]!.meanProbability).toBeCloseTo(0.1, 12);
  });

  test("the calibration error of honest probabilities is small, of doubled ones large", () => {
    const random = createRandom("reliability");
    const scores = Array.from({ length: 20_000 }, () => random.next() / 2);
    const labels = scores.map((probability) => (random.next() < probability ? 1 : 0));
    const error = (probabilities: number[]) =>
      numberOf(expectedCalibrationError(reliabilityBins({ scores: probabilities, labels }, 10)));
    expect(error(scores)).toBeLessThan(0.02);
    expect(error(scores.map((probability) => probability * 2))).toBeGreaterThan(0.2);
  });
});

function numberOf(metric: MetricValue): number {
  if (metric.status !== "ok") throw new Error(metric.reason);
  return metric.value;
}

function reversed(values: ArrayLike<number>): number[] {
  return Array.from(values).reverse();
}

function pairwiseAuc({ scores, labels, weights }: Required<ScoredRows>): number {
  let [above, total] = [0, 0];
  for (let positive = 0; positive < scores.length; positive++) {
    for (let negative = 0; negative < scores.length; negative++) {
      if (labels[positive] !== 1 || labels[negative] !== 0) continue;
      const weight = weights[positive]! * weights[negative]!;
      const difference = scores[positive]! - scores[negative]!;
      total += weight;
      above += weight * (difference > 0 ? 1 : difference === 0 ? 0.5 : 0);
    }
  }
  return above / total;
}

function stepwisePrecision({ scores, labels, weights }: Required<ScoredRows>): number {
  const thresholds = [...new Set(Array.from(scores))].sort((left, right) => right - left);
  const sum = (keep: (row: number) => boolean) =>
    Array.from(weights).reduce((total, weight, row) => total + (keep(row) ? weight : 0), 0);
  const positives = sum((row) => labels[row] === 1);
  let [average, recallBefore] = [0, 0];
  for (const threshold of thresholds) {
    const selected = sum((row) => scores[row]! >= threshold);
    const hits = sum((row) => scores[row]! >= threshold && labels[row] === 1);
    if (selected > 0) average += (hits / positives - recallBefore) * (hits / selected);
    recallBefore = hits / positives;
  }
  return average;
}
