import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { diffMigrations, migrateDatabase } from "./migrate";
import { inTransaction, pool } from "./pool";
import { withDatabase } from "./testing/global-setup";
import { createTestDatabase } from "./testing/test-database";

describe("migrations", () => {
  let url: string;
  beforeAll(async () => {
    url = await createTestDatabase();
  });

  it("agree with schema.prisma, partitioned tables with partitions included", async () => {
    await pool().query(
      "SELECT ensure_month_partition('prediction', now()), ensure_month_partition('feature_row', now())",
    );
    expect(await diffMigrations(url)).toBe("");
  });

  it("applied again, also by two at once, change nothing", async () => {
    expect(await Promise.all([migrateDatabase(url), migrateDatabase(url)])).toEqual([[], []]);
  });

  it("a failing transaction leaves nothing behind", async () => {
    const failing = inTransaction(async (client) => {
      await client.query("INSERT INTO customer (source_id) VALUES ('c1')");
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect((await pool().query("SELECT 1 FROM customer")).rowCount).toBe(0);
  });
});

describe("a migration whose process was killed", () => {
  const name = "tideline_killed_migration";
  const server = inject("serverUrl");
  const url = withDatabase(server, name);

  /** What another connection sees at each moment, as a query that finds a row then. */
  const MOMENTS: Record<string, string> = {
    "as soon as it is noted": "SELECT 1 FROM _prisma_migrations",
    "while its script runs":
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    "as soon as its script is done": "SELECT 'app_user'::regclass",
  };

  it.each(Object.keys(MOMENTS))("%s is applied at the next start", async (moment) => {
    const admin = new Client({ connectionString: server });
    await admin.connect();
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await admin.query(`CREATE DATABASE "${name}"`);
    await admin.end();
    await kill(moment);
    await migrateDatabase(url);
    const client = await open();
    const { rows } = await client.query(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    expect(rows.length).toBe(new Set(rows.map((row) => row.migration_name)).size);
    await client.end();
    expect(await migrateDatabase(url)).toEqual([]);
  });

  async function open(): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  }

  /** Stops a migrating child at a moment, by what another connection holds or sees, and kills it there. */
  async function kill(moment: string): Promise<void> {
    const watcher = await open();
    if (moment === "while its script runs") {
      // The migration's own CREATE TABLE waits for this transaction to decide about the same name.
      await watcher.query("BEGIN; CREATE TABLE app_user (id int)");
    }
    const script = fileURLToPath(new URL("./testing/migrate-child.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, url], { stdio: "inherit" });
    const ended = once(child, "exit");
    const seen = await open();
    // A table that is not there yet answers with an error, which means: not yet.
    const reached = async () => (await seen.query(MOMENTS[moment]!).catch(() => null))?.rows.length;
    while (child.exitCode === null && !(await reached())) await sleep(1);
    expect(child.exitCode).toBe(null);
    child.kill("SIGKILL");
    await ended;
    await watcher.end();
    await seen.end();
  }
});
