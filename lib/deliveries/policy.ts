import { createHash } from "node:crypto";
import path from "node:path";
import type { DeliveredFile, DeliveryAction, DeliveryCheck, DeliveryStatus } from "./contract";

export const FILES_MAX = 50;
const NAME_CHARACTERS_MAX = 200;

/**
 * The name that a file is kept under: the given one without the folders that some programs send along, its ending in lower case.
 * @returns what is wrong with it where it can't be one
 */
export function keptName(given: string): { name: string } | { problem: string } {
  const base = path.posix.basename(given.replaceAll("\\", "/")).normalize("NFC");
  const expected = `expected the name of a .csv file of at most ${NAME_CHARACTERS_MAX} characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(given)) return { problem: `a file name has control characters: ${expected}` };
  if (base.startsWith(".") || !/.\.csv$/i.test(base) || Buffer.byteLength(base) > NAME_CHARACTERS_MAX)
    return { problem: `the file is called "${base.slice(0, NAME_CHARACTERS_MAX)}": ${expected}` };
  return { name: `${base.slice(0, -4)}.csv` };
}

/** Two deliveries of a source with the same hash say the same: names, contents, and what is assumed of their times. */
export function contentHash(args: { files: readonly DeliveredFile[]; historical: boolean }): string {
  const lines = args.files.map((file) => `${file.sha256} ${file.name}`).sort();
  return createHash("sha256")
    .update([args.historical ? "historical" : "received", ...lines].join("\n"))
    .digest("hex");
}

/** A file of the inbox at one look. */
export type SeenFile = { readonly name: string; readonly bytes: number; readonly modifiedMs: number };

/** The files that changed between two looks: somebody is still writing them. */
export function changedFiles(before: readonly SeenFile[], after: readonly SeenFile[]): string[] {
  const known = new Map(before.map((file) => [file.name, file]));
  return after
    .filter((file) => {
      const earlier = known.get(file.name);
      return earlier?.bytes !== file.bytes || earlier.modifiedMs !== file.modifiedMs;
    })
    .map((file) => file.name);
}

/** The folder that a delivery's files are put away in, below done/<source> or refused/<source>: the day first, to sort by. */
export function archiveName(args: { id: string; finishedAt: Date }): string {
  return `${args.finishedAt.toISOString().slice(0, 10)}-${args.id}`;
}

/** Whether an archive folder has been kept for so many days; a folder that is none of ours never has. */
export function isExpired(args: { folder: string; days: number; now: Date }): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})-[0-9a-f-]{36}$/.exec(args.folder)?.[1];
  const since = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return args.now.getTime() - since >= (args.days + 1) * DAY_MS;
}

const DAY_MS = 86_400_000;

/** Names that programs give to files that they are still writing, and that systems give to files of their own. */
export function isUnfinished(name: string): boolean {
  return /^[.~]|\.(part|partial|filepart|tmp|crdownload|swp)$|^(desktop\.ini|Thumbs\.db)$/i.test(name);
}

/** What a person's decision makes of a delivery: a new status, null where it is so already, or a sentence why not. */
export function decide(args: {
  action: DeliveryAction;
  status: DeliveryStatus;
  outcome: DeliveryCheck["outcome"] | null;
}): { status: "received" | "queued" | "discarded" } | { problem: string } | null {
  const { action, status } = args;
  if (action === "discard") {
    if (status === "discarded") return null;
    const may = ["received", "checking", "checked", "queued"].includes(status);
    return may ? { status: "discarded" } : { problem: `A delivery that is ${status} can't be discarded.` };
  }
  if (action === "check") {
    if (status === "received" || status === "checking") return null;
    return status === "checked"
      ? { status: "received" }
      : { problem: `A delivery that is ${status} can't be checked.` };
  }
  if (["queued", "importing", "imported"].includes(status)) return null;
  if (status !== "checked")
    return { problem: `A delivery that is ${status} can't be imported: it must have been checked.` };
  if (args.outcome !== "importable")
    return { problem: "These files would be refused: mend what the check found first." };
  return { status: "queued" };
}
