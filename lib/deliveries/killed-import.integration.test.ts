import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";

const NOW = "2026-11-25T10:00:00.000Z";
const SOURCES = ["billing", "crm", "product"];
const CUSTOMERS = 500;
const DAYS = 20;
/** How long after its beginning a process is killed; spread over what a run takes. */
const KILLED_AFTER_MS = [30, 60, 90, 120, 160, 220, 300, 450, 700];

let data: string;
beforeAll(async () => {
  data = mkdtempSync(path.join(os.tmpdir(), "tideline-killed-"));
  await createTestDatabase();
  await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', now())");
  await pool().query(
    `INSERT INTO setting_version (key, value) VALUES ('companyName', '"Acme"'), ('zone', '"UTC"'), ('currency', '"USD"')`,
  );
});
afterAll(() => rmSync(data, { recursive: true }));

/** Customers and usage of one source; every source has its own, so that one taken twice or not at all shows. */
function fillInbox(source: string) {
  const folder = path.join(data, "import/inbox", source);
  mkdirSync(folder, { recursive: true });
  const ids = Array.from({ length: CUSTOMERS }, (_, i) => `${source}-${i}`);
  const customers = ids.map((id) => `${id},Name,2025-01-01`);
  const usage = ids.flatMap((id) =>
    Array.from({ length: DAYS }, (_, day) => `${id},2026-02-${String(day + 1).padStart(2, "0")},3`),
  );
  writeFileSync(path.join(folder, "customers.csv"), ["customer_id,name,signed_up_at", ...customers, ""].join("\n"));
  writeFileSync(path.join(folder, "usage.csv"), ["customer_id,day,sessions", ...usage, ""].join("\n"));
}

function startImport() {
  return fork(fileURLToPath(new URL("./testing/import-process.ts", import.meta.url)), [NOW], {
    execArgv: ["--import", "tsx", "--conditions=react-server"],
    env: { ...process.env, TIDELINE_DATA_DIR: data },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

const filesIn = (folder: string) =>
  readdirSync(path.join(data, "import", folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

test("killed again and again at any moment, every delivery is imported once, and no file is lost", async () => {
  for (const source of SOURCES) fillInbox(source);
  let killed = 0;
  for (const delayMs of KILLED_AFTER_MS) {
    const running = startImport();
    const gone = once(running, "exit");
    await once(running, "message");
    await sleep(delayMs);
    if (running.kill("SIGKILL")) killed += 1;
    await gone;
  }
  expect(killed).toBeGreaterThan(3);
  const [code] = await once(startImport(), "exit");
  expect(code).toBe(0);

  const { rows: deliveries } = await pool().query(
    "SELECT source, status FROM import_delivery WHERE status <> 'discarded' ORDER BY source",
  );
  expect(deliveries).toEqual(SOURCES.map((source) => ({ source, status: "imported" })));
  const { rows: runs } = await pool().query(
    "SELECT source, count(*)::int AS n FROM import_run WHERE status = 'succeeded' GROUP BY source ORDER BY source",
  );
  expect(runs).toEqual(SOURCES.map((source) => ({ source, n: 1 })));
  const { rows: usage } = await pool().query(
    "SELECT count(*)::int AS rows, sum(sessions)::int AS sessions FROM usage_daily",
  );
  const rows = SOURCES.length * CUSTOMERS * DAYS;
  expect(usage).toEqual([{ rows, sessions: rows * 3 }]);
  expect(filesIn("done")).toEqual([...SOURCES.map(() => "customers.csv"), ...SOURCES.map(() => "usage.csv")]);
  for (const folder of ["inbox", "deliveries"]) expect(filesIn(folder)).toEqual([]);
}, 120_000);
