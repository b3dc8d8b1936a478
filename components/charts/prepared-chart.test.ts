import { describe, expect, it } from "vitest";
import { prepareChart, type SeriesInput } from "./prepared-chart";

const points = ["2026-01-05", "2026-01-12", "2026-02-02", "2026-02-09"].map((key) => ({
  key,
  axis: key.slice(0, 7),
  title: `Week of ${key}`,
}));
const series: SeriesInput = {
  key: "sessions",
  name: "Sessions",
  kind: "line",
  color: "chart-1",
  values: [10, null, 0, 30],
  nullMeans: "no data yet",
  format: (value) => `${value} sessions`,
};
const formatTick = String;

describe("prepareChart", () => {
  it("names a gap, which is not 0", () => {
    const chart = prepareChart({ label: "Use", points, series: [series], formatTick });
    expect(chart.series[0]?.texts).toEqual(["10 sessions", "no data yet", "0 sessions", "30 sessions"]);
    expect(chart.series[0]?.values[1]).toBeNull();
  });

  it("puts words at the first position of each", () => {
    expect(prepareChart({ label: "Use", points, series: [series], formatTick }).axisKeys).toEqual([
      "2026-01-05",
      "2026-02-02",
    ]);
  });

  it("thins the words, keeping the last", () => {
    const many = Array.from({ length: 10 }, (_, i) => ({ key: `k${i}`, axis: `a${i}`, title: "" }));
    const flat = { ...series, values: many.map(() => 1) };
    const chart = prepareChart({ label: "Use", points: many, series: [flat], formatTick, axisWordsMax: 4 });
    expect(chart.axisKeys).toEqual(["k0", "k3", "k6", "k9"]);
  });

  it("holds reference lines and the ends of intervals on the scale", () => {
    const intervals = [{ low: 5, high: 61 }, null, null, null];
    const chart = prepareChart({
      label: "Use",
      points,
      series: [{ ...series, intervals }],
      references: [{ value: 72, text: "aim" }],
      formatTick,
    });
    expect(chart.scale.max).toBeGreaterThanOrEqual(72);
    expect(chart.series[0]?.intervals?.[0]).toEqual([5, 51]);
    expect(chart.series[0]?.texts[0]).toBe("10 sessions (5 sessions to 61 sessions)");
  });

  it("scales stacked bars by their sum", () => {
    const stacked = ["a", "b"].map((key) => ({
      ...series,
      key,
      kind: "bar" as const,
      stack: "s",
      values: [40, 1, 1, 1],
    }));
    expect(prepareChart({ label: "Use", points, series: stacked, formatTick }).scale.max).toBe(80);
  });

  it("refuses a series of another length", () => {
    const short = { ...series, values: [1] };
    expect(() => prepareChart({ label: "Use", points, series: [short], formatTick })).toThrow(
      'series "sessions" has 1 values; expected 4',
    );
  });
});
