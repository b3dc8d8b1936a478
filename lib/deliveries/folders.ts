import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env/env";

// import/ of the data folder: inbox/<source>/ is watched, deliveries/<id>/ is being dealt with, done/<source>/ and
// refused/<source>/ keep what was. All but the inbox can be read by the product's user alone.

export function inboxFolder(source?: string): string {
  return path.join(env().TIDELINE_DATA_DIR, "import", "inbox", source ?? "");
}

export function deliveryFolder(id: string): string {
  return path.join(env().TIDELINE_DATA_DIR, "import", "deliveries", id);
}

export function archiveFolder(kind: "done" | "refused", source = "", name = ""): string {
  return path.join(env().TIDELINE_DATA_DIR, "import", kind, source, name);
}

export async function makeFolder(folder: string): Promise<void> {
  await makeInbox();
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Other users of the machine may come so far; who of them may write, its owner says. */
export async function makeInbox(): Promise<void> {
  await mkdir(inboxFolder(), { recursive: true, mode: 0o755 });
}

/** The names in a folder, sorted; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/**
 * Moves a file or folder, also to another disk. There it is copied beside its place first, so that a kill leaves it whole
 * where it was or where it goes, or in both.
 */
export async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const draft = path.join(path.dirname(to), `.${path.basename(to)}.part`);
    await removeFolder(draft);
    await cp(from, draft, { recursive: true, preserveTimestamps: true });
    await rename(draft, to);
    await removeFolder(from);
  }
}
