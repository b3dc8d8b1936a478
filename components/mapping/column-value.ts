import type { Value } from "@/lib/ingest/mapping/contract";

/** A value that comes from one column of the file. */
export type ColumnValue = Extract<Value, { column: string }>;
