import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { getImport, listQuarantined } from "@/lib/import-history/service";
import { type Mapping, MappingSchema } from "./mapping/contract";
import { saveMapping } from "./mapping/service";
import { retryQuarantined } from "./retry-service";
import { type ImportArgs, importDirectory } from "./service";

const ACTOR = { id: null, label: "test" };
const NOW = new Date("2026-03-02T10:00:00Z");
const CUSTOMERS = "customer_id,name,signed_up_at\nc1,One,2025-01-01\n";
const TICKETS = "event_id,customer_id,ticket_id,occurred_at,kind,category,severity\n";

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-retry-test-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, subscription_event, ticket_event, contact, quarantined_row,
       waiting_row, import_file, import_input, import_run, import_mapping RESTART IDENTITY CASCADE`,
  );
});

async function run(files: Record<string, string>, more: Partial<ImportArgs> = {}): Promise<number> {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  const args = { directory: folder, historical: false, actor: ACTOR, now: NOW, allowDemo: true, ...more };
  return (await importDirectory(args)).importId as number;
}

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

const OPEN = `SELECT import_id, file, line, "column", value, reason FROM quarantined_row WHERE retry_id IS NULL ORDER BY file, line`;

function mapping(forms: string[]): Mapping {
  return MappingSchema.parse({
    source: "desk",
    files: [
      {
        name: "cases*.csv",
        delimiter: ";",
        header: ["nr", "account", "opened", "urgency"],
        outputs: [
          {
            to: "tickets.csv",
            columns: {
              event_id: { template: "{nr}-opened" },
              customer_id: { column: "account" },
              ticket_id: { column: "nr" },
              occurred_at: { column: "opened", format: { kind: "time", forms } },
              kind: { constant: "opened" },
              category: { constant: "problem" },
              severity: { column: "urgency", words: { hoch: "high" } },
            },
          },
        ],
      },
    ],
  });
}

const CASES = `nr;account;opened;urgency
k1;c1;2026-02-01;hoch
k2;c1;02.02.2026;hoch
k3;c1;"03.02.2026";"sehr ""; hoch"
k4;c1;04.02.2026;hoch
`;

it("after the mapping is mended its rows are taken, known since they came; the others stay, for the reason that holds now", async () => {
  await run({ "customers.csv": CUSTOMERS });
  const first = await saveMapping({ mapping: mapping(["iso"]), actor: ACTOR });
  const importId = await run({ "cases-1.csv": CASES }, { mapping: first });
  await pool().query("UPDATE import_run SET started_at = $2 WHERE id = $1", [importId, NOW]);
  expect((await rows(OPEN)).map(([, , line]) => line)).toEqual([3, 4, 5]);

  await saveMapping({ mapping: mapping(["iso", "dd.MM.yyyy"]), actor: ACTOR });
  const report = await retryQuarantined({ importId, actor: ACTOR });

  expect(report).toEqual({ retryId: importId + 1, tried: 3, taken: 2, left: 1 });
  expect(await rows(OPEN)).toEqual([
    [importId, "cases-1.csv", 4, "urgency", 'sehr "; hoch', expect.stringContaining("expected one of the words")],
  ]);
  expect(await rows("SELECT source_id, recorded_at, recorded_basis FROM ticket_event ORDER BY source_id")).toEqual([
    ["k1-opened", NOW, "received"],
    ["k2-opened", NOW, "received"],
    ["k4-opened", NOW, "received"],
  ]);
  expect(await rows("SELECT retry_id FROM quarantined_row WHERE retry_id IS NOT NULL")).toEqual([
    [importId + 1],
    [importId + 1],
  ]);
  expect(
    await rows(
      `SELECT channel, retry_of, m.version, status FROM import_run r JOIN import_mapping m ON m.id = r.mapping_id WHERE r.id = ${importId + 1}`,
    ),
  ).toEqual([["retry", importId, 2, "succeeded"]]);
  expect(await getImport(importId)).toMatchObject({
    retriable: { importId, source: "desk", mapped: true, rows: 1 },
    rowsTakenLater: 2,
    reasons: [{ count: 1 }],
  });
  expect((await listQuarantined({ filter: { importId }, after: null, limit: 9 })).entries).toHaveLength(1);
  expect(
    await rows(
      "SELECT subject_id, detail->>'taken', detail->>'left' FROM audit_event WHERE action = 'import.retry' ORDER BY seq DESC LIMIT 1",
    ),
  ).toEqual([[String(importId), "2", "1"]]);
});

it("tried once more it takes nothing twice and loses nothing", async () => {
  await run({ "customers.csv": CUSTOMERS });
  const first = await saveMapping({ mapping: mapping(["iso"]), actor: ACTOR });
  const importId = await run({ "cases-1.csv": CASES }, { mapping: first });
  await saveMapping({ mapping: mapping(["iso", "dd.MM.yyyy"]), actor: ACTOR });
  await retryQuarantined({ importId, actor: ACTOR });
  const before = await rows(OPEN);

  expect(await retryQuarantined({ importId, actor: ACTOR })).toMatchObject({ tried: 1, taken: 0, left: 1 });
  expect(await rows(OPEN)).toEqual(before);
  expect(await rows("SELECT count(*)::int FROM ticket_event")).toEqual([[3]]);

  const fixed = mapping(["iso", "dd.MM.yyyy"]);
  const severity = fixed.files[0]?.outputs[0]?.columns.severity as { words: Record<string, string> };
  severity.words['sehr "; hoch'] = "urgent";
  await saveMapping({ mapping: fixed, actor: ACTOR });
  expect(await retryQuarantined({ importId, actor: ACTOR })).toMatchObject({ tried: 1, taken: 1, left: 0 });
  expect(await retryQuarantined({ importId, actor: ACTOR })).toEqual({ retryId: null, tried: 0, taken: 0, left: 0 });
});

it("two people who try at once take each row once", async () => {
  await run({ "customers.csv": CUSTOMERS });
  const first = await saveMapping({ mapping: mapping(["iso"]), actor: ACTOR });
  const importId = await run({ "cases-1.csv": CASES }, { mapping: first });
  await saveMapping({ mapping: mapping(["iso", "dd.MM.yyyy"]), actor: ACTOR });
  const both = await Promise.allSettled([1, 2].map(() => retryQuarantined({ importId, actor: ACTOR })));
  const refused = both.filter((one) => one.status === "rejected");
  for (const one of refused) expect(one.reason).toMatchObject({ code: "conflict" });
  expect((await rows(OPEN)).map(([, , line]) => line)).toEqual([4]);
  expect(await rows("SELECT count(*)::int FROM ticket_event")).toEqual([[3]]);
});

it("with a mapping for another header nothing happens, and the error says why", async () => {
  await run({ "customers.csv": CUSTOMERS });
  const first = await saveMapping({ mapping: mapping(["iso"]), actor: ACTOR });
  const importId = await run({ "cases-1.csv": CASES }, { mapping: first });
  const before = await rows(OPEN);
  const other = mapping(["iso"]);
  (other.files[0] as { header: string[] }).header = ["nr", "account", "opened", "urgency", "channel"];
  await saveMapping({ mapping: other, actor: ACTOR });
  await expect(retryQuarantined({ importId, actor: ACTOR })).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining('missing "channel"'),
  });
  expect(await rows(OPEN)).toEqual(before);
});

it("rows of canonical files are tried again as such: one that came before its customer's time of waiting ended", async () => {
  const importId = await run({
    "customers.csv": CUSTOMERS,
    "tickets.csv": `${TICKETS}t1,c2,k1,2026-02-01,opened,billing,high\nt2,c1,k2,2026-02-01,opened,billing,high\n`,
  });
  expect(await rows(OPEN)).toHaveLength(1);
  await run({ "customers.csv": "customer_id,name,signed_up_at\nc2,Two,2025-01-01\n" });
  expect(await retryQuarantined({ importId, actor: ACTOR })).toMatchObject({ tried: 1, taken: 1, left: 0 });
  expect(await rows("SELECT source_id FROM ticket_event ORDER BY source_id")).toEqual([["t1"], ["t2"]]);
});

it("rows that are not there whole are not tried: cut ones, broken lines, personal data", async () => {
  const long = "x".repeat(1_200);
  const importId = await run({
    "customers.csv": `${CUSTOMERS}c2,${long},2025-01-01\nc3,Th"ree,2025-01-01\n`,
    "contacts.csv": "contact_id,customer_id,full_name,email\np1,c1,Ann,ann@one.example\np2,c1,Ben,no address\n",
  });
  expect(await rows(OPEN)).toHaveLength(3);
  expect(await retryQuarantined({ importId, actor: ACTOR })).toEqual({ retryId: null, tried: 0, taken: 0, left: 0 });
});

it("an import that there is none of looks like one that failed", async () => {
  await expect(retryQuarantined({ importId: 4711, actor: ACTOR })).rejects.toMatchObject({ code: "not_found" });
});
