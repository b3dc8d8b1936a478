import { describe, expect, it } from "vitest";
import { addWeeks } from "@/lib/calendar/weeks";
import { rocAuc } from "@/ml/metrics/ranking-metrics";
import { selectionAtThreshold } from "@/ml/metrics/selection-metrics";
import { oracleRows } from "./oracle";
import { createWorld } from "./world";

const zone = "America/New_York";
const world = createWorld({ seed: 3, customers: 3000, signal: "medium", historyFrom: "2025-05-05", zone });
const first = new Date(world.calendar.midnightMs(world.historyFrom));
const rows = [
  ...oracleRows(
    world,
    Array.from({ length: 24 }, (_, week) => addWeeks(first, 12 + 2 * week, zone)),
  ),
];
const scores = rows.map((row) => row.probability);
const labels = rows.map((row) => (row.departed ? 1 : 0));

describe("the oracle", () => {
  it("ranks and flags as well as the hidden state allows", () => {
    expect(numberOf(rocAuc({ scores, labels }))).toBeGreaterThan(0.93);
    expect(numberOf(rocAuc({ scores, labels }))).toBeLessThan(0.96);
    const flagged = selectionAtThreshold({ scores, labels }, 0.7);
    expect(numberOf(flagged.precision)).toBeGreaterThan(0.83);
    expect(numberOf(flagged.precision)).toBeLessThan(0.89);
    expect(numberOf(flagged.recall)).toBeGreaterThan(0.63);
    expect(numberOf(flagged.recall)).toBeLessThan(0.73);
  });

  it("gives honest probabilities: in each band as many leave as it says", () => {
    for (const [from, to] of [
      [0, 0.01],
      [0.01, 0.3],
      [0.3, 0.7],
      [0.7, 0.88],
      [0.88, 1],
    ] as const) {
      const band = rows.filter(({ probability }) => probability >= from && probability < to);
      const expected = band.reduce((total, { probability }) => total + probability, 0) / band.length;
      const departed = band.filter((row) => row.departed).length / band.length;
      // Rows of a customer repeat from week to week: four standard errors of independent rows are about two real ones.
      const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / band.length);
      expect(Math.abs(departed - expected), `band ${from} to ${to}`).toBeLessThan(tolerance);
      expect(band.length).toBeGreaterThan(200);
    }
  });

  it("speaks of each paying customer once a Monday", () => {
    const keys = new Set(rows.map(({ asOf, customerId }) => `${asOf.getTime()} ${customerId}`));
    expect(keys.size).toBe(rows.length);
    expect(rows.length / 24).toBeGreaterThan(3000 * 0.95);
  });
});

function numberOf(metric: ReturnType<typeof rocAuc>): number {
  if (metric.status !== "ok") throw new Error(metric.reason);
  return metric.value;
}
