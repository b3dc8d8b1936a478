import path from "node:path";
import type { PoolClient } from "pg";
import { recordAudit } from "@/lib/audit/service";
import { giveAwaitedCustomers } from "@/lib/owners/service";
import { DECIDED_WORDS } from "@/lib/settings/contract";
import { getSettings, listUndecidedSettings } from "@/lib/settings/service";
import { type ImportChannel, ImportError, ImportNotNowError, type ImportProgress, type ImportReport } from "./contract";
import type { FieldContext } from "./fields";
import { findCanonicalFeeds, type Step } from "./find-feeds";
import { importSteps } from "./import-steps";
import type { Mapping } from "./mapping/contract";
import { findMappedFeeds } from "./mapping/find-feeds";
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

export { previewFile } from "./preview-file";

export type ImportArgs = {
  directory: string;
  /** Rows without recorded_at: known since occurred_at plus the stated lag, instead of since now. */
  historical: boolean;
  /** What the data comes from, for the record; that of the mapping, where there is one. */
  source?: string;
  /** How the files become canonical rows, and its id where it is a saved one; without it the files are canonical. */
  mapping?: { readonly id: number | null; readonly mapping: Mapping };
  /** By which way the files came; default command. */
  channel?: ImportChannel;
  actor: { readonly id: number | null; readonly label: string };
  now?: Date;
  /** Does everything and keeps nothing: no fact, no quarantined row, no run, no entry in the audit log. */
  dryRun?: boolean;
  /** Only the simulator, which has a clock of its own, may add to a demo installation. */
  allowDemo?: boolean;
  /** Hashes the user ids of usage_events.csv; default TIDELINE_USAGE_SALT, else made from NEXTAUTH_SECRET. */
  salt?: string;
  /** Where the files were put together of rows that were quarantined: of which import, and what is to be noted then. */
  retry?: {
    readonly of: number;
    readonly lineOf: (file: string, line: number) => number;
    /** In the import's transaction, behind all else. */
    readonly settle: (client: PoolClient, importId: number) => Promise<void>;
  };
  /** How long to wait for another import to end; default 10 s. */
  lockWaitMs?: number;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
};

/**
 * Imports the files of a directory, canonical ones or those of a mapping (docs/import.md), all in one transaction:
 * interrupted at any moment it leaves no fact behind, and run again it completes; run once more it changes nothing. Bad
 * rows go to quarantine with file, line, column, value and reason. The caller has checked the permission.
 * @throws ImportError where the import as a whole cannot be: no file or one too many in the directory, a required column
 *   missing, an unknown one, another header than the mapping's, a file that is no CSV, has other delimiters, is empty, neither UTF-8 nor marked as UTF-16, or
 *   has no row that can be taken; another import under way, a demo installation, one whose name, zone and currency nobody
 *   has set.
 */
export async function importDirectory(args: ImportArgs): Promise<ImportReport> {
  const { directory, mapping } = args;
  const steps = mapping
    ? await findMappedFeeds({ directory, mapping: mapping.mapping })
    : await findCanonicalFeeds(directory);
  await refuseUnprepared(args.allowDemo === true);
  const settings = await getSettings();
  const context: FieldContext = {
    times: createTimeReader({ zone: settings.zone, lagHours: settings.historicalLagHours }),
    currency: settings.currency,
    salt: usageSalt(args.salt, steps),
    ascii: true,
  };
  const { zone } = settings;
  const waitingDays = args.allowDemo ? null : settings.waitingDays;
  const bindArgs = { historical: args.historical, receivedAt: args.now ?? new Date(), zone, context };
  for (const feed of steps.flatMap(({ feeds }) => feeds)) await checkStart({ directory, feed, ...bindArgs });
  const report = await withImportLock({
    waitMs: args.lockWaitMs ?? 10_000,
    work: (client) => runImport({ ...args, ...bindArgs, waitingDays, client, steps }),
  });
  if (report === undefined) {
    throw new ImportNotNowError(
      "another import is under way, and imports go one at a time: try again when it has ended",
    );
  }
  // Accounts that were made while it ran were not there to be its customers' owners.
  if (!args.dryRun) await giveAwaitedCustomers({ now: new Date(), actorId: args.actor.id });
  return report;
}

type RunArgs = ImportArgs & {
  client: PoolClient;
  steps: readonly Step[];
  receivedAt: Date;
  context: FieldContext;
  zone: string;
  waitingDays: number | null;
};

async function runImport(args: RunArgs): Promise<ImportReport> {
  const { client, signal, dryRun = false } = args;
  const startedAt = performance.now();
  const run = {
    source: args.mapping?.mapping.source ?? args.source ?? "csv",
    origin: args.retry ? `quarantined rows of import #${args.retry.of}` : path.resolve(args.directory),
    channel: args.channel ?? "command",
    mappingId: args.mapping?.id ?? null,
    retryOf: args.retry?.of ?? null,
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
    const { files, inputs, reasons, samples, rowsGivenUp } = await importSteps({
      ...args,
      importId,
      erased,
      lineOf: args.retry?.lineOf,
    });
    await args.retry?.settle(client, importId);
    signal?.throwIfAborted();
    const read = args.mapping ? inputs : files;
    const rowsRead = read.reduce((sum, file) => sum + file.rowsRead, 0);
    const quarantined = Object.fromEntries([...reasons].sort());
    if (dryRun) await client.query("ROLLBACK");
    else
      await keepImport({ ...args, importId, files: read.map(({ file }) => file), rowsRead, quarantined, rowsGivenUp });
    const seconds = (performance.now() - startedAt) / 1000;
    const rowsPerSecond = rowsRead / seconds;
    return { importId: keptId, files, inputs, quarantined, samples, rowsRead, rowsGivenUp, seconds, rowsPerSecond };
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
  args: Pick<RunArgs, "client" | "actor" | "mapping"> & {
    importId: number;
    files: readonly string[];
    rowsRead: number;
    quarantined: Readonly<Record<string, number>>;
    rowsGivenUp: number;
  },
): Promise<void> {
  const { client, importId, rowsRead, quarantined, rowsGivenUp } = args;
  await finishRun(client, { importId, rowsGivenUp });
  await recordAudit(
    {
      actor: args.actor,
      action: "import.finish",
      subjectType: "import",
      subjectId: String(importId),
      detail: { rowsRead, quarantined, files: args.files, mapping: args.mapping?.id },
    },
    client,
  );
  await client.query("COMMIT");
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
  throw new ImportNotNowError(
    `the company's ${undecided.map((key) => DECIDED_WORDS[key]).join(", ")} must be set before the first import: an administrator does on the page Set-up`,
  );
}

function usageSalt(given: string | undefined, steps: readonly Step[]): string | undefined {
  const salt = given ?? configuredSalt();
  if (salt) return salt;
  if (steps.some(({ spec }) => spec.merge.kind === "usage-events")) {
    throw new ImportNotNowError(
      "usage_events.csv needs TIDELINE_USAGE_SALT: a secret text that user ids are hashed with",
    );
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
