import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { logEvent } from "@/lib/http/log";
import type { UploadedFile } from "@/lib/http/multipart";
import { findInstallation } from "@/lib/installation/service";
import { listRunning, requestJob } from "@/lib/job-runs/service";
import { getSettings } from "@/lib/settings/service";
import { completeDelivery } from "./complete-delivery";
import type {
  DeliveredFile,
  DeliveryAction,
  DeliveryChannel,
  DeliveryNow,
  DeliveryPage,
  ReceivedDelivery,
} from "./contract";
import { deliveryFolder, makeFolder, removeFolder } from "./folders";
import { decide, FILES_MAX, keptName } from "./policy";
import {
  deleteDelivery,
  findDeliveryView,
  findDeliveryViews,
  findSources,
  insertDelivery,
  lockDelivery,
  updateDecided,
  updateFinished,
} from "./repository";
import { tooLarge, UploadBudget, writeFileFrom } from "./write-file";

export type ReceiveArgs = {
  source: string;
  channel: Exclude<DeliveryChannel, "inbox">;
  historical: boolean;
  sender: Actor & { readonly tokenId: number | null };
  /** the files as they come in */
  files: AsyncIterable<UploadedFile>;
  /** what the sender says is coming, null where it does not */
  bytesExpected: number | null;
  now: Date;
};

/**
 * Takes files in as one delivery and has them imported by a job. They are written to the data folder as they come, and
 * count only when all of them are there: of an upload that is cut off nothing stays but a delivery marked as discarded.
 * The same files as the newest ones that the source sent are the same delivery. The caller has checked that the sender may
 * send files of this source.
 * @throws DomainError refused by a demo installation; too_large; invalid_input for names, for no files, for an upload cut off
 */
