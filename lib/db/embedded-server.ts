import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import { dataFile, readIfThere, writeSecretFile } from "@/lib/env/data-folder";
import { env } from "@/lib/env/env";
import { freePort, isPortFree } from "@/lib/env/free-port";
import { identifyProcess } from "@/lib/env/process-identity";
import { lockOwner, takeProcessLock } from "@/lib/env/process-lock";
import { embeddedBinaries } from "./embedded/binaries";
import { type Cluster, ClusterError, initialiseCluster, startCluster, stopCluster } from "./embedded/cluster";
import { runningPostmaster } from "./embedded/postmaster-file";
import { canReach, serverUser } from "./embedded/server-user";
import { serverSettings } from "./embedded/settings";

const KeptSchema = z.object({
  port: z.number().int(),
  user: z.string(),
  password: z.string(),
  /** The Postgres data folder. */
  folder: z.string(),
});
type Kept = z.infer<typeof KeptSchema>;

export type EmbeddedServer = {
  readonly url: string;
  readonly port: number;
  /** adopted: it ran already, for another command or left by one that was killed. */
  readonly how: "started" | "adopted";
  readonly version: string;
  readonly folder: string;
  /** What a person should know: a port that was taken, a folder that was chosen instead. */
  readonly notes: readonly string[];
  /** Says that this process is done with it: it is stopped, unless another command of this installation uses it. */
  release(): Promise<"stopped" | "kept">;
};

/**
 * The installation's own Postgres, with its database `tideline`: adopted where it runs, else started; made at the
 * first call. Its data and its password are kept in the data folder. Sessions left by killed commands are ended.
 * @throws Error with the server's own message where it does not start
 */
export async function openEmbeddedServer(): Promise<EmbeddedServer> {
  process.env.PGAPPNAME = applicationName(process.pid);
  const lock = await waitForLock();
  try {
    const notes: string[] = [];
    const user = serverUser();
    const kept = readKept() ?? (await newKept(user, notes));
    const cluster: Cluster = { folder: kept.folder, user, binaries: binariesFor(user) };
    const { how, port } = await ensureRunning(cluster, kept, notes);
    const url = `postgres://${kept.user}:${kept.password}@127.0.0.1:${port}/${DATABASE}`;
    const presence = await openDatabase(url);
    await endSessionsOfTheDead(presence);
    const { rows } = await presence.query<{ version: string }>("SELECT current_setting('server_version') AS version");
    return {
      url,
      port,
      how,
      notes,
      version: rows[0]!.version,
      folder: kept.folder,
      release: () => release(cluster, presence),
    };
  } finally {
    lock.release();
  }
}

/** The Postgres data folder of this installation, undefined before the first start. */
export function embeddedFolder(): string | undefined {
  return readKept()?.folder;
}

/** Stops the server whoever uses it; for reset. Does nothing where none runs. */
export async function stopEmbeddedServer(): Promise<void> {
  const kept = readKept();
  if (!kept || !runningPostmaster(kept.folder)) return;
  const user = serverUser();
  await stopCluster({ folder: kept.folder, user, binaries: binariesFor(user) });
}

const DATABASE = "tideline";
const OPEN_ATTEMPTS = 4;

async function ensureRunning(cluster: Cluster, kept: Kept, notes: string[]) {
  const running = runningPostmaster(cluster.folder);
  if (running) return { how: "adopted" as const, port: running.port };
  await initialiseCluster(cluster, { name: kept.user, password: kept.password });
  for (let attempt = 1; ; attempt += 1) {
    const wanted = env().TIDELINE_POSTGRES_PORT ?? kept.port;
    const port = (await isPortFree(wanted)) ? wanted : await freePort();
    if (port !== wanted) notes.push(`port ${wanted} is taken by another program, so Postgres uses ${port}`);
    try {
      await startCluster(cluster, { port, settings: serverSettings(os.totalmem()) });
      if (port !== kept.port) writeKept({ ...kept, port });
      return { how: "started" as const, port };
    } catch (error) {
      // Somebody may have taken the port since, or backends of a killed server may still be ending.
      if (!(error instanceof ClusterError) || attempt === OPEN_ATTEMPTS) throw error;
      await sleep(1000 * attempt);
    }
  }
}

