import type { Contribution } from "./contract";
import type { FeaturePast, RangeRecord, ViewColumn } from "./repository";

/**
 * Joins what the model gave each column with what the column says, its value now and at earlier as-ofs, and what is
 * typical among peers; largest part first, ties by name.
 * @param args.format a value in a unit, as words
 */
export function explainColumns(args: {
  contributions: readonly { column: string; logOdds: number }[];
  columns: readonly ViewColumn[];
  past: readonly FeaturePast[];
  asOf: Date;
  ranges: readonly RangeRecord[];
  sentences: ReadonlyMap<string, string>;
  format: (value: number, unit: string | undefined) => string;
}): Contribution[] {
  const positions = new Map(args.columns.map((column, position) => [column.name, position]));
  const ranges = new Map(args.ranges.map((range) => [range.column, range]));
  const now = args.past.find((row) => row.asOf.getTime() === args.asOf.getTime());
  const explained = args.contributions.map(({ column, logOdds }): Contribution => {
    const position = positions.get(column) ?? -1;
    const described = args.columns[position];
    const inWords = (value: number | null) => (value === null ? "no data" : args.format(value, described?.unit));
    const valueIn = (row: FeaturePast | undefined) => row?.values[position] ?? null;
    return {
      column,
      logOdds,
      label: described?.label ?? column.replaceAll("_", " "),
      meaning: described?.meaning ?? "",
      value: inWords(valueIn(now)),
      sentence: args.sentences.get(column) ?? null,
      past: args.past.map((row) => ({
        asOf: row.asOf.toISOString(),
        value: valueIn(row),
        text: inWords(valueIn(row)),
      })),
      typical: typicalOf(ranges.get(column), inWords),
    };
  });
  return explained.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.column < b.column ? -1 : 1));
}

function typicalOf(range: RangeRecord | undefined, inWords: (value: number) => string): Contribution["typical"] {
  if (range?.p25 == null || range.p50 === null || range.p75 === null) return null;
  return {
    low: inWords(range.p25),
    middle: inWords(range.p50),
    high: inWords(range.p75),
    lowValue: range.p25,
    highValue: range.p75,
  };
}
