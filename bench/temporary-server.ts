import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { embeddedBinaries } from "@/lib/db/embedded/binaries";
import { initialiseCluster, startCluster, stopCluster } from "@/lib/db/embedded/cluster";
import { serverUser } from "@/lib/db/embedded/server-user";
import { serverSettings } from "@/lib/db/embedded/settings";
import { migrateDatabase } from "@/lib/db/migrate";
import { freePort } from "@/lib/env/free-port";

export type TemporaryServer = {
  /** Process id of the server's first process. */
  readonly pid: number;
  /** A folder for files, removed with the server. */
  readonly folder: string;
  /** Makes an empty, migrated database. @returns its address. */
  createDatabase(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A Postgres of the bench's own in a temporary folder, with the settings of the installation's own server, so that what
 * is measured is what an installation gets. `stop` ends it and removes everything.
 */
export async function startTemporaryServer(): Promise<TemporaryServer> {
  const user = serverUser();
  const folder = path.join(os.tmpdir(), `tideline-bench-${randomUUID()}`);
  mkdirSync(folder, { mode: 0o755 });
  const binaries = embeddedBinaries({ user, copyTo: path.join(os.tmpdir(), "tideline-bench-programs") });
  const cluster = { folder: path.join(folder, "postgres"), binaries, user };
  await initialiseCluster(cluster, { name: "tideline", password: "tideline" });
  const port = await freePort();
  const { pid } = await startCluster(cluster, { port, settings: serverSettings(os.totalmem()) });
  const urlOf = (database: string) => `postgres://tideline:tideline@127.0.0.1:${port}/${database}`;
  return {
    pid,
    folder,
    createDatabase: async (name) => {
      await administer(urlOf("postgres"), `CREATE DATABASE "${name}"`);
      await migrateDatabase(urlOf(name));
      return urlOf(name);
    },
    dropDatabase: (name) => administer(urlOf("postgres"), `DROP DATABASE "${name}" WITH (FORCE)`),
    stop: async () => {
      await stopCluster(cluster);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
