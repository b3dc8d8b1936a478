import { z } from "zod";

/** Where a page ended: the sort key and the customer of its last row, in which run. */
export type Cursor = { scoringRunId: number; key: number; customerId: number };

const CursorSchema = z.tuple([z.number().int(), z.number(), z.number().int()]);

/** An opaque text for the address or the API. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.scoringRunId, cursor.key, cursor.customerId])).toString("base64url");
}

/** The cursor of `text`; null where it is none of ours. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const [scoringRunId, key, customerId] = CursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { scoringRunId, key, customerId };
  } catch {
    return null;
  }
}
