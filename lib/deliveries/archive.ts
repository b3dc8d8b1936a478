import { writeFile } from "node:fs/promises";
import path from "node:path";
import { archiveFolder, deliveryFolder, makeFolder, move, namesIn, removeFolder } from "./folders";
import { archiveName, isExpired } from "./policy";

export const ARCHIVES = ["done", "refused"] as const;

/**
 * Puts the files of a delivery away, into import/done/<source>/<day>-<id> or import/refused/…, there with the reason in a text
 * file. Begun again after a kill it does what is left.
 */
export async function archive(args: {
  kind: (typeof ARCHIVES)[number];
  source: string;
  id: string;
  finishedAt: Date;
  /** goes into reason.txt */
  note: string | null;
}): Promise<void> {
  const folder = deliveryFolder(args.id);
  const to = archiveFolder(args.kind, args.source, archiveName(args));
  await makeFolder(archiveFolder(args.kind, args.source));
  if (args.note !== null) await writeFile(path.join(folder, "reason.txt"), `${args.note}\n`, { mode: 0o600 });
  await move(folder, to);
}

/** Removes what was put away more than so many days ago. @returns how many deliveries' files */
export async function removeExpired(args: { days: number; now: Date }): Promise<number> {
  let removed = 0;
  for (const kind of ARCHIVES) {
    for (const source of await namesIn(archiveFolder(kind))) {
      for (const folder of await namesIn(archiveFolder(kind, source))) {
        if (!isExpired({ folder, ...args })) continue;
        await removeFolder(archiveFolder(kind, source, folder));
        removed += 1;
      }
    }
  }
  return removed;
}
