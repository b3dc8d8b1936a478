import { recordAudit } from "@/lib/audit/service";
import type { Fence } from "@/lib/db/fence";
import { inTransaction } from "@/lib/db/pool";
import { withSessionLock } from "@/lib/db/session-lock";
import { ImportError, ImportNotNowError, type ImportReport } from "@/lib/ingest/contract";
import { findMapping } from "@/lib/ingest/mapping/service";
import { importDirectory } from "@/lib/ingest/service";
import { findInstallation } from "@/lib/installation/service";
import type { JobProgress } from "@/lib/job-runs/contract";
import { getSettings } from "@/lib/settings/service";
import { archive } from "./archive";
import { checkOfReport } from "./check-of-report";
import type { DeliveryCheck } from "./contract";
import { deliveryFolder, namesIn } from "./folders";
import {
  type DeliveryRow,
  findImportOf,
  findNextToDo,
  updateChecked,
  updateFailed,
  updateFinished,
  updateTakenUp,
} from "./repository";
import { INBOX_ACTOR, takeInbox } from "./take-inbox";
import { tidyUp } from "./tidy-up";

export type ImportDeliveriesArgs = {
  /** Whether to take what lies in the inbox too. */
  inbox: boolean;
  now: Date;
  fence: Fence;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
  /** A file of the inbox that changes within this time is still being written; default 5 s. */
  settleMs?: number;
  /** How long to wait for another import to end; default 30 min. */
  lockWaitMs?: number;
};

/** What one run did; each text names a delivery or a place, and why. */
export type ImportDeliveriesReport = {
  imported: number;
  /** Deliveries that were refused as a whole: trying them again would not change it. */
  refused: string[];
  /** Deliveries that failed for another reason, and will be tried again. */
  failed: string[];
  /** Sources whose files in the inbox are still being written. */
  unsettled: string[];
  /** What lies in the inbox and can't be taken. */
  problems: string[];
};

/**
 * Imports what has come in: the deliveries that wait, oldest first, and on request what lies in the inbox, each delivery on its
 * own, so that one that is refused stops no other. One process at a time does this; killed at any moment, the next run goes
 * on: a delivery whose import had been committed is not imported again. Finished files are put away.
 */
export async function importDeliveries(args: ImportDeliveriesArgs): Promise<ImportDeliveriesReport> {
  const report: ImportDeliveriesReport = { imported: 0, refused: [], failed: [], unsettled: [], problems: [] };
  await withSessionLock({ name: "deliveries", wait: true }, async () => {
    const { deliveryDaysKept } = await getSettings();
    await tidyUp({ now: args.now, daysKept: deliveryDaysKept });
    if ((await findInstallation())?.mode === "demo") return;
    if (args.inbox) {
      args.onProgress?.({ step: "Looking into the inbox", fraction: null });
      const { unsettled, problems } = await takeInbox({ ...args, settleMs: args.settleMs ?? SETTLE_MS });
      report.unsettled.push(...unsettled);
      report.problems.push(...problems);
    }
    const tried: string[] = [];
    for (let next = await findNextToDo(tried); next; next = await findNextToDo(tried)) {
      tried.push(next.id);
      await workOn({ ...args, delivery: next, report });
    }
  });
  return report;
}

const SETTLE_MS = 5_000;
const LOCK_WAIT_MS = 30 * 60_000;

type OneArgs = ImportDeliveriesArgs & { delivery: DeliveryRow; report: ImportDeliveriesReport };

async function workOn(args: OneArgs): Promise<void> {
  const { delivery, report, fence } = args;
  const { id, source } = delivery;
  const taken = await inTransaction(async (client) => {
    await fence(client);
    return updateTakenUp(client, id);
  });
  if (taken === null) return;
  try {
    if (taken === "checking") return await check(args);
    const importId = await importFiles(args);
    await finish(args, { status: "imported", importId, error: null });
    report.imported += 1;
  } catch (error) {
    if (args.signal?.aborted) throw error;
    const message = wordsOf(error, delivery);
    if (error instanceof ImportError && !(error instanceof ImportNotNowError)) {
      await finish(args, { status: "refused", importId: null, error: message });
      report.refused.push(`${source}, delivery ${id}: ${message}`);
    } else {
      await updateFailed({ id, error: message });
      report.failed.push(`${source}, delivery ${id}: ${message}`);
    }
  }
}

/** Where the product keeps the files is no news to the sender. */
function wordsOf(error: unknown, { id }: DeliveryRow): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(`${deliveryFolder(id)}: `, "");
}

/** Says what an import would do. Files that it would refuse wait all the same: the person may mend their mapping. */
async function check(args: OneArgs): Promise<void> {
  const { delivery } = args;
  const found = await runImport(args, true).then(checkOfReport, (error: unknown): DeliveryCheck => {
    if (args.signal?.aborted || !(error instanceof ImportError)) throw error;
    return { outcome: "refused", reason: wordsOf(error, delivery) };
  });
  await inTransaction(async (client) => {
    await args.fence(client);
    await updateChecked(client, { id: delivery.id, check: found });
  });
}

/** @returns the id of the import, which a process that was killed may have committed before */
async function importFiles(args: OneArgs): Promise<number> {
  const earlier = await findImportOf(deliveryFolder(args.delivery.id));
  if (earlier !== null) return earlier;
  const { importId } = await runImport(args, false);
  if (importId === null) throw new Error("an import that was to be kept was not");
  return importId;
}

async function runImport(args: OneArgs, dryRun: boolean): Promise<ImportReport> {
  const { delivery, onProgress } = args;
  const directory = deliveryFolder(delivery.id);
  if ((await namesIn(directory)).length === 0)
    throw new ImportError("its files are no longer in the data folder: send them again");
  return importDirectory({
    directory,
    dryRun,
    historical: delivery.historical,
    source: delivery.source,
    channel: delivery.channel,
    mapping: (await findMapping(delivery.source)) ?? undefined,
    actor: actorOf(delivery),
    lockWaitMs: args.lockWaitMs ?? LOCK_WAIT_MS,
    signal: args.signal,
    onProgress: ({ file, step, rows, fraction }) =>
      onProgress?.({
        step: `${dryRun ? "Checking" : "Importing"} ${delivery.source}`,
        fraction,
        message: `${file}, ${step}, ${rows.toLocaleString("en-US")} rows`,
      }),
  });
}

function actorOf(delivery: DeliveryRow) {
  return delivery.actor === null ? INBOX_ACTOR : { id: delivery.actorId, label: delivery.actor };
}

/** The row first: files that a kill leaves behind are put away by the next run. */
async function finish(
  args: OneArgs,
  end: { status: "imported" | "refused"; importId: number | null; error: string | null },
): Promise<void> {
  const { id, source } = args.delivery;
  const { now } = args;
  await inTransaction(async (client) => {
    await args.fence(client);
    if (!(await updateFinished(client, { id, ...end, now }))) return;
    const action = end.status === "imported" ? "delivery.import" : "delivery.refuse";
    const detail = { source, importId: end.importId, error: end.error };
    await recordAudit(
      { actor: actorOf(args.delivery), action, subjectType: "delivery", subjectId: id, detail },
      client,
    );
  });
  const kind = end.status === "imported" ? "done" : "refused";
  await archive({ kind, source, id, finishedAt: now, note: end.error });
}
