import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { PoolClient } from "pg";
import { recordAudit } from "@/lib/audit/service";
import type { ErasedMarks } from "@/lib/privacy/erased-marks";
import { DECIDED_WORDS } from "@/lib/settings/contract";
import { getSettings, listUndecidedSettings } from "@/lib/settings/service";
import {
  type BadRow,
  CANONICAL_FILES,
  type CanonicalFile,
  ImportError,
  type ImportFileReport,
  type ImportProgress,
  type ImportReport,
  SAMPLES_MAX,
} from "./contract";
import type { FieldContext } from "./fields";
import type { FileSpec } from "./file-spec";
import { FILE_SPECS } from "./files";
import { importFile } from "./import-file";
import {
  beginImport,
  cancelBackend,
  failAbandonedRuns,
  findErasedMarks,
  findInstallationMode,
  findProcessId,
  finishRun,
  insertRun,
  withImportLock,
} from "./repository";
import { checkStart } from "./stage-file";
import { createTimeReader } from "./times";
import { configuredSalt } from "./user-key";

export type ImportArgs = {
  directory: string;
  /** Rows without recorded_at: known since occurred_at plus the stated lag, instead of since now. */
  historical: boolean;
  /** What the data comes from, for the record. */
  source?: string;
  actor: { readonly id: number | null; readonly label: string };
  now?: Date;
  /** Does everything and keeps nothing: no fact, no quarantined row, no run, no entry in the audit log. */
  dryRun?: boolean;
  /** Only the simulator may add to a demo installation. */
  allowDemo?: boolean;
  /** Hashes the user ids of usage_events.csv; default TIDELINE_USAGE_SALT, else made from NEXTAUTH_SECRET. */
  salt?: string;
  /** How long to wait for another import to end; default 10 s. */
  lockWaitMs?: number;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
};

/**
 * Imports the canonical files of a directory (docs/import.md), all in one transaction: interrupted at any moment it
 * leaves no fact behind, and run again it completes; run once more it changes nothing. Bad rows go to quarantine with
 * file, line, column, value and reason. The caller has checked the permission.
 * @throws ImportError where the import as a whole cannot be: no canonical file in the directory, a required column
 *   missing, an unknown one, a file that is no CSV, has other delimiters, is empty, neither UTF-8 nor marked as UTF-16, or
 *   has no row that can be taken; another import under way, a demo installation, one whose name, zone and currency nobody
 *   has set.
 */
export async function importDirectory(args: ImportArgs): Promise<ImportReport> {
  const files = await findFiles(args.directory);
  await refuseUnprepared(args.allowDemo === true);
  const settings = await getSettings();
  const context: FieldContext = {
    times: createTimeReader({ zone: settings.zone, lagHours: settings.historicalLagHours }),
    currency: settings.currency,
    salt: usageSalt(args.salt, files),
    ascii: true,
  };
  for (const { spec } of files) await checkStart({ directory: args.directory, spec, context });
  const report = await withImportLock({
    waitMs: args.lockWaitMs ?? 10_000,
    work: (client) => runImport({ ...args, client, files, context, zone: settings.zone }),
  });
  if (report === undefined) {
    throw new ImportError("another import is under way, and imports go one at a time: try again when it has ended");
  }
  return report;
}

type RunArgs = ImportArgs & {
  client: PoolClient;
  files: readonly { spec: FileSpec; bytes: number }[];
  context: FieldContext;
  zone: string;
};

