import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity";

const OwnerSchema = z.object({ pid: z.number().int(), startedAt: z.string() });

/**
 * Takes a lock file for this process. A lock whose owner was killed is taken over; nothing waits.
 * @returns a function that gives the lock back, or the living owner where another process holds it.
 */
export function takeProcessLock(file: string): { release: () => void } | { owner: ProcessIdentity } {
  const me = identifyProcess(process.pid)!;
  const draft = `${file}.${me.pid}`;
  writeFileSync(draft, JSON.stringify(me), { mode: 0o644 });
  try {
    for (;;) {
      if (linked(draft, file)) return { release: () => release(file, me) };
      const owner = lockOwner(file);
      if (owner) return { owner };
      discardDeadLock(file, `${draft}.dead`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that holds a lock file; undefined where nobody does. */
export function lockOwner(file: string): ProcessIdentity | undefined {
  const owner = readOwner(file);
  return owner && isRunning(owner) ? owner : undefined;
}

/** link(2) fails where the name exists, so exactly one of several processes gets it, with its content complete. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Two processes may find the same dead lock: the one that is late may have moved the other's new lock, and puts it back. */
function discardDeadLock(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (lockOwner(aside)) linked(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string, me: ProcessIdentity): void {
  const owner = readOwner(file);
  if (owner?.pid === me.pid && owner.startedAt === me.startedAt) rmSync(file, { force: true });
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return OwnerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // No file, or one that a crash of the machine left half-written: nobody holds it.
    return undefined;
  }
}
