import type { CanonicalFile } from "./contract";
import type { FieldReader } from "./fields";

/** One column of a canonical file. */
export type FileColumn = {
  readonly name: string;
  /** Its name in the staging table and, for facts, in the fact table. */
  readonly column: string;
  readonly reader: FieldReader;
  readonly required?: boolean;
  /** Rows of these kinds must have a value. */
  readonly requiredFor?: readonly string[];
  /** What an empty field or an absent column means; nothing, unless stated. */
  readonly whenEmpty?: string;
  /** May be of a time to come: it tells of an intention. */
  readonly ahead?: boolean;
  /** Tells who a person is: kept out of quarantine, as personal data stands in `contact` only. */
  readonly personal?: boolean;
};

/** How the rows of a file become facts. */
export type MergeKind =
  /** Versions of a thing with an id of its own, in `table`. */
  | { readonly kind: "facts"; readonly table: FactTable }
  | { readonly kind: "customers" }
  | { readonly kind: "usage" }
  | { readonly kind: "usage-events" }
  | { readonly kind: "contacts" };

export type FactTable = "subscription_event" | "usage_event" | "ticket_event" | "payment_event";

export type FileSpec = {
  readonly file: CanonicalFile;
  readonly columns: readonly FileColumn[];
  /** Staging column that says when it happened, for recorded_at and the range; the first with a value counts. */
  readonly occurredAt: readonly string[];
  readonly merge: MergeKind;
};

/** The column every file may have. */
export const RECORDED_AT = "recorded_at";

/** A column whose staging name differs from its own. */
export function named(column: string, spec: Omit<FileColumn, "column">): FileColumn {
  return { ...spec, column };
}

export function required(name: string, reader: FieldReader): FileColumn {
  return { name, column: name, reader, required: true };
}

export function optional(
  name: string,
  reader: FieldReader,
  more: Pick<FileColumn, "requiredFor" | "whenEmpty" | "ahead" | "personal"> = {},
): FileColumn {
  return { name, column: name, reader, ...more };
}
