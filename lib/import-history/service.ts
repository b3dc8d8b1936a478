import type { ImportDetail, ImportSummary, QuarantinedEntry } from "./contract";
import { findFileReports, findImport, findImports, findQuarantined, findReasons } from "./repository";

const REASONS_SHOWN = 30;

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
  const [fileReports, reasons] = await Promise.all([findFileReports(id), findReasons(id, REASONS_SHOWN)]);
  return { ...summary, fileReports, reasons };
}

/** What an import left in quarantine, by file and line; `next` is the `after` of the next page, null at the end. */
export async function listQuarantined(args: {
  importId: number;
  after: number | null;
  limit: number;
}): Promise<{ entries: QuarantinedEntry[]; next: number | null }> {
  const found = await findQuarantined({ ...args, limit: args.limit + 1 });
  const entries = found.slice(0, args.limit);
  return { entries, next: found.length > args.limit ? (entries.at(-1)?.id ?? null) : null };
}
