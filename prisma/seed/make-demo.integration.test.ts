import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { readCredentials } from "@/lib/env/credentials-file";
import { seedDemo } from "./make-demo";
import { replayWeek } from "./replay-week";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-seed-test-"));
const small = {
  customers: 60,
  weeks: 16,
  seed: 11,
  signal: "medium",
  until: new Date("2026-03-04T12:00:00Z"),
} as const;

describe("filling a demo", () => {
  beforeAll(async () => {
    process.env.TIDELINE_DATA_DIR = folder;
    await createTestDatabase();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("goes on after being stopped anywhere, and ends ready with one import", async () => {
    for (const stopAt of ["Simulating TechFlow", "Importing", "Building features"]) {
      const stopping = new AbortController();
      const running = seedDemo({
        ...small,
        abort: stopping.signal,
        onProgress: ({ step }) => step === stopAt && stopping.abort(new Error(`stopped at ${stopAt}`)),
      });
      await expect(running, stopAt).rejects.toThrow(`stopped at ${stopAt}`);
      expect(await numberOf("SELECT count(*) FROM installation WHERE ready_at IS NOT NULL")).toBe(0);
    }
    // Other wishes now do not change the world that was begun.
    const seeded = await seedDemo({ ...small, seed: 12 });
    expect(seeded.made).toBe(true);
    // Sixteen weeks are too few to train on: the demo is up all the same, and says why it has no queue.
    expect(seeded.withoutModel).toMatch(/at least \d+/);
    expect(await numberOf("SELECT (demo_parameters ->> 'seed')::int FROM installation")).toBe(small.seed);
    expect(await numberOf("SELECT count(*) FROM installation WHERE ready_at IS NOT NULL")).toBe(1);
    expect(await numberOf("SELECT count(*) FROM import_run WHERE status = 'succeeded'")).toBe(1);
    expect(await numberOf("SELECT count(*) FROM app_user")).toBe(9);
    const credentials = path.join(folder, "credentials.json");
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
    expect(new Set(readCredentials().map(({ password }) => password)).size).toBe(9);
    expect(await numberOf("SELECT count(*) FROM app_user WHERE password_hash LIKE '$argon2id$%'")).toBe(9);
  });

  it("refuses a database that is something else", async () => {
    await pool().query("UPDATE installation SET mode = 'own', ready_at = NULL");
    await expect(seedDemo(small)).rejects.toThrow('mode is "own"; expected "demo"');
    await expect(replayWeek({ now: small.until })).rejects.toThrow('mode is "own"');
  });
});

async function numberOf(sql: string): Promise<number> {
  const { rows } = await pool().query<Record<string, string>>(sql);
  return Number(Object.values(rows[0]!)[0]);
}
