import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Binaries } from "./binaries";
import { disownForeignProcess, type Postmaster, readPostmaster } from "./postmaster-file";
import type { ServerUser } from "./server-user";

/** A Postgres data folder with the programs and the system user that serve it. */
export type Cluster = { readonly folder: string; readonly binaries: Binaries; readonly user: ServerUser };

/** A program of Postgres failed; the message ends with what it said. */
export class ClusterError extends Error {
  override name = "ClusterError";
}

/**
 * Makes the data folder where there is none, under another name first, so that a half-made one is never taken for
 * whole. Text is compared by code point, so the same data sorts alike on every machine.
 */
export async function initialiseCluster(cluster: Cluster, superuser: { name: string; password: string }) {
  if (existsSync(path.join(cluster.folder, "PG_VERSION"))) return;
  const draft = `${cluster.folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(os.tmpdir(), `tideline-${randomBytes(8).toString("hex")}`);
  writeFileSync(passwordFile, `${superuser.password}\n`, { mode: 0o600, flag: "wx" });
  const { uid, gid } = cluster.user;
  if (uid !== undefined && gid !== undefined) {
    for (const file of [draft, passwordFile]) chownSync(file, uid, gid);
  }
  try {
    const options = [`--username=${superuser.name}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    const text = ["--encoding=UTF8", "--locale=C"];
    // Upper and lower case of all letters, and still the order of code points.
    if (Number.parseInt(cluster.binaries.version, 10) >= 17)
      text.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    await run(cluster, "initdb", [`--pgdata=${draft}`, ...options, ...text]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster.folder);
}

/**
 * Starts the server on 127.0.0.1 and waits until it accepts connections, crash recovery included. It runs apart from
 * this process and outlives it.
 * @param args.settings of postgresql.conf, for this start
 * @throws ClusterError with the end of the server's log
 */
export async function startCluster(
  cluster: Cluster,
  args: { port: number; settings: Readonly<Record<string, string>> },
): Promise<Postmaster> {
  disownForeignProcess(cluster.folder);
  const log = path.join(cluster.folder, "startup.log");
  rmSync(log, { force: true });
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    logging_collector: "on",
    log_filename: "postgresql-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_size: "0",
    ...args.settings,
    port: String(args.port),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const command = ["start", "-w", "-s", "-t", String(START_SECONDS), "-D", cluster.folder, "-l", log];
  try {
    await run(cluster, "pg_ctl", [...command, "-o", options.join(" ")]);
  } catch (error) {
    throw new ClusterError(`${(error as Error).message}${existsSync(log) ? `: ${lastLines(log)}` : ""}`);
  }
  return readPostmaster(cluster.folder)!;
}

/** Stops the server: sessions are ended, everything is written. Does nothing where none runs. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  if (!readPostmaster(cluster.folder)) return;
  await run(cluster, "pg_ctl", ["stop", "-w", "-s", "-m", "fast", "-t", "60", "-D", cluster.folder]);
}

/** After a kill -9 in a bulk load the log to replay may be some gigabytes. */
const START_SECONDS = 120;

function run(cluster: Cluster, program: "initdb" | "pg_ctl", argumentList: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(cluster.binaries.folder, "bin", program), argumentList, {
      ...cluster.user,
      cwd: "/",
      env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C" },
      stdio: ["ignore", "pipe", "pipe"],
      // Ctrl+C in the terminal is for us to handle: we stop the server when its users are done.
      detached: true,
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-2000);
      });
    }
    child.once("error", (error) => reject(new ClusterError(`${program} could not run: ${error.message}`)));
    // Not "close": the server inherits the pipes and keeps them open.
    child.once("exit", (code) => {
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      if (code === 0) resolve();
      else reject(new ClusterError(`${program} failed (${code}): ${said.trim()}`));
    });
  });
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").slice(-6).join(" / ");
}
