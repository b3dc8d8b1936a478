import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";

export type CopyValue = string | number | bigint | boolean | Date | null | readonly (number | string | null)[];

/**
 * Bulk insert by COPY in text format, in the transaction of `client`. Rows are encoded in blocks and never held
 * together in memory. Arrays become Postgres arrays, NaN in them becomes NULL, Dates are written in UTC.
 * @param args.table and args.columns are trusted identifiers of ours, never input.
 * @returns the number of rows written.
 */
export async function copyRows(args: {
  client: PoolClient;
  table: string;
  columns: readonly string[];
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>;
}): Promise<number> {
  const names = args.columns.map((name) => `"${name}"`).join(", ");
  const sink = args.client.query(from(`COPY ${args.table} (${names}) FROM STDIN`));
  let count = 0;
  async function* blocks() {
    let block: string[] = [];
    for await (const row of args.rows) {
      block.push(row.map(encodeCopyValue).join("\t"));
      count += 1;
      if (block.length < ROWS_PER_BLOCK) continue;
      yield `${block.join("\n")}\n`;
      block = [];
    }
    if (block.length > 0) yield `${block.join("\n")}\n`;
  }
  await pipeline(Readable.from(blocks(), { objectMode: false }), sink);
  return count;
}

/** One value in COPY's text format: tab, newline, return and backslash escaped, null as \N. */
export function encodeCopyValue(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return encodeArray(value);
  return String(value);
}

const ROWS_PER_BLOCK = 1000;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function encodeArray(values: readonly (number | string | null)[]): string {
  const items = values.map((item) => {
    if (item === null || Number.isNaN(item)) return "NULL";
    return typeof item === "number" ? String(item) : `"${item.replace(/["\\]/g, "\\$&")}"`;
  });
  return encodeCopyValue(`{${items.join(",")}}`);
}
