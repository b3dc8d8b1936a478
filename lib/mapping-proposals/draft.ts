import type { CanonicalFile } from "@/lib/ingest/contract";
import type { Condition, Format, Value } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "./contract";
import { type KnownFile, valuesOf } from "./known-file";
import { phrase, tokenize } from "./tokens";
import { translateWords } from "./vocabulary";

/** A canonical column's proposal and its reason. */
export type Proposed = { readonly value: Value; readonly why: string };

export type OutputDraft = {
  readonly to: CanonicalFile;
  readonly why: string;
  readonly when: readonly Condition[];
  /** Columns without a proposal are left out. */
  readonly columns: Readonly<Record<string, Proposed | null>>;
};

/** What a file was taken for and the outputs that follow from it. */
export type FileDraft = {
  readonly role: string;
  readonly why: string;
  readonly outputs: readonly OutputDraft[];
  readonly notes: readonly string[];
};

/** The column as it stands. */
export function asText(column: ColumnFinding | null, why = "by its name"): Proposed | null {
  return column && { value: { column: column.name }, why: `${why}: ${column.why}` };
}

/** The column as a time; plain ISO 8601 needs no format. */
export function asTime(column: ColumnFinding | null): Proposed | null {
  if (column === null) return null;
  const plain = column.format?.kind !== "time" || (column.format.forms.join() === "iso" && !column.format.zone);
  return withFormat(column, plain ? undefined : (column.format ?? undefined));
}

/** The column as a whole number; plain digits need no format. */
export function asNumber(file: KnownFile, column: ColumnFinding | null): Proposed | null {
  if (column === null) return null;
  const plain = valuesOf(file, column).every((value) => /^\d+$/.test(value));
  return withFormat(column, plain ? undefined : (column.format ?? undefined));
}

/** The column as money, which becomes cents; as it is where its name says that it is in cents already. */
export function asMoney(
  file: KnownFile,
  column: ColumnFinding | null,
  more: { dividedBy?: string; negative?: "absolute" } = {},
): Proposed | null {
  if (column === null) return null;
  if (tokenize(column.name).some((token) => token === "cents" || token === "cent") && !more.dividedBy)
    return asNumber(file, column);
  const signs = column.format?.kind === "number" ? column.format : { decimal: "." as const, thousands: "," as const };
  const format: Format = {
    kind: "money",
    decimal: signs.decimal,
    thousands: signs.thousands,
    negative: more.negative ?? "refuse",
    ...(more.dividedBy !== undefined && { dividedBy: more.dividedBy }),
  };
  const proposed = withFormat(column, format);
  return more.dividedBy === undefined
    ? proposed
    : { ...proposed, why: `${proposed.why}; divided by ${more.dividedBy}` };
}

/** The column as true or false; those words themselves need no format. */
export function asBoolean(column: ColumnFinding | null): Proposed | null {
  if (column === null) return null;
  const { format } = column;
  const plain = format?.kind !== "boolean" || format.yes[0] === "true";
  return withFormat(column, plain ? undefined : format);
}

/** The column with its words translated; words that nobody knows are named in the reason. */
export function asWords(
  column: ColumnFinding | null,
  dictionary: Parameters<typeof translateWords>[1],
  more: { otherWord?: string; whenEmpty?: string } = {},
): Proposed | null {
  if (column === null) return null;
  const { words, unknown } = translateWords(column.words, dictionary);
  const same = Object.entries(words).every(([foreign, canonical]) => foreign === canonical);
  const value: Value = { column: column.name, ...(!(same && unknown.length === 0) && { words }), ...more };
  if (unknown.length === 0) return { value, why: `by its name: ${column.why}` };
  const listed = unknown.slice(0, 6).join(", ");
  const other = more.otherWord ? `taken as ${more.otherWord}` : "to be chosen, else those rows go to quarantine";
  return {
    value,
    why: `by its name; what ${listed} ${unknown.length === 1 ? "means is" : "mean is"} not known: ${other}`,
  };
}

export function constant(text: string, why: string): Proposed {
  return { value: { constant: text }, why };
}

/** Texts joined, such as "{id}-start". */
export function template(text: string, why: string): Proposed {
  return { value: { template: text }, why };
}

export function filled(column: ColumnFinding): Condition {
  return { column: column.name, is: "filled" };
}

export function oneOf(column: ColumnFinding, words: readonly string[]): Condition {
  return { column: column.name, is: "one-of", words: [...words] };
}

export function noneOf(column: ColumnFinding, words: readonly string[]): Condition {
  return { column: column.name, is: "none-of", words: [...words] };
}

/** The words of a column that mean yes. */
export function yesWords(column: ColumnFinding): string[] {
  return column.format?.kind === "boolean" ? [...column.format.yes] : [];
}

const CREATED = [
  "created at",
  "created on",
  "created",
  "create date",
  "creation date",
  "created time",
  "inserted at",
  "recorded at",
  "erstellt am",
];
const UPDATED = [
  "updated at",
  "last updated",
  "last modified",
  "modified at",
  "updated",
  "last modified date",
  "modified on",
  "geandert am",
];

/** The column that says when a row was written: what was made known when the thing began. */
export function findCreated(file: KnownFile, not: readonly (ColumnFinding | null)[]): ColumnFinding | null {
  return findStamp(file, CREATED, not);
}

/** The column that says when a row was last changed: when its later facts were known at the latest. */
export function findUpdated(file: KnownFile, not: readonly (ColumnFinding | null)[]): ColumnFinding | null {
  return findStamp(file, UPDATED, not);
}

function findStamp(file: KnownFile, phrases: readonly string[], not: readonly (ColumnFinding | null)[]) {
  return (
    file.columns.find(
      (column) => column.kind === "time" && !not.includes(column) && phrases.includes(phrase(column.name)),
    ) ?? null
  );
}

/** recorded_at of a fact by the column that says when it was written; without one the import decides (receipt, or a stated lag). */
export function recordedBy(column: ColumnFinding | null, what: string): Proposed | null {
  const time = asTime(column);
  return time && { ...time, why: `${what}: ${column?.why}` };
}

function withFormat(column: ColumnFinding, format: Format | undefined): Proposed {
  const doubt = column.doubt ? `; ${column.doubt}` : "";
  return { value: { column: column.name, ...(format && { format }) }, why: `by its name: ${column.why}${doubt}` };
}
