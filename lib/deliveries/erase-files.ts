import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Trace } from "@/lib/privacy/policy";
import { ARCHIVES } from "./archive";
import { archiveFolder, deliveryFolder, inboxFolder } from "./folders";
import { TextSearch } from "./text-search";

/**
 * Removes the files that were put away after their import or refusal in which one of the texts stands: whole, since all that
 * was taken of them is in the database. Files that still wait for their import stay, as other rows of them are wanted.
 * @returns how many were removed, and how many of those waiting hold such a text
 */
export async function eraseDeliveredFiles(traces: readonly Trace[]): Promise<{ removed: number; waiting: number }> {
  if (traces.length === 0) return { removed: 0, waiting: 0 };
  let removed = 0;
  for (const kind of ARCHIVES) {
    for (const file of await filesWith(archiveFolder(kind), traces)) {
      await rm(file, { force: true });
      removed += 1;
    }
  }
  const waiting = [...(await filesWith(inboxFolder(), traces)), ...(await filesWith(deliveryFolder(""), traces))];
  return { removed, waiting: waiting.length };
}

async function filesWith(folder: string, traces: readonly Trace[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesBelow(folder)) if (await holds(file, traces)) found.push(file);
  return found;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(orNothing([]));
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function holds(file: string, traces: readonly Trace[]): Promise<boolean> {
  const search = new TextSearch(traces);
  const read = async () => {
    for await (const bytes of createReadStream(file)) {
      search.write(bytes as Uint8Array);
      if (search.found) return true;
    }
    search.end();
    return search.found;
  };
  // A file may be put away or removed just now.
  return read().catch(orNothing(false));
}

function orNothing<T>(nothing: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return nothing;
    throw error;
  };
}
