import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeSetting } from "@/lib/settings/service";

const MEMORY_MB_MAX = 512;
const CUSTOMERS = "customer_id,name,signed_up_at\nc1,One,2025-01-01\n";
const TICKETS = "event_id,customer_id,ticket_id,occurred_at,kind,category,severity,opened_by,satisfaction\n";
const LINES_WRITTEN_AT_ONCE = 10_000;

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-large-"));
beforeAll(async () => {
  await createTestDatabase();
  await pool().query("INSERT INTO installation (mode) VALUES ('empty')");
  const decided = { companyName: "Harbour", zone: "America/New_York", currency: "USD" } as const;
  for (const [key, value] of Object.entries(decided)) {
    await changeSetting({ key: key as keyof typeof decided, value, actor: { id: null, label: "test" }, reason: null });
  }
});
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  writeFileSync(path.join(folder, "customers.csv"), CUSTOMERS);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of `count` rows. */
function write(name: string, header: string, count: number, row: (i: number) => string): void {
  const file = openSync(path.join(folder, name), "w");
  writeSync(file, header);
  for (let from = 0; from < count; from += LINES_WRITTEN_AT_ONCE) {
    const rows = Array.from({ length: Math.min(LINES_WRITTEN_AT_ONCE, count - from) }, (_, i) => row(from + i));
    writeSync(file, rows.join(""));
  }
  closeSync(file);
}

/** What the operating system says of the process's memory as it ends. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('maxRSS=' + process.resourceUsage().maxRSS + '\\n'))",
)}`;

/** `npm run import -- DIR` as a process of its own. */
async function importFolder(): Promise<{ code: number; out: string; memoryMb: number }> {
  const command = [
    "--import",
    TELL_MEMORY,
    "--import",
    "tsx",
    "--conditions=react-server",
    "scripts/import.ts",
    folder,
  ];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const told = /maxRSS=(\d+)/.exec(errors)?.[1];
  return { code, out: out + errors, memoryMb: Number(told) / 1024 };
}

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

const ticket = (id: string, more: string) => `${id},c1,k${id},${more}\n`;
const GOOD = "2026-02-01T00:00:00Z,rated,,,,5";

/** Ways in which a row is bad; each costs exactly its own line. */
const FAULTS: readonly ((id: string) => string)[] = [
  (id) => ticket(id, "2026-02-30,rated,,,,5"),
  (id) => ticket(id, "01/02/2026,rated,,,,5"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,merged,,,,"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,rated,,,,6"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,rated,,,,5.0"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,rated,,,,"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,opened,billing,,,"),
  (id) => ticket(id, ",rated,,,,5"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,rated,,,,5,more"),
  (id) => ticket(id, "2026-02-01T00:00:00Z,rated"),
  (id) => ticket(id, '"2026-02-01T00:00:00Z,rated,,,,5'),
  (id) => ticket(id, 'never"closed",rated,,,,5'),
  (id) => ticket(`${id}\0`, GOOD),
  (id) => ticket("x".repeat(121 + id.length), GOOD),
  (id) => `${id},,k,${GOOD}\n`,
  (id) => `\\N,c1,\t${id}\t\\.,${GOOD}\n`,
  () => "\\.\n",
  (id) => `=HYPERLINK("${id}"),c1,k,${GOOD}\n`,
  (id) => `${id};c1;k;2026-02-01T00:00:00Z;rated;;;;5\n`,
  (id) => `${id},"c1\n`,
];

describe("large and hostile files, imported by the command", () => {
  it("of 100,000 bad rows none is lost and none is taken, within 512 MB", async () => {
    const bad = 100_000;
    const isGood = (i: number) => i % 5 === 0;
    const count = (bad * 5) / 4;
    write("tickets.csv", TICKETS, count, (i) => {
      const fault = FAULTS[(i * 7) % FAULTS.length] as (typeof FAULTS)[number];
      return isGood(i) ? ticket(`good${i}`, GOOD) : fault(`bad${i}`);
    });
    const { code, out, memoryMb } = await importFolder();
    expect(out).toContain(`tickets.csv: 125,000 rows: 25,000 new, 0 changed, 0 known, 100,000 bad`);
    expect(code).toBe(0);
    expect(
      await rows("SELECT count(*)::int, count(*) FILTER (WHERE source_id ~ '^good')::int FROM ticket_event"),
    ).toEqual([[25_000, 25_000]]);
    expect(
      await rows(
        `SELECT count(*)::int, count(DISTINCT line)::int, count(*) FILTER (WHERE (line - 2) % 5 = 0)::int, min(line), max(line)
         FROM quarantined_row WHERE file = 'tickets.csv'`,
      ),
    ).toEqual([[bad, bad, 0, 3, count + 1]]);
    expect(memoryMb).toBeLessThan(MEMORY_MB_MAX);
  }, 300_000);

  it("a million rows with a bad one at the end: all are taken but that one", async () => {
    const days = 365;
    write("usage.csv", "customer_id,day,active_users,sessions\n", 1_000_000, (i) => {
      const day = new Date(Date.UTC(2025, 0, 1 + Math.floor((i * days) / 1_000_000))).toISOString().slice(0, 10);
      return `c1,${day},${i % 50},1\n`;
    });
    appendFileSync(path.join(folder, "usage.csv"), "c1,2026-02-30,1,1\n");
    const { out, memoryMb } = await importFolder();
    expect(out).toContain("usage.csv: 1,000,001 rows: 365 new, 0 changed, 999,635 known, 1 bad");
    expect(await rows("SELECT line, value FROM quarantined_row WHERE file = 'usage.csv'")).toEqual([
      [1_000_002, "2026-02-30"],
    ]);
    expect(memoryMb).toBeLessThan(MEMORY_MB_MAX);
  }, 300_000);

  it("a line of 1 GB is one bad row, within 512 MB", async () => {
    const start = `${TICKETS}${ticket("before", GOOD)}long,`;
    const end = `\n${ticket("behind", GOOD)}`;
    const file = openSync(path.join(folder, "tickets.csv"), "w");
    writeSync(file, start);
    // A gap in the file reads as zeros and takes no room on the disk.
    ftruncateSync(file, start.length + 2 ** 30);
    writeSync(file, end, start.length + 2 ** 30);
    closeSync(file);
    const { out, memoryMb } = await importFolder();
    expect(out).toContain("tickets.csv: 3 rows: 2 new, 0 changed, 0 known, 1 bad");
    expect(await rows("SELECT line, reason FROM quarantined_row WHERE raw ~ '^long'")).toEqual([
      [3, "a line of more than 4 MB"],
    ]);
    expect(memoryMb).toBeLessThan(MEMORY_MB_MAX);
  }, 300_000);
});
