import { createHash } from "node:crypto";
import { splitRecord } from "@/lib/ingest/csv/split-record";

/**
 * What an erasure leaves behind so that no later file undoes it: salted digests, from which nothing can be read.
 * email and contact_id: rows of contacts with them are refused. text: rows set aside that hold them are not kept.
 */
export type ErasedMarks = {
  readonly salt: string;
  readonly digests: ReadonlySet<string>;
  /** The source's ids of erased customers, which stay so that rows about them can be recognised. */
  readonly customerSourceIds: ReadonlySet<string>;
};

/** Digest of a value as it stands; the merge of contacts makes the same in SQL. */
export function digestOf(salt: string, value: string): string {
  return createHash("sha256").update(`${salt}\n${value}`).digest("hex");
}

/** The form in which texts are compared: without case and doubled or surrounding space. */
export function plainForm(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** Whether a row, as the text of a record, has a field that is known to be of somebody erased. */
export function mentionsErased(raw: string, marks: ErasedMarks): boolean {
  const { salt, digests, customerSourceIds } = marks;
  if (digests.size === 0 && customerSourceIds.size === 0) return false;
  return [...piecesOf(raw)].some(
    (piece) => customerSourceIds.has(piece) || (piece !== "" && digests.has(digestOf(salt, plainForm(piece)))),
  );
}

/** Fields by the rules of CSV, and pieces between anything that may separate fields where the record is a broken one. */
function piecesOf(raw: string): Set<string> {
  const record = splitRecord(raw, 0, true);
  const fields = record !== "incomplete" && "fields" in record ? record.fields : [];
  const pieces = raw.split(/[",;\t|\n\r]+/);
  return new Set([...fields, ...pieces].map((piece) => piece.trim()));
}
