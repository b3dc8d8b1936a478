import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeSetting } from "@/lib/settings/service";
import type { CanonicalFile, ImportReport } from "./contract";
import { type ImportArgs, importDirectory } from "./service";

const CUSTOMERS =
  "customer_id,name,signed_up_at,recorded_at\nc1,One,2025-01-01,2025-01-02\nc2,Two,2025-01-01,2025-01-02\n";
const USAGE_HEADER = "customer_id,day,active_users,sessions,recorded_at\n";
const NOW = new Date("2026-03-02T10:00:00Z");
const NOTHING_NEW = { rowsNew: 0, rowsVersion: 0 };

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-import-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, awaited_owner, subscription_event, usage_event, usage_daily, ticket_event,
       payment_event, contact, quarantined_row, import_file, import_run, installation, setting_version, app_user RESTART IDENTITY CASCADE`,
  );
});

async function run(
  files: Partial<Record<CanonicalFile, string>>,
  more: Partial<ImportArgs> = {},
): Promise<ImportReport> {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return importDirectory({
    directory: folder,
    historical: false,
    actor: { id: null, label: "test" },
    now: NOW,
    ...more,
  });
}

const counts = (report: ImportReport, file: CanonicalFile) => report.files.find((candidate) => candidate.file === file);

async function rows(sql: string, parameters: unknown[] = []) {
  return (await pool().query({ text: sql, values: parameters, rowMode: "array" })).rows;
}

/** What the sums of usage_daily say of c1's day, as known at a time. */
async function usageKnown(at: string, day = "2026-02-10") {
  const [sums] = await rows(
    `SELECT sum(active_users)::int, sum(sessions)::int FROM usage_daily u JOIN customer c ON c.id = u.customer_id
     WHERE c.source_id = 'c1' AND day = $1 AND recorded_at < $2`,
    [day, at],
  );
  return sums;
}

describe("importing a directory", () => {
  it("takes all seven files, and again changes nothing", async () => {
    const files = {
      "customers.csv": CUSTOMERS,
      "subscription_events.csv":
        "event_id,customer_id,subscription_id,kind,occurred_at,plan,seats,unit_price_cents\ne1,c1,s1,start,2025-01-01,Team,5,5000\n",
      "usage.csv": `${USAGE_HEADER}c1,2026-02-10,3,9,2026-02-11T00:00:00Z\nc2,2026-02-10,1,1,\n`,
      "usage_events.csv":
        "event_id,customer_id,occurred_at,kind,user_id,quantity\nu1,c1,2026-02-12T15:00:00Z,task,ann,2\nu2,c1,2026-02-12T16:00:00Z,session,ann,\nu3,c1,2026-02-12T17:00:00Z,session,bob,\n",
      "tickets.csv":
        "event_id,customer_id,ticket_id,occurred_at,kind,category,severity\nt1,c1,k1,2026-02-01T00:00:00Z,opened,billing,high\n",
      "payments.csv":
        "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency\np1,c1,i1,2026-02-01T00:00:00Z,paid,25000,USD\n",
      "contacts.csv": 'contact_id,customer_id,full_name,email,is_primary\nk1,c1,"Zoë ""Z"" Ng",Zoe@One.Example,true\n',
    };
    const first = await run(files, { salt: "x" });
    expect(first.files.map(({ file, rowsNew, rowsBad }) => [file, rowsNew, rowsBad])).toEqual([
      ["customers.csv", 2, 0],
      ["subscription_events.csv", 1, 0],
      ["usage.csv", 2, 0],
      ["usage_events.csv", 3, 0],
      ["tickets.csv", 1, 0],
      ["payments.csv", 1, 0],
      ["contacts.csv", 1, 0],
    ]);
    expect(await rows("SELECT full_name, email, is_primary FROM contact")).toEqual([
      ['Zoë "Z" Ng', "zoe@one.example", true],
    ]);
    expect(await rows("SELECT seats, unit_price_cents, version, recorded_basis FROM subscription_event")).toEqual([
      [5, 5000, 1, "received"],
    ]);
    expect(await rows("SELECT active_users, sessions, tasks FROM usage_daily WHERE day = '2026-02-12'")).toEqual([
      [2, 2, 2],
    ]);
    expect(await rows("SELECT status, error FROM import_run")).toEqual([["succeeded", null]]);
    expect(await rows("SELECT detail->>'rowsRead' FROM audit_event WHERE action = 'import.finish'")).toEqual([["11"]]);

    const again = await run(files, { salt: "x", now: new Date("2026-03-03T00:00:00Z") });
    for (const file of again.files) expect(file).toMatchObject({ ...NOTHING_NEW, rowsBad: 0, rowsSame: file.rowsRead });
    expect(await rows("SELECT count(*)::int FROM usage_daily")).toEqual([[3]]);
  });

  it("other content is a further version, in the order in which it was recorded, and repeated files change nothing", async () => {
    const header = "event_id,customer_id,ticket_id,occurred_at,kind,satisfaction,recorded_at\n";
    const row = (score: number, recorded: string) => `t1,c1,k1,2026-02-01T00:00:00Z,rated,${score},${recorded}\n`;
    const older = header + row(2, "2026-02-03") + row(5, "2026-02-02");
    expect(counts(await run({ "customers.csv": CUSTOMERS, "tickets.csv": older }), "tickets.csv")).toMatchObject({
      rowsNew: 1,
      rowsVersion: 1,
    });
    const newer = header + row(2, "2026-02-04") + row(4, "2026-02-05") + row(5, "2026-02-06");
    expect(counts(await run({ "tickets.csv": newer }), "tickets.csv")).toMatchObject({ rowsVersion: 2, rowsSame: 1 });
    for (const file of [older, newer]) {
      expect(counts(await run({ "tickets.csv": file }), "tickets.csv")).toMatchObject({ ...NOTHING_NEW, rowsBad: 0 });
    }
    expect(await rows("SELECT version, satisfaction FROM ticket_event ORDER BY version")).toEqual([
      [1, 5],
      [2, 2],
      [3, 4],
      [4, 5],
    ]);
    // Corrected without a new time of recording: the file of before, imported again, does not undo it.
    const corrected = await run({ "tickets.csv": header + row(3, "2026-02-06") });
    expect(counts(corrected, "tickets.csv")).toMatchObject({ rowsVersion: 1 });
    expect(counts(await run({ "tickets.csv": newer }), "tickets.csv")).toMatchObject({ ...NOTHING_NEW, rowsBad: 0 });
    const stale = await run({ "tickets.csv": header + row(1, "2026-02-04") });
    expect(stale.quarantined).toEqual({ "recorded before the version already held": 1 });
  });

  it("without times of recording the last of several rows of one id counts, and a return to old content is a version", async () => {
    const header = "event_id,customer_id,ticket_id,occurred_at,kind,satisfaction\n";
    const row = (score: number) => `t1,c1,k1,2026-02-01T00:00:00Z,rated,${score}\n`;
    const scores = () => rows("SELECT version, satisfaction FROM ticket_event ORDER BY version");
    await run({ "customers.csv": CUSTOMERS, "tickets.csv": header + row(1) + row(2) });
    expect(await scores()).toEqual([[1, 2]]);
    await run({ "tickets.csv": header + row(3) });
    await run({ "tickets.csv": header + row(2) });
    expect(await scores()).toEqual([
      [1, 2],
      [2, 3],
      [3, 2],
    ]);
  });

  it("a corrected day is an additional row of differences; known-by decides which total is seen", async () => {
    const day = (users: number, sessions: number, recorded: string) =>
      `c1,2026-02-10,${users},${sessions},${recorded}\n`;
    const file = USAGE_HEADER + day(3, 9, "2026-02-11") + day(5, 8, "2026-02-13");
    expect(counts(await run({ "customers.csv": CUSTOMERS, "usage.csv": file }), "usage.csv")).toMatchObject({
      rowsNew: 1,
      rowsVersion: 1,
    });
    expect(await rows("SELECT active_users, sessions FROM usage_daily ORDER BY recorded_at")).toEqual([
      [3, 9],
      [2, -1],
    ]);
    expect(await usageKnown("2026-02-12")).toEqual([3, 9]);
    expect(await usageKnown("2026-02-14")).toEqual([5, 8]);
    expect(counts(await run({ "usage.csv": file }), "usage.csv")).toMatchObject({ ...NOTHING_NEW, rowsSame: 2 });

    // Told late: what was recorded in between holds only until the later total that is held already.
    const between = await run({ "usage.csv": USAGE_HEADER + day(4, 4, "2026-02-12") });
    expect(counts(between, "usage.csv")).toMatchObject({ rowsNew: 0, rowsVersion: 1 });
    expect(await usageKnown("2026-02-11T12:00:00Z")).toEqual([3, 9]);
    expect(await usageKnown("2026-02-12T12:00:00Z")).toEqual([4, 4]);
    expect(await usageKnown("2026-02-14")).toEqual([5, 8]);

    // Received today, without a time of its own: a correction to nothing.
    await run({ "usage.csv": USAGE_HEADER + day(0, 0, "") });
    expect(await usageKnown("2026-03-01")).toEqual([5, 8]);
    expect(await usageKnown("2026-03-03")).toEqual([0, 0]);
  });

  it("events without a user count as one user of their day, beside those that name theirs", async () => {
    const header = "event_id,customer_id,occurred_at,kind,user_id,quantity,recorded_at\n";
    const event = (id: string, day: number, user: string) =>
      `${id},c1,2026-02-${day}T15:00:00Z,session,${user},1,2026-02-15T00:00:00Z\n`;
    const events = [
      event("u1", 10, ""),
      event("u2", 10, ""),
      event("u3", 11, ""),
      event("u4", 11, "ann"),
      event("u5", 12, "ann"),
    ];
    await run({ "customers.csv": CUSTOMERS, "usage_events.csv": header + events.join("") }, { salt: "x" });
    expect(await usageKnown("2026-02-16", "2026-02-10")).toEqual([1, 2]);
    expect(await usageKnown("2026-02-16", "2026-02-11")).toEqual([2, 2]);
    expect(await usageKnown("2026-02-16", "2026-02-12")).toEqual([1, 1]);
  });

  it("events are totalled by the company's day, and late, corrected and moved ones again", async () => {
    const header = "event_id,customer_id,occurred_at,kind,user_id,quantity,recorded_at\n";
    // 03:00 UTC is still the 10th in New York.
    const first = `${header}u1,c1,2026-02-11T03:00:00Z,task,ann,2,2026-02-11T12:00:00Z\nu2,c1,2026-02-10T15:00:00Z,session,bob,1,2026-02-11T13:00:00Z\n`;
    await run({ "customers.csv": CUSTOMERS, "usage_events.csv": first }, { salt: "x" });
    expect(await usageKnown("2026-02-12")).toEqual([2, 1]);
    const late = `${header}u3,c1,2026-02-10T16:00:00Z,session,cy,4,2026-02-15T00:00:00Z\nu2,c1,2026-02-09T15:00:00Z,session,bob,1,2026-02-16T12:00:00Z\n`;
    await run({ "usage_events.csv": late }, { salt: "x" });
    expect(await usageKnown("2026-02-12")).toEqual([2, 1]);
    expect(await usageKnown("2026-02-15T12:00:00Z")).toEqual([3, 5]);
    expect(await usageKnown("2026-02-17")).toEqual([2, 4]);
    expect(await usageKnown("2026-02-17", "2026-02-09")).toEqual([1, 1]);
    for (const file of [first, late]) {
      const again = await run({ "usage_events.csv": file }, { salt: "x" });
      expect(counts(again, "usage_events.csv")).toMatchObject({ ...NOTHING_NEW, rowsBad: 0 });
    }
    const both = await run({ "usage.csv": `${USAGE_HEADER}c1,2026-02-10,9,9,\nc1,2026-02-20,1,1,\n` });
    expect(both.quarantined).toEqual({ "this day of the customer comes from usage_events.csv already": 1 });
    const other = await run({ "usage_events.csv": `${header}u9,c1,2026-02-20T15:00:00Z,task,ann,1,\n` }, { salt: "x" });
    expect(other.quarantined).toEqual({ "this day of the customer comes from usage.csv already": 1 });
  });

  it("bad rows go to quarantine with line, column, value, reason and text, and never stop good ones", async () => {
    const report = await run({
      "customers.csv": CUSTOMERS,
      "usage.csv": `${USAGE_HEADER}c1,2026-02-10,1,1,\nc1,2026-02-30,1,1,\n"c9",2026-02-10,1,1,\nc2,2026-02-10,-1,1,\nc1,x"y,1,1,\nc2,2026-02-11,1,1,\n`,
    });
    expect(counts(report, "usage.csv")).toMatchObject({
      rowsRead: 6,
      rowsNew: 2,
      rowsBad: 3,
      rowsWaiting: 1,
      rowsSame: 0,
    });
    expect(
      await rows(
        `SELECT line, "column", value, reason, raw FROM quarantined_row WHERE file = 'usage.csv' ORDER BY line`,
      ),
    ).toEqual([
      [
        3,
        "day",
        "2026-02-30",
        "expected a date of the form YYYY-MM-DD in the years 1990 to 2100",
        "c1,2026-02-30,1,1,",
      ],
      [5, "active_users", "-1", "expected a whole number >= 0 and <= 2147483647", "c2,2026-02-10,-1,1,"],
      [6, null, null, "a quote inside an unquoted field", 'c1,x"y,1,1,'],
    ]);
    expect(report.quarantined["a quote inside an unquoted field"]).toBe(1);
  });

  it("very many bad rows are all kept in quarantine, between good ones", async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) =>
      i % 2 === 0 ? `c1,2026-02-10,${i},1,2026-02-11\n` : `c1,never${i},1,1,\n`,
    );
    const report = await run({ "customers.csv": CUSTOMERS, "usage.csv": USAGE_HEADER + lines.join("") });
    expect(counts(report, "usage.csv")).toMatchObject({
      rowsRead: 30_000,
      rowsNew: 1,
      rowsBad: 15_000,
      rowsSame: 14_999,
    });
    expect(await rows("SELECT count(*)::int, count(DISTINCT line)::int FROM quarantined_row")).toEqual([
      [15_000, 15_000],
    ]);
    expect(await usageKnown("2026-02-12")).toEqual([29_998, 1]);
  });

  it("one row of each day is no difference, however its total came about: at once, corrected, told late, or by events", async () => {
    const day = (customer: string, date: string, sessions: number, recorded: string) =>
      `${customer},${date},1,${sessions},${recorded}\n`;
    const corrected = day("c1", "2026-02-10", 9, "2026-02-11") + day("c1", "2026-02-10", 8, "2026-02-13");
    const once = day("c2", "2026-02-10", 4, "2026-02-11");
    await run({ "customers.csv": CUSTOMERS, "usage.csv": USAGE_HEADER + corrected + once });
    await run({ "usage.csv": USAGE_HEADER + day("c1", "2026-02-10", 4, "2026-02-12") });
    await run({ "usage.csv": USAGE_HEADER + day("c2", "2026-02-10", 3, "2026-02-10") });
    const events = (count: number) =>
      Array.from({ length: count }, (_, i) => `u${i},c1,2026-02-12T1${i}:00:00Z,task,ann,2\n`).join("");
    const header = "event_id,customer_id,occurred_at,kind,user_id,quantity\n";
    await run({ "usage_events.csv": header + events(2) }, { salt: "x" });
    await run({ "usage_events.csv": header + events(3) }, { salt: "x", now: new Date("2026-03-05T00:00:00Z") });
    const told = await rows(
      `SELECT c.source_id, u.day::text, count(*) FILTER (WHERE NOT u.is_difference)::int, count(*) FILTER (WHERE u.is_difference)::int > 0
       FROM usage_daily u JOIN customer c ON c.id = u.customer_id GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(told).toEqual([
      ["c1", "2026-02-10", 1, true],
      ["c1", "2026-02-12", 1, true],
      ["c2", "2026-02-10", 1, true],
    ]);
  });

  it.each<[string, Partial<Record<CanonicalFile, string>>, string]>([
    [
      "a missing column",
      { "usage.csv": "customer_id,sessions\nc1,1\n" },
      'usage.csv line 1: required column "day" is missing',
    ],
    ["an unknown column", { "usage.csv": "customer_id,day,x\n" }, 'usage.csv line 1: unknown column "x"'],
    ["an empty file", { "usage.csv": "" }, "usage.csv is empty"],
    ["a file that is no canonical one", { ["users.csv" as CanonicalFile]: "a\n" }, "unknown file users.csv"],
    ["a header without rows", { "usage.csv": USAGE_HEADER }, "usage.csv has a header and no rows"],
    [
      "an HTML page",
      { "usage.csv": "<!doctype html>\n<title>Sign in</title>\n" },
      "usage.csv is no CSV file but an HTML",
    ],
    [
      "another delimiter",
      { "usage.csv": "customer_id;day\nc1;2026-02-10\n" },
      "separated by semicolons; expected commas",
    ],
    [
      "a header of very many columns",
      { "usage.csv": `customer_id,${Array.from({ length: 500 }, (_, i) => `x${i}`).join(",")}\n` },
      'usage.csv line 1: unknown column "x0"',
    ],
    [
      "usage events without a salt",
      { "usage_events.csv": "event_id,customer_id,occurred_at,kind,user_id\n" },
      "TIDELINE_USAGE_SALT",
    ],
  ])("%s refuses the whole import before anything is written", async (_fault, files, message) => {
    await expect(run({ "customers.csv": CUSTOMERS, ...files })).rejects.toThrow(message);
    expect(await rows("SELECT (SELECT count(*) FROM customer)::int, (SELECT count(*) FROM import_run)::int")).toEqual([
      [0, 0],
    ]);
  });

  it("a directory without any file refuses the import", async () => {
    await expect(run({})).rejects.toThrow("nothing to import");
  });

  it("a file none of whose rows can be taken refuses the import with its first reasons, and nothing is kept", async () => {
    const usage = `${USAGE_HEADER}c1,10.02.2026,1,1,\nc1,11.02.2026,1,1,\nc1,2026-02-12,many,1,\nc1\n`;
    await expect(run({ "customers.csv": CUSTOMERS, "usage.csv": usage })).rejects.toThrow(
      'usage.csv: none of its 4 rows can be taken: line 2, day "10.02.2026": expected a date of the form YYYY-MM-DD in the years 1990 to 2100; ' +
        'line 4, active_users "many": expected a whole number >= 0 and <= 2147483647; line 5: expected 5 fields as in the header, found 1',
    );
    expect(
      await rows("SELECT (SELECT count(*) FROM customer)::int, (SELECT count(*) FROM quarantined_row)::int"),
    ).toEqual([[0, 0]]);
    expect(await rows("SELECT status, error ~ 'none of its 4 rows' FROM import_run")).toEqual([["failed", true]]);
  });

  it("a person's data is not named where no contact can be taken", async () => {
    const contacts = "contact_id,customer_id,full_name,email\nk1,c1,Ann Ash,ann-at-one\n";
    const refused = run({ "customers.csv": CUSTOMERS, "contacts.csv": contacts });
    await expect(refused).rejects.toThrow(
      'contacts.csv: its only row cannot be taken: line 2, email "(personal data, not kept)": expected an e-mail address',
    );
  });

  it.each<["UTF-16 LE" | "UTF-16 BE", (text: string) => Buffer]>([
    ["UTF-16 LE", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 BE", (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ])("%s with its mark is taken like UTF-8, and rows that wait with their text", async (_name, encode) => {
    writeFileSync(
      path.join(folder, "customers.csv"),
      encode("customer_id,name,signed_up_at\r\nc1,Zoë 🌊,2025-01-01\r\n"),
    );
    const tickets = "event_id,customer_id,ticket_id,occurred_at,kind\r\nt1,c1,k1,2026-02-01,responded\r\n";
    writeFileSync(path.join(folder, "tickets.csv"), encode(`${tickets}t2,Ölmühle,k1,2026-02-01,responded\r\n`));
    await importDirectory({ directory: folder, historical: false, actor: { id: null, label: "test" }, now: NOW });
    expect(await rows("SELECT name FROM customer_version")).toEqual([["Zoë 🌊"]]);
    expect(await rows("SELECT line, value, raw FROM waiting_row")).toEqual([
      [3, "Ölmühle", "t2,Ölmühle,k1,2026-02-01,responded"],
    ]);
  });

  it("a file that turns out not to be UTF-8 far behind its start leaves nothing of the import", async () => {
    const good = Array.from({ length: 60_000 }, (_, i) => `c1,2026-02-10,${i},1,2026-02-11\n`).join("");
    const files = { "customers.csv": CUSTOMERS, "usage.csv": `${USAGE_HEADER}${good}` };
    await run(files);
    await pool().query("TRUNCATE customer, customer_version, usage_daily CASCADE");
    appendFileSync(path.join(folder, "usage.csv"), Buffer.from("c\xe9,2026-02-10,1,1,\n", "latin1"));
    const attempt = importDirectory({ directory: folder, historical: false, actor: { id: null, label: "test" } });
    await expect(attempt).rejects.toThrow("usage.csv line 60002: not UTF-8");
    expect(await rows("SELECT status FROM import_run ORDER BY id DESC LIMIT 1")).toEqual([["failed"]]);
    expect(await rows("SELECT count(*)::int FROM customer")).toEqual([[0]]);
  });

  it("interrupted it leaves no fact behind and says so, and run again it completes", async () => {
    const stop = new AbortController();
    const files = { "customers.csv": CUSTOMERS, "usage.csv": `${USAGE_HEADER}c1,2026-02-10,1,1,\n` };
    const interrupted = run(files, {
      signal: stop.signal,
      onProgress: ({ file, step }) => {
        if (file === "usage.csv" && step === "merging") stop.abort();
      },
    });
    await expect(interrupted).rejects.toThrow("abort");
    expect(await rows("SELECT status, error FROM import_run")).toEqual([
      ["failed", "stopped on request; nothing of it was kept"],
    ]);
    expect(await rows("SELECT (SELECT count(*) FROM customer)::int, (SELECT count(*) FROM usage_daily)::int")).toEqual([
      [0, 0],
    ]);
    expect(counts(await run(files), "usage.csv")).toMatchObject({ rowsNew: 1 });
  });

  it("a dry run counts what an import would do, names its first bad rows, and keeps nothing", async () => {
    await run({ "customers.csv": CUSTOMERS });
    const state = () =>
      rows(`SELECT (SELECT json_agg(r ORDER BY id) FROM import_run r)::text, (SELECT count(*) FROM import_file)::int,
        (SELECT count(*) FROM quarantined_row)::int, (SELECT count(*) FROM waiting_row)::int, (SELECT count(*) FROM audit_event)::int,
        (SELECT count(*) FROM customer)::int, (SELECT count(*) FROM customer_version)::int, (SELECT count(*) FROM usage_daily)::int`);
    const before = await state();
    const bad = Array.from({ length: 60 }, (_, i) => `c1,2026-02-10,bad${i},1,\n`).join("");
    const files = {
      "customers.csv": "customer_id,name,signed_up_at\nc1,Uno,2025-01-01\nc2,Two,2025-01-01\nc3,Three,2025-01-01\n",
      "usage.csv": `${USAGE_HEADER}c1,2026-02-10,1,1,\nc9,2026-02-10,1,1,\n${bad}`,
    };
    const dry = await run(files, { dryRun: true });
    expect(dry.importId).toBeNull();
    expect(counts(dry, "customers.csv")).toMatchObject({ rowsNew: 1, rowsVersion: 1, rowsSame: 1, rowsBad: 0 });
    expect(counts(dry, "usage.csv")).toMatchObject({ rowsRead: 62, rowsNew: 1, rowsBad: 60, rowsWaiting: 1 });
    expect(dry.samples.length).toBe(50);
    expect(dry.samples[1]).toEqual({
      file: "usage.csv",
      line: 5,
      column: "active_users",
      value: "bad1",
      reason: "expected a whole number >= 0 and <= 2147483647",
    });
    expect(await state()).toEqual(before);

    const real = await run(files);
    const told = ({ files: reports }: ImportReport) => reports.map(({ seconds: _, ...rest }) => rest);
    expect(told(real)).toEqual(told(dry));
    expect(real.quarantined).toEqual(dry.quarantined);
    expect(real.samples).toEqual(dry.samples);
  });

  it("a dry run of files that are refused leaves no failed run", async () => {
    const usage = `${USAGE_HEADER}c1,never,1,1,\n`;
    await expect(run({ "customers.csv": CUSTOMERS, "usage.csv": usage }, { dryRun: true })).rejects.toThrow("only row");
    expect(await rows("SELECT (SELECT count(*) FROM import_run)::int, (SELECT count(*) FROM customer)::int")).toEqual([
      [0, 0],
    ]);
  });

  it("a run whose process died is marked failed by the next", async () => {
    await pool().query(
      "INSERT INTO import_run (source, origin, historical, status) VALUES ('csv', 'x', false, 'running')",
    );
    await run({ "customers.csv": CUSTOMERS });
    expect(await rows("SELECT status FROM import_run ORDER BY id")).toEqual([["failed"], ["succeeded"]]);
  });

  it("one import at a time: the second waits, then says so", async () => {
    const client = await pool().connect();
    await client.query("SELECT pg_advisory_lock(7310842003)");
    await expect(run({ "customers.csv": CUSTOMERS }, { lockWaitMs: 100 })).rejects.toThrow(
      "another import is under way",
    );
    const waiting = run({ "customers.csv": CUSTOMERS });
    await client.query("SELECT pg_advisory_unlock(7310842003)");
    client.release();
    expect((await waiting).rowsRead).toBe(2);
  });

  it("a demo installation refuses real data, and an empty one becomes the user's own", async () => {
    await pool().query("INSERT INTO installation (mode) VALUES ('demo')");
    await expect(run({ "customers.csv": CUSTOMERS })).rejects.toThrow("npm start -- --empty");
    expect((await run({ "customers.csv": CUSTOMERS }, { allowDemo: true })).rowsRead).toBe(2);
    await pool().query("UPDATE installation SET mode = 'empty'");
    await expect(run({ "customers.csv": CUSTOMERS })).rejects.toThrow(
      "company's name, time zone, currency must be set",
    );
    for (const [key, value] of [
      ["companyName", "Harbour"],
      ["zone", "Europe/Berlin"],
      ["currency", "EUR"],
    ] as const)
      await changeSetting({ key, value, actor: { id: null, label: "test" }, reason: null });
    await run({ "customers.csv": CUSTOMERS });
    expect(await rows("SELECT mode FROM installation")).toEqual([["own"]]);
  });

  it("owners change with new rows only; one who cannot own yet is waited for and the customer kept", async () => {
    await pool().query(
      `INSERT INTO app_user (email, name, role, password_hash) VALUES ('ann@x.example', 'Ann', 'csm', 'x'), ('bob@x.example', 'Bob', 'csm', 'x')`,
    );
    const file = (one: string, two: string) =>
      `customer_id,name,signed_up_at,owner_email\nc1,One,2025-01-01,${one}\nc2,Two,2025-01-01,${two}\n`;
    const owners = () =>
      rows(`SELECT DISTINCT ON (c.source_id) c.source_id, u.name FROM customer_owner o JOIN customer c ON c.id = o.customer_id
            JOIN app_user u ON u.id = o.user_id ORDER BY c.source_id, o.id DESC`);
    const report = await run({ "customers.csv": file("Ann@x.example", "zed@x.example") });
    expect(counts(report, "customers.csv")).toMatchObject({ rowsNew: 2, rowsBad: 0 });
    const awaited = () =>
      rows("SELECT c.source_id, a.email FROM awaited_owner a JOIN customer c ON c.id = a.customer_id ORDER BY 1");
    expect(await rows("SELECT 1 FROM quarantined_row")).toEqual([]);
    expect(await awaited()).toEqual([["c2", "zed@x.example"]]);
    expect(await owners()).toEqual([["c1", "Ann"]]);
    await pool().query(
      "INSERT INTO customer_owner (customer_id, user_id, reason) SELECT id, 2, 'handed over' FROM customer WHERE source_id = 'c1'",
    );
    await run({ "customers.csv": file("ann@x.example", "zed@x.example") });
    expect(await owners()).toEqual([["c1", "Bob"]]);
    await run({ "customers.csv": file("ann@x.example", "bob@x.example") });
    expect(await owners()).toEqual([
      ["c1", "Bob"],
      ["c2", "Bob"],
    ]);
    expect(await awaited()).toEqual([]);
    await run({ "customers.csv": file("", "yan@x.example") });
    await run({ "customers.csv": file("yan@x.example", "") });
    expect(await awaited()).toEqual([["c1", "yan@x.example"]]);
  });

  it("a bad contact is set aside by line, column and reason, without the person", async () => {
    const header = "contact_id,customer_id,full_name,email\n";
    const contacts = `${header}k1,c1,Ann Ash,no-address\nk2,c9,Bea Birch,bea@one.example\nk3,c1,"Cleo Cole\n`;
    await run({ "customers.csv": CUSTOMERS, "contacts.csv": contacts });
    const kept = await rows(`SELECT line, "column", value, reason, raw FROM quarantined_row ORDER BY line`);
    expect(kept.map(([line, column, value]) => [line, column, value])).toEqual([
      [2, "email", "(personal data, not kept)"],
      [3, "customer_id", "c9"],
      [4, null, null],
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/Ann|Bea|Cleo|no-address|one\.example/);
  });

  it("contacts are replaced, and an erased one is not taken again", async () => {
    const file = (name: string) => `contact_id,customer_id,full_name\nk1,c1,${name}\n`;
    await run({ "customers.csv": CUSTOMERS, "contacts.csv": file("Ann") });
    expect(counts(await run({ "contacts.csv": file("Anna") }), "contacts.csv")).toMatchObject({ rowsVersion: 1 });
    await pool().query("UPDATE contact SET full_name = 'erased', erased_at = now()");
    const report = await run({ "contacts.csv": file("Ann") });
    expect(report.quarantined).toEqual({ "this contact was erased and is not taken again": 1 });
    expect(await rows("SELECT full_name FROM contact")).toEqual([["erased"]]);
  });
});