async function runImport(args: RunArgs): Promise<ImportReport> {
  const { client, signal, dryRun = false } = args;
  const startedAt = performance.now();
  const run = {
    source: args.source ?? "csv",
    origin: path.resolve(args.directory),
    historical: args.historical,
    startedBy: args.actor.id,
  };
  let keptId: number | null = null;
  if (!dryRun) {
    await failAbandonedRuns(client);
    keptId = await insertRun(client, run);
  }
  const processId = await findProcessId(client);
  let cancelled: Promise<void> | undefined;
  const cancel = () => {
    cancelled = cancelBackend(processId).catch(() => {});
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    await beginImport(client);
    const importId = keptId ?? (await insertRun(client, run));
    const erased = await findErasedMarks(client);
    const { files, reasons, samples } = await importFiles({ ...args, importId, erased });
    signal?.throwIfAborted();
    const rowsRead = files.reduce((sum, file) => sum + file.rowsRead, 0);
    const quarantined = Object.fromEntries([...reasons].sort());
    if (dryRun) await client.query("ROLLBACK");
    else await keepImport({ client, actor: args.actor, importId, files, rowsRead, quarantined });
    const seconds = (performance.now() - startedAt) / 1000;
    return { importId: keptId, files, quarantined, samples, rowsRead, seconds, rowsPerSecond: rowsRead / seconds };
  } catch (error) {
    signal?.removeEventListener("abort", cancel);
    // A cancel still on its way must not meet a statement of whoever has this connection next.
    await cancelled;
    await client.query("ROLLBACK");
    const message = signal?.aborted ? "stopped on request; nothing of it was kept" : messageOf(error);
    if (keptId !== null) await finishRun(client, { importId: keptId, error: message });
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

async function keepImport(
  args: Pick<RunArgs, "client" | "actor"> & {
    importId: number;
    files: readonly ImportFileReport[];
    rowsRead: number;
    quarantined: Readonly<Record<string, number>>;
  },
): Promise<void> {
  const { client, importId, rowsRead, quarantined } = args;
  await finishRun(client, { importId });
  await recordAudit(
    {
      actor: args.actor,
      action: "import.finish",
      subjectType: "import",
      subjectId: String(importId),
      detail: { rowsRead, quarantined, files: args.files.map((file) => file.file) },
    },
    client,
  );
  await client.query("COMMIT");
}

async function importFiles(args: RunArgs & { importId: number; erased: ErasedMarks }) {
  const receivedAt = args.now ?? new Date();
  const bytesTotal = args.files.reduce((sum, file) => sum + file.bytes, 0) || 1;
  const reports: ImportFileReport[] = [];
  const reasons = new Map<string, number>();
  const samples: BadRow[] = [];
  let bytesBefore = 0;
  for (const { spec, bytes } of args.files) {
    const progress = (step: ImportProgress["step"], rows: number, read: number) =>
      args.onProgress?.({ file: spec.file, step, rows, fraction: Math.min(1, (bytesBefore + read) / bytesTotal) });
    const done = await importFile({
      ...args,
      spec,
      receivedAt,
      importedBy: args.actor.id,
      onChunk: (read) => progress("reading", read.rows, read.bytes),
      onMerge: (rows) => progress("merging", rows, bytes),
    });
    bytesBefore += bytes;
    reports.push(done.report);
    for (const [reason, count] of done.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    samples.push(...done.samples.slice(0, SAMPLES_MAX - samples.length));
  }
  return { files: reports, reasons, samples };
}

/** The canonical files that are there, in the order of import. */
async function findFiles(directory: string): Promise<{ spec: FileSpec; bytes: number }[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(`cannot read the directory ${directory}: ${error.code ?? error.message}`);
  });
  const strangers = names.filter((name) => name.endsWith(".csv") && !CANONICAL_FILES.includes(name as CanonicalFile));
  if (strangers.length > 0) {
    throw new ImportError(
      `${directory}: unknown file ${strangers.sort().join(", ")}; expected some of ${CANONICAL_FILES.join(", ")}`,
    );
  }
  const specs = FILE_SPECS.filter((spec) => names.includes(spec.file));
  if (specs.length === 0) {
    throw new ImportError(`${directory}: nothing to import; expected some of ${CANONICAL_FILES.join(", ")}`);
  }
  return Promise.all(specs.map(async (spec) => ({ spec, bytes: (await stat(path.join(directory, spec.file))).size })));
}

async function refuseUnprepared(allowDemo: boolean): Promise<void> {
  if (allowDemo) return;
  const mode = await findInstallationMode();
  if (mode === "demo") {
    throw new ImportError(
      "this installation holds demo data, which must not mix with yours: begin empty with `npm run reset -- --empty` or `npm start -- --empty`",
    );
  }
  // Days and amounts are stored in them for good.
  const undecided = mode === undefined ? [] : await listUndecidedSettings();
  if (undecided.length === 0) return;
  throw new ImportError(
    `the company's ${undecided.map((key) => DECIDED_WORDS[key]).join(", ")} must be set before the first import: an administrator does on the page Set-up`,
  );
}

function usageSalt(given: string | undefined, files: readonly { spec: FileSpec }[]): string | undefined {
  const salt = given ?? configuredSalt();
  if (salt) return salt;
  if (files.some(({ spec }) => spec.merge.kind === "usage-events")) {
    throw new ImportError("usage_events.csv needs TIDELINE_USAGE_SALT: a secret text that user ids are hashed with");
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
