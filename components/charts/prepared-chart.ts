import { niceScale, type Scale } from "./scale";

/** Colours by their role in app/globals.css. */
export type ChartColor = "chart-1" | "chart-2" | "chart-3" | "chart-4" | "chart-5" | "chart-6" | "danger" | "raises";

export type SeriesInput = {
  key: string;
  name: string;
  kind: "line" | "step" | "bar" | "dashed";
  color: ChartColor;
  values: readonly (number | null)[];
  /** what a point without a value means, alike for all or by position: no data is never 0 */
  nullMeans: string | ((index: number) => string);
  format: (value: number) => string;
  /** low and high end around each value */
  intervals?: readonly ({ low: number; high: number } | null)[];
  /** bars with the same stack stand on each other */
  stack?: string;
};

/** Everything a chart draws and says, decided: the drawing part and the table part only copy from it. */
export type PreparedChart = {
  label: string;
  /** one per position: key, words on the axis, words in full */
  points: { key: string; axis: string; title: string }[];
  /** positions that carry words on the axis */
  axisKeys: string[];
  series: {
    key: string;
    name: string;
    kind: SeriesInput["kind"];
    color: ChartColor;
    stack: string | null;
    values: (number | null)[];
    texts: string[];
    intervals: ([number, number] | null)[] | null;
  }[];
  scale: Scale;
  tickTexts: string[];
  references: { value: number; text: string }[];
  marks: { key: string; text: string }[];
};

/**
 * Decides a chart from its data: the scale over all values, intervals and reference lines; which positions get words; the
 * words of every value and of every gap.
 * @throws RangeError where a series has another length than there are points
 */
export function prepareChart(args: {
  label: string;
  points: readonly { key: string; axis: string; title: string }[];
  series: readonly SeriesInput[];
  formatTick: (value: number) => string;
  references?: readonly { value: number; text: string }[];
  marks?: readonly { key: string; text: string }[];
  scale?: Scale;
  wholeSteps?: boolean;
  axisWordsMax?: number;
}): PreparedChart {
  const { points } = args;
  for (const series of args.series) {
    if (series.values.length !== points.length)
      throw new RangeError(`series "${series.key}" has ${series.values.length} values; expected ${points.length}`);
  }
  const references = [...(args.references ?? [])];
  const extent = [
    ...stackedValues(args.series),
    ...args.series.flatMap((series) => (series.intervals ?? []).map((interval) => interval?.high ?? null)),
    ...references.map((reference) => reference.value),
  ];
  const scale = args.scale ?? niceScale(extent, { wholeSteps: args.wholeSteps ?? false });
  return {
    label: args.label,
    points: [...points],
    axisKeys: pickEvenly(
      points.filter((point, i) => point.axis !== "" && point.axis !== points[i - 1]?.axis).map((point) => point.key),
      args.axisWordsMax ?? 7,
    ),
    series: args.series.map((series) => ({
      key: series.key,
      name: series.name,
      kind: series.kind,
      color: series.color,
      stack: series.stack ?? null,
      values: [...series.values],
      texts: series.values.map((value, i) => {
        if (value === null) return typeof series.nullMeans === "string" ? series.nullMeans : series.nullMeans(i);
        const interval = series.intervals?.[i];
        const range = interval ? ` (${series.format(interval.low)} to ${series.format(interval.high)})` : "";
        return series.format(value) + range;
      }),
      intervals: series.intervals
        ? series.intervals.map((interval, i) => aroundValue(interval, series.values[i] ?? null))
        : null,
    })),
    scale,
    tickTexts: scale.ticks.map(args.formatTick),
    references,
    marks: [...(args.marks ?? [])],
  };
}

/** Every k-th of the keys, the last always among them, so that there are at most `most`. */
function pickEvenly(keys: readonly string[], most: number): string[] {
  const step = Math.ceil(keys.length / most);
  return keys.filter((_, i) => (keys.length - 1 - i) % step === 0);
}

/** Values that the scale must hold: of stacked bars their sum. */
function stackedValues(series: readonly SeriesInput[]): (number | null)[] {
  const single = series.filter((one) => one.stack === undefined).flatMap((one) => [...one.values]);
  const stacks = [...new Set(series.map((one) => one.stack).filter((stack) => stack !== undefined))];
  const sums = stacks.flatMap((stack) => {
    const parts = series.filter((one) => one.stack === stack);
    return (parts[0]?.values ?? []).map((_, i) => parts.reduce((sum, part) => sum + (part.values[i] ?? 0), 0));
  });
  return [...single, ...sums];
}

/** Distances below and above the value, as error bars want them. */
function aroundValue(interval: { low: number; high: number } | null, value: number | null): [number, number] | null {
  return interval && value !== null ? [value - interval.low, interval.high - value] : null;
}
