import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeSetting } from "@/lib/settings/service";
import type { CanonicalFile, ImportReport } from "./contract";
import { type ImportArgs, importDirectory } from "./service";

const ACTOR = { id: null, label: "test" };
const FIRST = new Date("2026-03-02T10:00:00Z");
const WEEK_LATER = new Date("2026-03-09T10:00:00Z");
const CUSTOMERS = "customer_id,name,signed_up_at\n";
const C1 = `${CUSTOMERS}c1,One,2025-01-10\n`;
const C2 = `${CUSTOMERS}c2,Two,2025-01-10\n`;
const TICKET_HEADER = "event_id,customer_id,ticket_id,occurred_at,kind,satisfaction,recorded_at\n";
const USAGE_HEADER = "customer_id,day,active_users\n";
const EVENT_HEADER = "event_id,customer_id,occurred_at,kind,user_id\n";

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-waiting-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, subscription_event, usage_event, usage_daily, ticket_event,
       payment_event, contact, quarantined_row, waiting_row, import_file, import_run, setting_version RESTART IDENTITY CASCADE`,
  );
});

type Files = Partial<Record<CanonicalFile | "orders.csv", string>>;

async function run(files: Files, now: Date, more: Partial<ImportArgs> = {}): Promise<ImportReport> {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return importDirectory({ directory: folder, historical: false, actor: ACTOR, now, salt: "x", ...more });
}

const counts = (report: ImportReport, file: CanonicalFile) => report.files.find((candidate) => candidate.file === file);

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

const countWaiting = async () => (await rows("SELECT count(*)::int FROM waiting_row"))[0]?.[0];
const quarantined = () =>
  rows(
    `SELECT import_id, file, line, "column", value, reason, raw FROM quarantined_row ORDER BY import_id, file, line`,
  );

const EARLY: Files = {
  "customers.csv": C2,
  "subscription_events.csv":
    "event_id,customer_id,subscription_id,kind,occurred_at,plan,seats,unit_price_cents,discount_pct\ns1,c1,s,start,2025-02-01,Team,5,100,12.5\n",
  "usage.csv": `${USAGE_HEADER}c2,2026-02-01,1\nc1,2026-02-01,7\n`,
  "usage_events.csv": `${EVENT_HEADER}u1,c1,2026-02-03T15:00:00Z,task,ann\nu2,c1,2026-02-03T16:00:00Z,task,bob\n`,
  "tickets.csv": `${TICKET_HEADER}t1,c1,k1,2026-02-01,rated,5,2026-02-02\n`,
  "payments.csv":
    "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency\np1,c1,i,2026-02-01,paid,500,USD\n",
};

describe("rows whose customer nobody has told about yet", () => {
  it("wait, and are taken when the customer comes, as they were read", async () => {
    const first = await run(EARLY, FIRST);
    expect(first.quarantined).toEqual({});
    expect(counts(first, "usage.csv")).toMatchObject({
      rowsRead: 2,
      rowsNew: 1,
      rowsSame: 0,
      rowsBad: 0,
      rowsWaiting: 1,
    });
    expect(counts(first, "usage_events.csv")).toMatchObject({ rowsRead: 2, rowsNew: 0, rowsSame: 0, rowsWaiting: 2 });
    expect(await countWaiting()).toBe(6);

    const second = await run({ "customers.csv": C1 }, WEEK_LATER);
    expect(
      second.files.map(({ file, rowsRead, rowsArrived, rowsNew, rowsSame }) => [
        file,
        rowsRead,
        rowsArrived,
        rowsNew,
        rowsSame,
      ]),
    ).toEqual([
      ["customers.csv", 1, 0, 1, 0],
      ["subscription_events.csv", 0, 1, 1, 0],
      ["usage.csv", 0, 1, 1, 0],
      ["usage_events.csv", 0, 2, 2, 0],
      ["tickets.csv", 0, 1, 1, 0],
      ["payments.csv", 0, 1, 1, 0],
    ]);
    expect(await countWaiting()).toBe(0);
    expect(await rows("SELECT discount_pct, seats, import_id FROM subscription_event")).toEqual([[12.5, 5, 2]]);
    expect(await rows("SELECT recorded_at, recorded_basis FROM ticket_event")).toEqual([
      [new Date("2026-02-02T05:00:00Z"), "source"],
    ]);
    // Known since it was received, not since its customer came.
    expect(await rows("SELECT recorded_at, recorded_basis FROM payment_event")).toEqual([[FIRST, "received"]]);
    expect(
      await rows(
        "SELECT day::text, active_users, tasks FROM usage_daily u JOIN customer c ON c.id = u.customer_id WHERE source_id = 'c1' ORDER BY day",
      ),
    ).toEqual([
      ["2026-02-01", 7, 0],
      ["2026-02-03", 2, 2],
    ]);
    expect(
      await rows("SELECT file, rows_read, rows_arrived FROM import_file WHERE import_id = 2 AND file = 'usage.csv'"),
    ).toEqual([["usage.csv", 0, 1]]);
    // What was taken is held: the old files again change nothing.
    const again = await run(EARLY, new Date("2026-03-10T10:00:00Z"));
    for (const file of again.files)
      expect(file).toMatchObject({ rowsNew: 0, rowsVersion: 0, rowsBad: 0, rowsWaiting: 0 });
  });

  it("wait once, however often they come, since they came first", async () => {
    for (const now of [FIRST, WEEK_LATER]) {
      expect(counts(await run(EARLY, now), "usage_events.csv")).toMatchObject({ rowsWaiting: 2, rowsSame: 0 });
    }
    expect(await rows("SELECT DISTINCT received_at, import_id FROM waiting_row")).toEqual([[FIRST, 2]]);
    expect(await countWaiting()).toBe(6);
  });

  it("stand before the rows that come with the customer: of one id the last counts", async () => {
    const ticket = (score: number) =>
      `event_id,customer_id,ticket_id,occurred_at,kind,satisfaction\nt1,c1,k1,2026-02-01,rated,${score}\n`;
    for (const score of [1, 2, 1]) await run({ "tickets.csv": ticket(score) }, FIRST);
    expect(await countWaiting()).toBe(2);
    const last = await run({ "customers.csv": C1, "tickets.csv": ticket(3) }, WEEK_LATER);
    expect(counts(last, "tickets.csv")).toMatchObject({ rowsRead: 1, rowsArrived: 2, rowsNew: 1, rowsSame: 2 });
    expect(await rows("SELECT version, satisfaction FROM ticket_event")).toEqual([[1, 3]]);
  });

  it("of several that waited with one id the last that came counts, also where it had come before", async () => {
    const ticket = (score: number) =>
      `event_id,customer_id,ticket_id,occurred_at,kind,satisfaction\nt1,c1,k1,2026-02-01,rated,${score}\n`;
    for (const score of [1, 2, 1]) await run({ "tickets.csv": ticket(score) }, FIRST);
    await run({ "customers.csv": C1 }, WEEK_LATER);
    expect(await rows("SELECT version, satisfaction FROM ticket_event")).toEqual([[1, 1]]);
  });

  it("go to quarantine, with the import that brought them, when the time is up", async () => {
    await run({ "customers.csv": C2, "tickets.csv": `${TICKET_HEADER}t1,c1,"k,1",2026-02-01,rated,5,\n` }, FIRST);
    const onTime = await run({ "customers.csv": C2 }, new Date("2026-04-01T09:59:59Z"));
    expect([onTime.rowsGivenUp, await countWaiting()]).toEqual([0, 1]);
    const late = await run({ "customers.csv": C2 }, new Date("2026-04-01T10:00:00Z"));
    expect([late.rowsGivenUp, await countWaiting()]).toEqual([1, 0]);
    expect(await quarantined()).toEqual([
      [
        1,
        "tickets.csv",
        2,
        "customer_id",
        "c1",
        "unknown customer, also after 30 days of waiting",
        't1,c1,"k,1",2026-02-01,rated,5,',
      ],
    ]);
    expect(await rows("SELECT id, rows_given_up FROM import_run ORDER BY id")).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });

  it("are taken by the import that brings the customer on the last day", async () => {
    await run({ "customers.csv": C2, "tickets.csv": `${TICKET_HEADER}t1,c1,k1,2026-02-01,rated,5,\n` }, FIRST);
    const report = await run({ "customers.csv": C1 }, new Date("2026-06-01T10:00:00Z"));
    expect(report.rowsGivenUp).toBe(0);
    expect(counts(report, "tickets.csv")).toMatchObject({ rowsArrived: 1, rowsNew: 1 });
  });

  it("do not wait where the setting says so: then they are unknown customers' at once", async () => {
    await changeSetting({ key: "waitingDays", value: 0, actor: ACTOR, reason: null });
    const report = await run(EARLY, FIRST);
    expect(report.quarantined).toEqual({ "unknown customer": 6 });
    expect(counts(report, "usage.csv")).toMatchObject({ rowsBad: 1, rowsWaiting: 0 });
    expect(await countWaiting()).toBe(0);
  });

  it("are never people", async () => {
    const contacts = "contact_id,customer_id,full_name\nk1,c1,Ann Ash\nk2,c2,Bea Birch\n";
    const report = await run({ "customers.csv": C2, "contacts.csv": contacts }, FIRST);
    expect(report.quarantined).toEqual({ "unknown customer": 1 });
    expect(await countWaiting()).toBe(0);
  });

  it("go to quarantine with their own text where they cannot be taken after all", async () => {
    const header = TICKET_HEADER;
    await run({ "tickets.csv": `${header}t1,c1,"k""1",2026-02-01,rated,5,2026-02-02\n` }, FIRST);
    const report = await run(
      { "customers.csv": C1, "tickets.csv": `${header}t1,c1,k1,2026-02-01,rated,4,2026-02-03\n` },
      WEEK_LATER,
    );
    // Told in order they are two versions.
    expect(counts(report, "tickets.csv")).toMatchObject({ rowsRead: 1, rowsArrived: 1, rowsNew: 1, rowsVersion: 1 });
    await run({ "usage_events.csv": `${EVENT_HEADER}u1,c3,2026-02-03T15:00:00Z,task,"ann, a"\n` }, WEEK_LATER);
    const totals = {
      "customers.csv": `${CUSTOMERS}c3,Three,2025-01-10\n`,
      "usage.csv": `${USAGE_HEADER}c3,2026-02-03,1\n`,
    };
    const refused = await run(totals, WEEK_LATER);
    expect(counts(refused, "usage_events.csv")).toMatchObject({ rowsRead: 0, rowsArrived: 1, rowsBad: 1, rowsNew: 0 });
    expect(await quarantined()).toEqual([
      [
        4,
        "usage_events.csv",
        2,
        "occurred_at",
        "2026-02-03",
        "this day of the customer comes from usage.csv already",
        'u1,c3,2026-02-03T15:00:00Z,task,"ann, a"',
      ],
    ]);
  });

  it("may be very many", async () => {
    const count = 20_000;
    const usage = Array.from({ length: count }, (_, i) => {
      const day = new Date(Date.UTC(2026, 0, 1 + (i % 50))).toISOString().slice(0, 10);
      return `n${Math.floor(i / 50)},${day},1\n`;
    });
    const first = await run({ "usage.csv": USAGE_HEADER + usage.join("") }, FIRST);
    expect(counts(first, "usage.csv")).toMatchObject({ rowsRead: count, rowsWaiting: count, rowsSame: 0 });
    const customers = Array.from({ length: count / 50 }, (_, i) => `n${i},N${i},2025-01-10\n`);
    const second = await run({ "customers.csv": CUSTOMERS + customers.join("") }, WEEK_LATER);
    expect(counts(second, "usage.csv")).toMatchObject({ rowsArrived: count, rowsNew: count, rowsBad: 0 });
    expect(await rows("SELECT count(*)::int, sum(active_users)::int FROM usage_daily")).toEqual([[count, count]]);
  });

  it("of a dry run do not stay, and a dry run takes none for good", async () => {
    await run(EARLY, FIRST, { dryRun: true });
    expect(await countWaiting()).toBe(0);
    await run(EARLY, FIRST);
    const dry = await run({ "customers.csv": C1 }, WEEK_LATER, { dryRun: true });
    expect(counts(dry, "usage.csv")).toMatchObject({ rowsArrived: 1, rowsNew: 1 });
    expect(await countWaiting()).toBe(6);
  });

  it("are named by the columns of their own file, where that is a foreign one", async () => {
    const column = (name: string) => ({ column: name });
    const mapping = {
      source: "shop",
      files: [
        {
          name: "orders.csv",
          delimiter: "," as const,
          header: ["order", "account", "at", "cents"],
          outputs: [
            {
              to: "payments.csv" as const,
              when: [],
              columns: {
                event_id: column("order"),
                customer_id: column("account"),
                invoice_id: column("order"),
                occurred_at: column("at"),
                kind: { constant: "paid" },
                amount_cents: column("cents"),
                currency: { constant: "USD" },
              },
            },
          ],
        },
      ],
    };
    const orders = "order,account,at,cents\no1,c1,2026-02-01,5\no2,c9,2026-02-01,7\n";
    const first = await run({ "orders.csv": orders }, FIRST, { mapping: { id: null, mapping } });
    expect(counts(first, "payments.csv")).toMatchObject({ rowsRead: 2, rowsWaiting: 2 });
    const second = await run({ "customers.csv": C1 }, new Date("2026-05-01T10:00:00Z"));
    expect(counts(second, "payments.csv")).toMatchObject({ rowsArrived: 1, rowsNew: 1 });
    expect((await quarantined()).map((row) => row.slice(1, 5))).toEqual([["orders.csv", 3, "account", "c9"]]);
  });
});
