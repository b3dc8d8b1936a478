import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { freePort } from "@/lib/env/free-port";
import { embeddedBinaries } from "../embedded/binaries";
import { initialiseCluster, startCluster, stopCluster } from "../embedded/cluster";
import { serverUser } from "../embedded/server-user";
import { serverSettings } from "../embedded/settings";
import { migrateDatabase } from "../migrate";

declare module "vitest" {
  export interface ProvidedContext {
    serverUrl: string;
    templateDatabase: string;
  }
}

/**
 * One Postgres for a run of the integration tests (TIDELINE_TEST_SERVER_URL, else an embedded one in a temporary
 * folder) with one migrated template database, from which each test file makes its own by `createTestDatabase`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TIDELINE_TEST_SERVER_URL;
  const server = given ? { url: given, stop: async () => {} } : await startTemporaryServer();
  const template = `tideline_template_${randomUUID().slice(0, 8)}`;
  await administer(server.url, `CREATE DATABASE "${template}"`);
  await migrateDatabase(withDatabase(server.url, template));
  project.provide("serverUrl", server.url);
  project.provide("templateDatabase", template);
  return async () => {
    await administer(server.url, `DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`);
    // The test world, where a test asked for it (prisma/seed/testing/world-template.ts).
    await administer(server.url, `DROP DATABASE IF EXISTS "${template}_world" WITH (FORCE)`);
    await server.stop();
  };
}

async function startTemporaryServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const user = serverUser();
  const folder = path.join(os.tmpdir(), `tideline-test-${randomUUID()}`);
  mkdirSync(folder, { mode: 0o755 });
  const binaries = embeddedBinaries({ user, copyTo: path.join(os.tmpdir(), "tideline-test-programs") });
  const cluster = { folder: path.join(folder, "postgres"), binaries, user };
  await initialiseCluster(cluster, { name: "tideline", password: "tideline" });
  const port = await freePort();
  // A test's server may lose everything: no waiting for the disk.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  await startCluster(cluster, { port, settings: { ...serverSettings(os.totalmem()), ...settings } });
  return {
    url: `postgres://tideline:tideline@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await stopCluster(cluster);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
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