/** Connects to the database, which is made where missing. A server that was adopted may still be recovering. */
async function openDatabase(url: string): Promise<Client> {
  const server = new URL(url);
  server.pathname = "/postgres";
  const maintenance = await connectWhenUp(server.href);
  try {
    const { rowCount } = await maintenance.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await maintenance.query(`CREATE DATABASE "${DATABASE}"`);
  } finally {
    await maintenance.end();
  }
  return connectWhenUp(url);
}

async function connectWhenUp(url: string): Promise<Client> {
  for (let waited = 0; ; waited += 1) {
    const client = new Client({ connectionString: url });
    // A session that ends under us is noticed at its next query.
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const code = (error as { code?: string }).code;
      const startingUp = code === "57P03" || code === "ECONNREFUSED";
      if (!startingUp || waited === RECOVERY_SECONDS) throw error;
      await sleep(1000);
    }
  }
}

const RECOVERY_SECONDS = 120;

async function release(cluster: Cluster, presence: Client): Promise<"stopped" | "kept"> {
  const lock = await waitForLock();
  try {
    const starter = lockOwner(dataFile("start.lock"));
    const needed =
      (starter && starter.pid !== process.pid) || (await usersOf(presence)).some((pid) => pid !== process.pid);
    await presence.end();
    if (needed) return "kept";
    await stopCluster(cluster);
    return "stopped";
  } finally {
    lock.release();
  }
}

/** The living commands of this installation that have a session. */
async function usersOf(client: Client): Promise<number[]> {
  // Where our own session is gone the server has been stopped or has died, so nobody has one.
  return (await sessions(client).catch(() => []))
    .map(({ owner }) => owner)
    .filter((pid) => identifyProcess(pid) !== undefined);
}

/** What an orphaned child still writes would collide with this process's own work. */
async function endSessionsOfTheDead(client: Client): Promise<void> {
  const dead = (await sessions(client)).filter(({ owner }) => identifyProcess(owner) === undefined);
  for (const { pid } of dead) await client.query("SELECT pg_terminate_backend($1, 5000)", [pid]);
}

async function sessions(client: Client): Promise<{ pid: number; owner: number }[]> {
  const { rows } = await client.query<{ pid: number; name: string }>(
    "SELECT pid, application_name AS name FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  return rows
    .map(({ pid, name }) => ({ pid, owner: Number(/^tideline (\d+)$/.exec(name)?.[1]) }))
    .filter(({ owner }) => owner > 0);
}

/** Names the command that a session belongs to; its child processes inherit the name. */
function applicationName(pid: number): string {
  return `tideline ${pid}`;
}

async function waitForLock(): Promise<{ release: () => void }> {
  for (;;) {
    const lock = takeProcessLock(dataFile("database.lock"));
    if ("release" in lock) return lock;
    await sleep(200);
  }
}

function readKept(): Kept | undefined {
  const text = readIfThere(dataFile("database.json"));
  return text === undefined ? undefined : KeptSchema.parse(JSON.parse(text));
}

function writeKept(kept: Kept): void {
  writeSecretFile(dataFile("database.json"), `${JSON.stringify(kept, null, 2)}\n`);
}

async function newKept(user: { uid?: number }, notes: string[]): Promise<Kept> {
  const beside = path.dirname(dataFile("database.json"));
  let folder = path.join(realpathSync(beside), "postgres");
  if (user.uid !== undefined && !canReach(realpathSync(beside), user)) {
    folder = path.join(outsideFolder(), "data");
    notes.push(`the user postgres cannot reach ${beside}, so its data is in ${folder}`);
  }
  mkdirSync(path.dirname(folder), { recursive: true });
  if (user.uid !== undefined) chmodSync(path.dirname(folder), 0o755);
  const port = env().TIDELINE_POSTGRES_PORT ?? (await freePort());
  const kept = { port, user: "tideline", password: randomBytes(24).toString("hex"), folder };
  writeKept(kept);
  return kept;
}

function binariesFor(user: { uid?: number; gid?: number }) {
  return embeddedBinaries({ user, copyTo: path.join(outsideFolder(), "programs") });
}

/** Where root keeps what its own home would hide from the user postgres; one folder for each data folder. */
export function outsideFolder(): string {
  const key = createHash("sha256").update(env().TIDELINE_DATA_DIR).digest("hex").slice(0, 12);
  return path.join("/var/lib/tideline", key);
}
