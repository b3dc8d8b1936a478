import path from "node:path";
import { type ByteSource, openBytes } from "./csv/byte-source";
import { splitRecord } from "./csv/split-record";
import type { Feed } from "./feed";
import { WAITED } from "./merge/waiting-sql";
import { findArrived, insertWaiting, type RejectedRow, readRejected, type WaitingRow } from "./repository";
import { joinRecord, type StageArgs, type Staged } from "./stage-file";
import type { PlacedRejection } from "./staging-writer";

const REJECTED_BATCH = 2_000;
/** Enough of a record to recognize it by. */
const RECORD_BYTES = 4_000;

/**
 * Puts what the merge did not take into quarantine, or where rows wait for their customer, with the text of each row,
 * read again from its file. @returns how many wait.
 */
export async function setRejectedAside(args: StageArgs, { writer, origins }: Staged): Promise<number> {
  const { client, directory, spec } = args;
  const sources = new Map<string, ByteSource>();
  const sourceOf = async ({ file }: Feed): Promise<ByteSource> => {
    const opened = sources.get(file) ?? (await openBytes({ path: path.join(directory, file), name: file }));
    sources.set(file, opened);
    return opened;
  };
  const asItCame = async (row: RejectedRow): Promise<PlacedRejection> => {
    if (row.feed === WAITED)
      return { ...row, ...(await findArrived(client, row.row_no)), personal: null, isRecord: false };
    const { feed, output } = origins[row.feed] as Staged["origins"][number];
    const start = await (await sourceOf(feed)).readAt(Number(row.byte_offset), RECORD_BYTES);
    const record = splitRecord(start.toString("latin1"), 0, true, feed.delimiter);
    const fields = record !== "incomplete" && "fields" in record ? record.fields : [];
    const raw = joinRecord(fields, feed.delimiter);
    return { ...feed, ...output.explain(row, fields), line: row.line, raw, isRecord: fields.length > 0 };
  };
  let rowsWaiting = 0;
  try {
    let afterId = 0;
    for (;;) {
      const rejected = await readRejected(client, afterId, REJECTED_BATCH);
      const waiting: WaitingRow[] = [];
      for (const row of rejected) {
        const place = await asItCame(row);
        if (row.staged === null) writer.reject({ ...place, whole: row.whole_row });
        else waiting.push({ ...writer.mayKeep(place), staged: row.staged });
      }
      await writer.finish();
      await insertWaiting(client, { ...args, target: spec.file, rows: waiting });
      rowsWaiting += waiting.length;
      const last = rejected.at(-1);
      if (last === undefined) return rowsWaiting;
      afterId = last.id;
    }
  } finally {
    for (const source of sources.values()) await source.close();
  }
}
