import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import type { CanonicalFile, ImportReport } from "./contract";
import { type ImportArgs, importDirectory } from "./service";

const NOW = new Date("2026-03-02T10:00:00Z");
const CUSTOMERS = "customer_id,name,signed_up_at\nc1,One,2025-01-10\nc2,Two,2025-01-10\n";
const USAGE_HEADER = "customer_id,day,active_users\n";
const TICKET_HEADER = "event_id,customer_id,ticket_id,occurred_at,kind,satisfaction,recorded_at\n";
const SUBSCRIPTION_HEADER =
  "event_id,customer_id,subscription_id,kind,occurred_at,effective_at,plan,seats,unit_price_cents\n";

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-hard-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, subscription_event, usage_event, usage_daily, ticket_event,
       payment_event, contact, quarantined_row, import_file, import_run RESTART IDENTITY CASCADE`,
  );
});

function write(files: Partial<Record<CanonicalFile, string>>): void {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
}

async function run(
  files: Partial<Record<CanonicalFile, string>>,
  more: Partial<ImportArgs> = {},
): Promise<ImportReport> {
  write(files);
  return importDirectory({ ...ARGS, directory: folder, ...more });
}

const ARGS = { historical: false, actor: { id: null, label: "test" }, now: NOW, salt: "x" };
const counts = (report: ImportReport, file: CanonicalFile) => report.files.find((candidate) => candidate.file === file);

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

const quarantined = () => rows(`SELECT file, line, "column", value, reason FROM quarantined_row ORDER BY file, line`);

describe("hard inputs", () => {
  it("a byte order mark, CRLF and line breaks in quotes: rows keep their lines", async () => {
    const file =
      '\uFEFFcustomer_id,name,signed_up_at\r\nc1,"One, ""the"" first",2025-01-10\r\nc2,"Two\r\nlines",2025-01-10\r\n\r\nc3,Three,soon\r\n';
    expect(counts(await run({ "customers.csv": file }), "customers.csv")).toMatchObject({ rowsRead: 3, rowsNew: 1 });
    expect(await rows("SELECT name FROM customer_version")).toEqual([['One, "the" first']]);
    expect((await quarantined()).map(([, line, column]) => [line, column])).toEqual([
      [3, "name"],
      [6, "signed_up_at"],
    ]);
  });

  it("the same id twice: equal rows count once, of different ones the last, in one file and from file to file", async () => {
    const header = "customer_id,name,signed_up_at\n";
    const row = (name: string) => `c1,${name},2025-01-10\n`;
    const once = await run({ "customers.csv": header + row("One") + row("One") });
    expect(counts(once, "customers.csv")).toMatchObject({ rowsNew: 1, rowsVersion: 0, rowsSame: 1, rowsBad: 0 });
    const changed = await run({ "customers.csv": header + row("Uno") + row("Une") });
    expect(counts(changed, "customers.csv")).toMatchObject({ rowsNew: 0, rowsVersion: 1, rowsSame: 1, rowsBad: 0 });
    expect(await rows("SELECT version, name FROM customer_version ORDER BY version")).toEqual([
      [1, "One"],
      [2, "Une"],
    ]);
  });

  it("what is more than two days ahead goes to quarantine, and is taken once its time has come", async () => {
    const usage = `${USAGE_HEADER}c1,2026-03-02,1\nc1,2026-03-04,2\nc1,2026-03-05,3\n`;
    const tickets =
      TICKET_HEADER +
      "t1,c1,k1,2026-03-04T09:59:59Z,rated,5,\n" +
      "t2,c1,k2,2026-03-04T10:00:01Z,rated,5,\n" +
      "t3,c1,k3,2026-03-01T00:00:00Z,rated,5,2027-03-01T00:00:00Z\n";
    const customers = `${CUSTOMERS}c3,Three,2062-01-10\n`;
    const files = { "customers.csv": customers, "usage.csv": usage, "tickets.csv": tickets };
    const report = await run(files);
    const reason = "in the future, by more than 2 days";
    expect(await quarantined()).toEqual([
      ["customers.csv", 4, "signed_up_at", "2062-01-10T05:00:00Z", reason],
      ["tickets.csv", 3, "occurred_at", "2026-03-04T10:00:01Z", reason],
      ["tickets.csv", 4, "recorded_at", "2027-03-01T00:00:00Z", reason],
      ["usage.csv", 4, "day", "2026-03-05", reason],
    ]);
    expect(report.quarantined).toEqual({ [reason]: 4 });
    expect(counts(report, "tickets.csv")?.lastAt).toEqual(new Date("2026-03-04T09:59:59Z"));
    expect(await rows("SELECT count(*)::int FROM customer")).toEqual([[2]]);
    const later = await run(files, { now: new Date("2026-03-06T10:00:00Z") });
    expect(counts(later, "usage.csv")).toMatchObject({ rowsNew: 1, rowsBad: 0 });
    expect(counts(later, "tickets.csv")).toMatchObject({ rowsNew: 1, rowsBad: 1 });
  });

  it("a notice may be of an end to come, and a lag may reach ahead", async () => {
    const events = `${SUBSCRIPTION_HEADER}s1,c1,s,start,2025-02-01,,Team,5,100\ns2,c1,s,notice,2026-03-01,2026-12-31,,,\n`;
    const report = await run(
      {
        "customers.csv": CUSTOMERS,
        "subscription_events.csv": events,
        "usage.csv": `${USAGE_HEADER}c1,2026-03-04,2\n`,
      },
      { historical: true },
    );
    expect(report.quarantined).toEqual({});
  });

  it("rows before sign-up and outside subscriptions are taken, and counted", async () => {
    const events =
      SUBSCRIPTION_HEADER +
      "s0,c1,old,start,2025-01-05,,Team,5,100\n" +
      "s1,c1,old,end,2025-03-01T12:00:00Z,,,,\n" +
      "s2,c1,new,start,2025-05-01T12:00:00Z,,Team,5,100\n" +
      "s3,c1,new,end,2025-07-01T12:00:00Z,,,,\n" +
      "s4,c1,new,reactivation,2025-07-01T12:00:00Z,,Team,5,100\n";
    const usage =
      USAGE_HEADER +
      ["2025-01-09", "2025-01-10", "2025-03-01", "2025-03-02", "2025-04-30", "2025-05-01", "2025-07-01", "2026-02-01"]
        .map((day) => `c1,${day},1\n`)
        .join("") +
      "c2,2025-02-01,1\n";
    const tickets = `${TICKET_HEADER}t1,c1,k1,2025-03-01T11:59:59Z,rated,5,\nt2,c1,k1,2025-03-01T12:00:00Z,rated,4,\nt3,c1,k2,2024-12-31,rated,5,\n`;
    const files = {
      "customers.csv": CUSTOMERS,
      "subscription_events.csv": events,
      "usage.csv": usage,
      "tickets.csv": tickets,
    };
    const report = await run(files);
    expect(counts(report, "subscription_events.csv")).toMatchObject({
      rowsBeforeSignUp: 1,
      rowsOutsideSubscription: 0,
    });
    // c2 has no subscription at all; the days that a subscription begins and ends on are partly covered.
    expect(counts(report, "usage.csv")).toMatchObject({
      rowsNew: 9,
      rowsBad: 0,
      rowsBeforeSignUp: 1,
      rowsOutsideSubscription: 3,
    });
    expect(counts(report, "tickets.csv")).toMatchObject({
      rowsNew: 3,
      rowsBeforeSignUp: 1,
      rowsOutsideSubscription: 2,
    });
    expect(
      await rows(
        "SELECT file, rows_before_sign_up, rows_outside_subscription FROM import_file WHERE file = 'usage.csv'",
      ),
    ).toEqual([["usage.csv", 1, 3]]);
  });

  it("negative money, parts of cents and other currencies go to quarantine by column and value", async () => {
    const header = "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency\n";
    const row = (id: string, amount: string, currency: string) => `${id},c1,i,2026-01-01,paid,${amount},${currency}\n`;
    const payments =
      header +
      row("p1", "0", "USD") +
      row("p2", "-1", "USD") +
      row("p3", "9.5", "USD") +
      row("p4", "1", "EUR") +
      row("p5", "1", "usd");
    await run({ "customers.csv": CUSTOMERS, "payments.csv": payments });
    expect((await quarantined()).map(([, line, column, value]) => [line, column, value])).toEqual([
      [3, "amount_cents", "-1"],
      [4, "amount_cents", "9.5"],
      [5, "currency", "EUR"],
      [6, "currency", "usd"],
    ]);
  });

  it("NUL bytes spoil their row, whose text is kept readable", async () => {
    const tickets = `${TICKET_HEADER}t1,c1,k1,2026-01-01,rated,5,\nt\0,c1,k1,2026-01-01,rated,5,\nt3,c1,"k\0"x,2026-01-01,rated,5,\n`;
    expect(counts(await run({ "customers.csv": CUSTOMERS, "tickets.csv": tickets }), "tickets.csv")).toMatchObject({
      rowsNew: 1,
      rowsBad: 2,
    });
    expect(await rows("SELECT line, raw FROM quarantined_row ORDER BY line")).toEqual([
      [3, "t\uFFFD,c1,k1,2026-01-01,rated,5,"],
      [4, 't3,c1,"k\uFFFD"x,2026-01-01,rated,5,'],
    ]);
  });

  it("rows of 500 columns and of ten thousand are bad rows, not a bad file", async () => {
    const usage = `${USAGE_HEADER}c1,2026-01-01,1\nc1${",1".repeat(499)}\nc1${",1".repeat(9_999)}\n`;
    await run({ "customers.csv": CUSTOMERS, "usage.csv": usage });
    expect((await quarantined()).map(([, line, , , reason]) => [line, reason])).toEqual([
      [3, "expected 3 fields as in the header, found 500"],
      [4, "expected 3 fields as in the header, found 10000"],
    ]);
  });

  it("formulas are kept as the text that they are", async () => {
    const names = ['=HYPERLINK("http://x.example","One")', "+1+1", "-2+cmd|' /C calc'!A0", "@SUM(A1:A9)"];
    const file = `customer_id,name,signed_up_at\n${names.map((name, i) => `=c${i},"${name.replaceAll('"', '""')}",2025-01-10\n`).join("")}`;
    await run({ "customers.csv": file });
    expect(await rows("SELECT name FROM customer_version ORDER BY customer_id")).toEqual(names.map((name) => [name]));
    expect(await rows("SELECT source_id FROM customer ORDER BY id LIMIT 1")).toEqual([["=c0"]]);
  });

  it("the same files from two places at once: one waits for the other, and changes nothing", async () => {
    const usage =
      USAGE_HEADER +
      Array.from(
        { length: 300 },
        (_, i) =>
          `c${1 + (i % 2)},2025-${String(2 + Math.floor(i / 28)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")},1\n`,
      )
        .slice(0, 280)
        .join("");
    write({ "customers.csv": CUSTOMERS, "usage.csv": usage });
    const both = await Promise.all([1, 2].map(() => importDirectory({ ...ARGS, directory: folder })));
    const news = both.map((report) => counts(report, "usage.csv")?.rowsNew).sort((a = 0, b = 0) => a - b);
    expect(news[0]).toBe(0);
    expect(news[1]).toBeGreaterThan(200);
    expect(await rows("SELECT status FROM import_run")).toEqual([["succeeded"], ["succeeded"]]);
    expect(await rows("SELECT count(*)::int, sum(active_users)::int FROM usage_daily")).toEqual([[news[1], news[1]]]);
  });
});
