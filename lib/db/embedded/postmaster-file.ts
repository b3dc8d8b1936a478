import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandOf, identifyProcess } from "@/lib/env/process-identity";

/** What a running Postgres writes into its data folder. */
export type Postmaster = { readonly pid: number; readonly port: number };

/** Reads postmaster.pid; undefined where there is none, or one that is not complete yet. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const [pid, , , port] = linesOf(cluster);
  const found = { pid: Number(pid), port: Number(port) };
  return found.pid > 0 && found.port > 0 ? found : undefined;
}

/** The server that really runs on a data folder; undefined also where its file is stale. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const found = readPostmaster(cluster);
  return found && isPostgresOf(found.pid, cluster) ? found : undefined;
}

/**
 * After a kill -9 or a crash of the machine the file may name a process that lives and is something else; Postgres then
 * refuses to start. Naming an impossible process hands the decision back to Postgres, which still checks by the
 * file's shared memory key that no backend of the dead server is left. Deleting the file would skip that check.
 */
export function disownForeignProcess(cluster: string): void {
  const lines = linesOf(cluster);
  const pid = Number(lines[0]);
  if (!(pid > 0) || !identifyProcess(pid) || isPostgresOf(pid, cluster)) return;
  writeFileSync(path.join(cluster, FILE), [String(IMPOSSIBLE_PID), ...lines.slice(1)].join("\n"));
}

const FILE = "postmaster.pid";
const IMPOSSIBLE_PID = 2 ** 31 - 1;

function linesOf(cluster: string): string[] {
  try {
    return readFileSync(path.join(cluster, FILE), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isPostgresOf(pid: number, cluster: string): boolean {
  const command = commandOf(pid);
  return /\bpostgres\b/.test(command.split(" ")[0] ?? "") && command.includes(cluster);
}
