import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { ColumnFinding, ColumnKind } from "./contract";
import { type Assumed, profileColumn } from "./profile-column";
import { nameFit, tokenize } from "./tokens";

/** A sample with what is known of its columns. */
export type KnownFile = {
  readonly sample: SampleFile;
  /** What its name says it is about, in one and many: "subscriptions.csv" is about subscription. */
  readonly about: readonly string[];
  readonly columns: readonly ColumnFinding[];
};

export type Wanted = {
  /** Names in the order of preference. */
  readonly phrases: readonly string[];
  readonly kinds?: readonly ColumnKind[];
  /** Columns that are something else already. */
  readonly not?: readonly (ColumnFinding | null)[];
  readonly fitMin?: number;
};

/** Columns whose values may be ids, which can look like numbers, words or text. */
export const IDS: readonly ColumnKind[] = ["id", "number", "words", "text"];

/** Columns whose values are words of a vocabulary: few and short, however often each stands in a short sample. */
export const VOCABULARY: readonly ColumnKind[] = ["words", "text", "id"];

const FIT_MIN = 0.55;
const EMPTY_TOO: readonly ColumnKind[] = ["empty"];

/**
 * Looks at each column, twice: what the values of one leave open (is 03/04 in March or April?) is settled by what the
 * others tell, else by the delimiter, since files with semicolons come from where the comma is decimal.
 */
export function knowFile(sample: SampleFile): KnownFile {
  const about = tokenize(sample.name.replace(/\.[^.]*$/, "")).flatMap((token) => [
    token,
    token.replace(/(?<=..)s$/, ""),
  ]);
  const byDelimiter: Assumed =
    sample.delimiter === ";" ? { dayMonth: "day first", decimal: "," } : { dayMonth: "month first", decimal: "." };
  const first = profileAll(sample, byDelimiter);
  const told = first.filter((column) => column.doubt === null && column.format !== null);
  const decimals = told.flatMap(({ format }) => (format?.kind === "number" && isTold(format) ? [format.decimal] : []));
  const orders = told.flatMap(({ why }) =>
    /day first/.test(why) ? ["day first" as const] : /month first/.test(why) ? ["month first" as const] : [],
  );
  const assumed: Assumed = { dayMonth: orders[0] ?? byDelimiter.dayMonth, decimal: decimals[0] ?? byDelimiter.decimal };
  return { sample, about, columns: profileAll(sample, assumed) };

  function isTold(format: { decimal: string }): boolean {
    return sample.rows.some((row) =>
      row.some((value) => new RegExp(`\\d\\${format.decimal}\\d{1,2}\\D*$`).test(value)),
    );
  }
}

function profileAll(sample: SampleFile, assumed: Assumed): ColumnFinding[] {
  return sample.header.map((name, position) =>
    profileColumn({ name, values: sample.rows.map((row) => row[position] ?? ""), assumed }),
  );
}

/** The column whose name fits best, among those whose values fit; null where none does. */
export function findColumn(file: KnownFile, wanted: Wanted): ColumnFinding | null {
  let best: ColumnFinding | null = null;
  let bestFit = wanted.fitMin ?? FIT_MIN;
  for (const column of file.columns) {
    if (wanted.not?.includes(column)) continue;
    // Nothing is known of an empty column but its name, which must then say it all.
    const empty = column.kind === "empty";
    if (wanted.kinds === VOCABULARY && column.words.length === 0) continue;
    if (wanted.kinds && ![...wanted.kinds, ...EMPTY_TOO].includes(column.kind)) continue;
    const fit = nameFit(column.name, wanted.phrases, file.about);
    if (fit > bestFit && (!empty || fit > 0.85)) {
      best = column;
      bestFit = fit;
    }
  }
  return best;
}

/** The values of a column, without blanks around them and without empty ones. */
export function valuesOf(file: KnownFile, column: ColumnFinding): string[] {
  const position = file.sample.header.indexOf(column.name);
  return file.sample.rows.map((row) => (row[position] ?? "").trim()).filter((value) => value !== "");
}

/** Whether no value of the column comes twice in the sample. */
export function isUnique(column: ColumnFinding): boolean {
  return column.filled > 0 && column.distinct === column.filled && column.filled === column.rows;
}
