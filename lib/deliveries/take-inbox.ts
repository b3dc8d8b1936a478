import { randomUUID } from "node:crypto";
import { lstat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inTransaction } from "@/lib/db/pool";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import { archive } from "./archive";
import { completeDelivery } from "./complete-delivery";
import type { DeliveredFile } from "./contract";
import { deliveryFolder, inboxFolder, makeFolder, makeInbox, move, namesIn } from "./folders";
import { changedFiles, isUnfinished, keptName, type SeenFile } from "./policy";
import { deleteDelivery, findHalfTaken, insertDelivery, updateFinished } from "./repository";
import { measureFile } from "./write-file";

export const INBOX_ACTOR = { id: null, label: "inbox" } as const;

export type TakenInbox = {
  /** Sources with files that somebody is still writing; all their files are left for the next time. */
  unsettled: string[];
  /** What lies in the inbox and can't be taken, as sentences. */
  problems: string[];
};

/**
 * Takes what lies in the inbox: the files of each source's folder become one delivery, moved into its folder. A source with a
 * file that changes within `settleMs` is left whole, since its files belong together. What a killed process had begun to take is
 * taken first. The caller sees to it that nobody else does the same.
 */
export async function takeInbox(args: { now: Date; settleMs: number; signal?: AbortSignal }): Promise<TakenInbox> {
  const { now } = args;
  const problems: string[] = [];
  const take = async (source: string, work: () => Promise<void>) => {
    await work().catch((error: Error) => problems.push(`import/inbox/${source} could not be taken: ${error.message}`));
  };
  for (const { id, source, files } of await findHalfTaken())
    await take(source, () => takeFiles({ id, source, names: files.map((file) => file.name), now }));
  await makeInbox();
  const before = await lookAround(problems);
  if (before.size === 0) return { unsettled: [], problems };
  await sleep(args.settleMs, undefined, { signal: args.signal });
  const unsettled: string[] = [];
  for (const [source, seen] of before) {
    const files = await look(source, []);
    if (changedFiles(seen, files).length > 0) unsettled.push(source);
    else if (files.length > 0) await take(source, () => takeSource({ source, files, now }));
  }
  return { unsettled, problems };
}

/** The files of every source's folder. */
async function lookAround(problems: string[]): Promise<Map<string, SeenFile[]>> {
  const found = new Map<string, SeenFile[]>();
  for (const name of await namesIn(inboxFolder())) {
    if (isUnfinished(name)) continue;
    const stats = await lstat(inboxFolder(name));
    if (!stats.isDirectory())
      problems.push(`import/inbox/${name} belongs into a folder that names its source, such as import/inbox/billing`);
    else if (!SourceSchema.safeParse(name).success)
      problems.push(
        `import/inbox/${name} names no source: expected lower-case letters, digits and hyphens, such as billing`,
      );
    else {
      const files = await look(name, problems);
      if (files.length > 0) found.set(name, files);
    }
  }
  return found;
}

async function look(source: string, problems: string[]): Promise<SeenFile[]> {
  const files: SeenFile[] = [];
  for (const name of await namesIn(inboxFolder(source))) {
    if (isUnfinished(name)) continue;
    const stats = await lstat(path.join(inboxFolder(source), name)).catch(() => null);
    if (!stats) continue;
    const kept = keptName(name);
    if (!stats.isFile()) problems.push(`import/inbox/${source}/${name} is not a file`);
    else if ("problem" in kept) problems.push(`import/inbox/${source}: ${kept.problem}`);
    else files.push({ name, bytes: stats.size, modifiedMs: stats.mtimeMs });
  }
  return files;
}

async function takeSource(args: { source: string; files: readonly SeenFile[]; now: Date }): Promise<void> {
  const { source, now } = args;
  const id = randomUUID();
  const names = args.files.map((file) => file.name);
  const planned = names.map((name) => ({ name }));
  await insertDelivery({
    id,
    source,
    channel: "inbox",
    historical: false,
    files: planned,
    userId: null,
    tokenId: null,
    now,
  });
  await takeFiles({ id, source, names, now });
}

/** Moves the files and completes the delivery; begun again after a kill it does what is left. */
async function takeFiles(args: { id: string; source: string; names: readonly string[]; now: Date }): Promise<void> {
  const { id, source, now } = args;
  const folder = deliveryFolder(id);
  await makeFolder(folder);
  const there = new Set(await namesIn(folder));
  const waiting = new Set(await namesIn(inboxFolder(source)));
  const files: DeliveredFile[] = [];
  for (const given of args.names) {
    const name = nameOf(given);
    if (!there.has(name) && waiting.has(given)) {
      await move(path.join(inboxFolder(source), given), path.join(folder, name));
      there.add(name);
    }
    if (there.has(name) && !files.some((file) => file.name === name))
      files.push({ name, ...(await measureFile(path.join(folder, name))) });
  }
  if (files.length === 0) {
    const error = "its files were taken out of the inbox again";
    await inTransaction((client) => updateFinished(client, { id, status: "discarded", importId: null, error, now }));
    return;
  }
  const { repeated } = await completeDelivery({
    id,
    source,
    historical: false,
    files,
    status: "queued",
    actor: INBOX_ACTOR,
  });
  if (!repeated) return;
  await archive({ kind: "done", source, id, finishedAt: now, note: null });
  await deleteDelivery(id);
}

function nameOf(given: string): string {
  const kept = keptName(given);
  if ("problem" in kept) throw new Error(kept.problem);
  return kept.name;
}
