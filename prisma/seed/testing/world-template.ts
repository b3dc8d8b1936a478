import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { inject } from "vitest";
import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { withDatabase } from "@/lib/db/testing/global-setup";
import { seedDemo } from "../make-demo";

/** The demo that the world's tests find; its present never moves. */
export const TEST_WORLD = {
  customers: 400,
  weeks: 40,
  seed: 11,
  signal: "high",
  until: new Date("2026-03-04T12:00:00Z"),
} as const;

/** Any number: test files that ask at the same time wait for the one that builds. */
const BUILD_LOCK = 7310842917;

/**
 * A template database with a whole small demo: 400 customers over 40 weeks, features, labels, a champion and the latest
 * week scored. The first test file that asks builds it, in some ten seconds; files that do not ask pay nothing. Use:
 * `await createTestDatabase(await worldTemplate())`.
 */
export async function worldTemplate(): Promise<string> {
  const server = inject("serverUrl");
  const empty = inject("templateDatabase");
  const template = `${empty}_world`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [BUILD_LOCK]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount === 1) return template;
    const draft = `${template}_draft`;
    await client.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${draft}" TEMPLATE "${empty}"`);
    await fill(withDatabase(server, draft));
    // Only what is whole gets the name that is looked for.
    await client.query(`ALTER DATABASE "${draft}" RENAME TO "${template}"`);
    return template;
  } finally {
    await client.end();
  }
}

async function fill(databaseUrl: string): Promise<void> {
  const before = { url: process.env.DATABASE_URL, folder: process.env.TIDELINE_DATA_DIR };
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-world-"));
  process.env.DATABASE_URL = databaseUrl;
  process.env.TIDELINE_DATA_DIR = folder;
  try {
    const { comparison, withoutModel } = await seedDemo(TEST_WORLD);
    if (!comparison) throw new Error(`the test world has no model: ${withoutModel}`);
  } finally {
    await closePrisma();
    await closePool();
    process.env.DATABASE_URL = before.url;
    if (before.folder === undefined) delete process.env.TIDELINE_DATA_DIR;
    else process.env.TIDELINE_DATA_DIR = before.folder;
    rmSync(folder, { recursive: true, force: true });
  }
}