export async function receiveDelivery(args: ReceiveArgs): Promise<ReceivedDelivery> {
  await refuseDemo();
  const bytesMax = (await getSettings()).deliveryMegabytesMax * 1_000_000;
  if ((args.bytesExpected ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const id = randomUUID();
  const { source, channel, historical, sender, now } = args;
  await insertDelivery({ id, source, channel, historical, files: [], userId: sender.id, tokenId: sender.tokenId, now });
  const files = await receiveFiles({ ...args, id, bytesMax }).catch(async (error: unknown) => {
    await discard(id, now, error);
    throw isOurs(error) ? error : new DomainError("invalid_input", CUT_OFF);
  });
  // A person sees first what would become of the files; a program has nobody who looks.
  const status = channel === "browser" ? "received" : "queued";
  const kept = await completeDelivery({ id, source, historical, files, status, actor: sender });
  if (kept.repeated) await drop(id);
  else await requestJob({ job: "import-files", payload: { inbox: false }, actor: sender, now });
  const delivery = await findDeliveryView(kept.id, null);
  if (!delivery) throw new Error(`delivery ${kept.id} has disappeared`);
  return { delivery, repeated: kept.repeated };
}

/**
 * One delivery, and what is happening to it.
 * @param args.source the only source that may be told about; null: any
 * @throws DomainError not_found, also for a delivery of another source
 */
export async function getDelivery(args: { id: string; source: string | null }): Promise<DeliveryNow> {
  const view = await findDeliveryView(args.id, args.source);
  if (!view) throw notFoundError();
  const [running] = await listRunning();
  // One delivery at a time is worked on, so the run's progress is this one's.
  const inWork = ["checking", "importing"].includes(view.status) && running?.job === "import-files";
  const waits = ["received", "queued"].includes(view.status) && running !== undefined;
  return { ...view, progress: inWork ? running.progress : null, waitsFor: waits ? running.title : null };
}

/**
 * Deliveries, newest first. The caller has checked the permission.
 * @param args.before `next` of the page before
 */
export async function listDeliveries(args: { before: string | null; limit: number }): Promise<DeliveryPage> {
  const [receivedAt = "", id = ""] = args.before?.split("_") ?? [];
  const found = await findDeliveryViews({
    before: args.before === null ? null : { receivedAt: new Date(receivedAt), id },
    limit: args.limit + 1,
  });
  const deliveries = found.slice(0, args.limit);
  const last = deliveries.at(-1);
  return { deliveries, next: found.length > args.limit && last ? `${last.receivedAt}_${last.id}` : null };
}

/** The sources that are known, and which have a saved mapping. */
export const listSources = findSources;

/**
 * What a person decides about files that they brought: to check them again, to import them, to discard them. Repeating it
 * changes nothing. The caller has checked that `actor` is an admin.
 * @throws DomainError not_found; conflict where the delivery is too far, or not far enough, for that
 */
export async function decideDelivery(args: {
  id: string;
  action: DeliveryAction;
  actor: Actor;
  now: Date;
}): Promise<DeliveryNow> {
  const { id, action, actor, now } = args;
  const changed = await inTransaction(async (client) => {
    const delivery = await lockDelivery(client, id);
    if (!delivery) throw notFoundError();
    const decided = decide({ action, ...delivery });
    if (decided === null) return null;
    if ("problem" in decided) throw new DomainError("conflict", decided.problem);
    await updateDecided(client, { id, status: decided.status, userId: actor.id, now });
    const entry = { actor, action: `delivery.${action}`, subjectType: "delivery", subjectId: id };
    if (action !== "check") await recordAudit(entry, client);
    return decided.status;
  });
  if (changed === "discarded") await removeFolder(deliveryFolder(id));
  else if (changed !== null) await requestJob({ job: "import-files", payload: { inbox: false }, actor, now });
  return getDelivery({ id, source: null });
}

const CUT_OFF = "body: the upload was cut off before its end; nothing of it was kept: send it again";

/** Whether it is not the sender's connection that failed: a refusal, or our own disk. */
function isOurs(error: unknown): boolean {
  return (
    error instanceof DomainError ||
    /^(open|mkdir|write|fsync|close)$/.test((error as NodeJS.ErrnoException).syscall ?? "")
  );
}

async function refuseDemo(): Promise<void> {
  if ((await findInstallation())?.mode !== "demo") return;
  throw new DomainError(
    "refused",
    "This installation holds demo data, which must not mix with yours: begin empty with `npm run reset -- --empty`.",
  );
}

async function receiveFiles(args: ReceiveArgs & { id: string; bytesMax: number }): Promise<DeliveredFile[]> {
  const folder = deliveryFolder(args.id);
  const budget = new UploadBudget(args.bytesMax);
  const files: DeliveredFile[] = [];
  await makeFolder(folder);
  for await (const { name: given, content } of args.files) {
    const kept = keptName(given);
    if ("problem" in kept) throw new DomainError("invalid_input", `body: ${kept.problem}`);
    if (files.length === FILES_MAX) throw new DomainError("invalid_input", `body: expected at most ${FILES_MAX} files`);
    if (files.some((file) => file.name === kept.name))
      throw new DomainError("invalid_input", `body: two files are called "${kept.name}"`);
    files.push({ name: kept.name, ...(await writeFileFrom({ file: path.join(folder, kept.name), content, budget })) });
  }
  if (files.length === 0) throw new DomainError("invalid_input", "body: expected at least one file");
  return files;
}

/** A delivery that says nothing new leaves no trace. */
async function drop(id: string): Promise<void> {
  await removeFolder(deliveryFolder(id));
  await deleteDelivery(id);
}

async function discard(id: string, now: Date, why: unknown): Promise<void> {
  await removeFolder(deliveryFolder(id));
  const said = isOurs(why) ? "it could not be written to the data folder" : CUT_OFF;
  const error = (why instanceof DomainError ? why.message : said).replace(/^body: /, "");
  if (!(why instanceof DomainError)) logEvent("warn", "upload not received", { delivery: id, error: String(why) });
  await inTransaction((client) => updateFinished(client, { id, status: "discarded", importId: null, error, now }));
}
