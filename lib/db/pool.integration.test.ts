import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { beforeAll, expect, it } from "vitest";
import { pool } from "./pool";
import { createTestDatabase } from "./testing/test-database";

let url: string;
beforeAll(async () => {
  url = await createTestDatabase();
});

it("a connection that the server ends while nobody uses it is replaced, and ends nothing else", async () => {
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on("uncaughtException", note);
  try {
    const { rows } = await pool().query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query("SELECT pg_terminate_backend($1)", [rows[0]!.pid]);
    await other.end();
    while (pool().totalCount > 0) await sleep(5);
    const again = await pool().query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    expect(again.rows[0]!.pid).not.toBe(rows[0]!.pid);
    expect(failures).toEqual([]);
  } finally {
    process.off("uncaughtException", note);
  }
});
