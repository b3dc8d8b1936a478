import { recordAudit } from "@/lib/audit/service";
import { csvLine } from "@/lib/csv/write-csv";
import type {
  ImportDetail,
  ImportSummary,
  QuarantinedEntry,
  QuarantineFilter,
  QuarantineReason,
  RetriableImport,
} from "./contract";
import {
  countTakenLater,
  findFileReports,
  findImport,
  findImports,
  findInputs,
  findQuarantined,
  findReasons,
  findRetriable,
  findStillWaiting,
} from "./repository";

const REASONS_SHOWN = 30;
const RETRIABLE_SHOWN = 5;
const CUSTOMERS_SHOWN = 5;

/** Imports, newest first; `next` is the `before` of the next page, null at the end. The caller has checked the permission. */
export async function listImports(args: {
  before: number | null;
  limit: number;
}): Promise<{ imports: ImportSummary[]; next: number | null }> {
  const found = await findImports({ before: args.before, limit: args.limit + 1 });
  const imports = found.slice(0, args.limit);
  return { imports, next: found.length > args.limit ? (imports.at(-1)?.id ?? null) : null };
}

/** One import with its report by file and the most frequent reasons of quarantine; null where there is none of that id. */
export async function getImport(id: number): Promise<ImportDetail | null> {
  const summary = await findImport(id);
  if (!summary) return null;
  const [fileReports, inputs, reasons, [retriable], rowsTakenLater, stillWaiting] = await Promise.all([
    findFileReports(id),
    findInputs(id),
    findReasons({ importId: id }, REASONS_SHOWN),
    findRetriable({ importId: id }, 1),
    countTakenLater(id),
    findStillWaiting(id, CUSTOMERS_SHOWN),
  ]);
  return { ...summary, fileReports, inputs, reasons, retriable: retriable ?? null, rowsTakenLater, stillWaiting };
}

/**
 * What fits the filter of the quarantine, newest import first, then by file and line; `next` is the `after` of the
 * next page, null at the end. The caller has checked the permission.
 */
export async function listQuarantined(args: {
  filter: QuarantineFilter;
  after: number | null;
  limit: number;
}): Promise<{ entries: QuarantinedEntry[]; next: number | null }> {
  const found = await findQuarantined({ ...args, limit: args.limit + 1 });
  const entries = found.slice(0, args.limit);
  return { entries, next: found.length > args.limit ? (entries.at(-1)?.id ?? null) : null };
}

/** The most frequent reasons among what fits the filter. The caller has checked the permission. */
export function countReasons(filter: QuarantineFilter): Promise<QuarantineReason[]> {
  return findReasons(filter, REASONS_SHOWN);
}

/** The newest imports of what fits the filter whose rows can be tried again. The caller has checked the permission. */
export function listRetriable(filter: QuarantineFilter): Promise<RetriableImport[]> {
  return findRetriable(filter, RETRIABLE_SHOWN);
}

/**
 * What fits the filter as CSV, a page at a time, so that its size does not matter; that it was asked for is audited.
 * The caller has checked the permission.
 */
export async function exportQuarantined(args: {
  filter: QuarantineFilter;
  actor: { readonly id: number | null; readonly label: string };
  pageRows?: number;
}): Promise<ReadableStream<Uint8Array>> {
  await recordAudit({
    actor: args.actor,
    action: "quarantine.export",
    subjectType: "import",
    subjectId: String(args.filter.importId ?? "all"),
    detail: { ...args.filter },
  });
  const encoder = new TextEncoder();
  let after: number | null = null;
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      const { entries, next } = await listQuarantined({ filter: args.filter, after, limit: args.pageRows ?? 2000 });
      const lines = entries.map((row) =>
        csvLine([row.importId, row.source, row.file, row.line, row.column, row.value, row.reason, row.raw]),
      );
      const head = begun ? "" : csvLine(["import", "source", "file", "line", "column", "value", "reason", "row"]);
      begun = true;
      controller.enqueue(encoder.encode(head + lines.join("")));
      after = next;
      if (next === null) controller.close();
    },
  });
}
