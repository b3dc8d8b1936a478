import path from "node:path";
import type { Zone } from "@/lib/calendar/weeks";
import type { BadRow, ImportFileReport } from "./contract";
import { openBytes } from "./csv/byte-source";
import { splitRecord } from "./csv/split-record";
import { mergeFile } from "./merge/merge-file";
import { dropStaging, insertFileReport, readRejected, summarizeStaged } from "./repository";
import { joinRecord, type StageArgs, type StagedFile, stageFile } from "./stage-file";

const REJECTED_BATCH = 2_000;
/** Enough of a record to recognize it by. */
const RECORD_BYTES = 4_000;

/**
 * Stages, merges and reports one file inside the import's transaction.
 * @returns its report, the quarantined rows and fields by reason, and the first of them.
 */
export async function importFile(
  args: StageArgs & { zone: Zone; importedBy: number | null; onMerge?: (rows: number) => void },
): Promise<{ report: ImportFileReport; reasons: ReadonlyMap<string, number>; samples: readonly BadRow[] }> {
  const startedAt = performance.now();
  const { client, importId, spec, signal } = args;
  const staged = await stageFile(args);
  signal?.throwIfAborted();
  args.onMerge?.(staged.rowsRead);
  const merged = await mergeFile(args);
  await quarantineRejected(args, staged);
  const summary = await summarizeStaged(client, occurredAtSql(args));
  const { writer, rowsRead } = staged;
  const report: ImportFileReport = {
    file: spec.file,
    bytes: staged.bytes,
    sha256: staged.sha256,
    rowsRead,
    rowsNew: merged.added,
    rowsVersion: merged.versions,
    rowsSame: rowsRead - writer.rowsBad - merged.added - merged.versions,
    rowsBad: writer.rowsBad,
    firstAt: summary.first_at,
    lastAt: summary.last_at,
    seconds: (performance.now() - startedAt) / 1000,
  };
  await insertFileReport(client, importId, report);
  await dropStaging(client);
  return { report, reasons: writer.reasons, samples: writer.first };
}

function occurredAtSql({ spec, zone }: { spec: StageArgs["spec"]; zone: Zone }): string | null {
  if (spec.occurredAt.length === 0) return null;
  if (spec.merge.kind === "usage") return `day::timestamp AT TIME ZONE '${zone.replaceAll("'", "''")}'`;
  return `coalesce(${spec.occurredAt.join(", ")})`;
}

/** Puts what the merge refused into quarantine, with the text of each row, read again from the file. */
async function quarantineRejected(args: StageArgs, { writer }: StagedFile): Promise<void> {
  const file = await openBytes({ path: path.join(args.directory, args.spec.file), name: args.spec.file });
  try {
    let afterId = 0;
    for (;;) {
      const rows = await readRejected(args.client, afterId, REJECTED_BATCH);
      for (const row of rows) {
        const start = await file.readAt(Number(row.byte_offset), RECORD_BYTES);
        const record = splitRecord(start.toString("latin1"), 0, true);
        const raw = record !== "incomplete" && "fields" in record ? joinRecord(record.fields) : "";
        writer.reject({ ...row, raw, whole: row.whole_row });
      }
      await writer.finish();
      const last = rows.at(-1);
      if (last === undefined) return;
      afterId = last.id;
    }
  } finally {
    await file.close();
  }
}
