import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

/** The beginning of the ids of all workers of this machine. */
export const MACHINE_PREFIX = `${hostname()}/`;

/** This process as the holder of claims: machine, process, and something that no later process of that number has. */
export const WORKER_ID = `${MACHINE_PREFIX}${process.pid}/${randomUUID().slice(0, 8)}`;

/** Whether a worker of this machine is surely gone. A number that was given to another process since counts as alive. */
export function isGone(workerId: string): boolean {
  const pid = Number(workerId.slice(MACHINE_PREFIX.length).split("/")[0]);
  if (!workerId.startsWith(MACHINE_PREFIX) || !Number.isInteger(pid)) return false;
  if (pid === process.pid) return workerId !== WORKER_ID;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: it is there, but not ours.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
