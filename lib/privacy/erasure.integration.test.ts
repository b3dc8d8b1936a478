import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { firstBrokenAuditSeq } from "@/lib/audit/service";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { env } from "@/lib/env/env";
import type { CanonicalFile } from "@/lib/ingest/contract";
import { withImportLock } from "@/lib/ingest/repository";
import { importDirectory } from "@/lib/ingest/service";
import type { Subject } from "./contract";
import { erase } from "./erasure-service";
import { searchSubjects, viewSubject } from "./service";

const ACTOR = { id: null, label: "administrator" };
const CUSTOMERS = [
  "customer_id,name,account_group,industry,signed_up_at,recorded_at",
  "c1,Marlow & Daughters,Marlow Holding,Carpentry,2025-01-01,2025-01-02",
  "c1,Marlow Carpenters,Marlow Holding,Carpentry,2025-01-01,2025-06-02",
  "c2,Two,,,2025-01-01,2025-01-02",
];
const CONTACTS = [
  "contact_id,customer_id,full_name,email,phone,job_title",
  "k1,c1,Robin Marlow,robin@marlow.example,+49 30 998877,Head of Oak",
  "tess.orme@marlow.example,c1,Tess Orme,tess.orme@marlow.example,,",
  "k3,c2,Una Vale,una@two.example,,",
];
/** Texts that must be nowhere once the customer and its people are erased. */
const SECRETS = ["marlow", "robin", "tess", "orme", "998877", "head of oak", "carpent"];

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-privacy-"));
  env().TIDELINE_DATA_DIR = folder;
  await take({
    "customers.csv": [...CUSTOMERS, "c1,Marlow Carpenters,,,no date,", "c9;Marlow Carpenters;Carpentry"],
    "contacts.csv": CONTACTS,
    "usage_events.csv": [
      "event_id,customer_id,occurred_at,kind,user_id",
      "u1,c1,2026-02-12T15:00:00Z,task,robin@marlow.example",
      "u2,c1,no time,task,robin@marlow.example",
    ],
    "payments.csv": [
      "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency",
      "p1,c1,i1,2026-02-01T00:00:00Z,paid,25000,USD",
    ],
  });
  await pool().query(
    `INSERT INTO import_delivery (id, source, channel, status, "check") VALUES ('d', 'crm', 'browser', 'checked', '{"samples": [{"value": "Robin Marlow"}]}')`,
  );
  await pool().query(
    `INSERT INTO job_run (id, job, slot, status, error, result) VALUES ('j', 'x', now(), 'failed', 'line 3: "Robin Marlow" is no date', '{"sample": ["ROBIN@marlow.example"]}')`,
  );
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, usage_event, usage_daily, payment_event, contact, quarantined_row,
       import_file, import_run, import_delivery, waiting_row, erased_mark, job_run RESTART IDENTITY CASCADE`,
  );
});

async function take(files: Partial<Record<CanonicalFile, readonly string[]>>) {
  const directory = mkdtempSync(path.join(folder, "files-"));
  for (const [name, lines] of Object.entries(files)) writeFileSync(path.join(directory, name), `${lines.join("\n")}\n`);
  return importDirectory({ directory, historical: false, actor: ACTOR, salt: "x" });
}

async function rows(sql: string, parameters: unknown[] = []) {
  return (await pool().query({ text: sql, values: parameters, rowMode: "array" })).rows;
}

/** Every row of every table as text, with the table before it. */
async function everything(): Promise<string[]> {
  const tables = await rows(
    `SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'partitions')`,
  );
  const found = await Promise.all(
    tables.map(async ([table]) => (await rows(`SELECT t::text FROM ${table} t`)).map(([row]) => `${table}: ${row}`)),
  );
  return found.flat();
}

async function traces(secrets: readonly string[]): Promise<string[]> {
  return (await everything()).filter((row) => secrets.some((secret) => row.toLowerCase().includes(secret)));
}

async function numberOf(kind: Subject["kind"], name: string): Promise<Subject> {
  const { hits } = await searchSubjects({ text: name, actor: ACTOR });
  const hit = hits.find(({ subject }) => subject.kind === kind);
  if (!hit) throw new Error(`no ${kind} ${name}`);
  return hit.subject;
}

describe("erasing a contact", () => {
  it("leaves no trace of the person in any row of any table, and everyone else as they were", async () => {
    const others = async () => (await everything()).filter((row) => /Una|una@|Tess|Marlow C/.test(row));
    expect((await traces(["robin", "998877"])).length).toBe(4);
    const before = (await others()).filter((row) => !/robin/i.test(row));
    await erase({ subject: await numberOf("contact", "Robin"), name: "robin marlow", actor: ACTOR });
    expect(await traces(["robin", "998877", "head of oak"])).toEqual([]);
    expect(await others()).toEqual(before);
  });

  it("keeps the number and the source's id, and says so in one entry of the audit without the person", async () => {
    const subject = await numberOf("contact", "Robin");
    const receipt = await erase({ subject, name: "Robin Marlow", actor: ACTOR });
    expect(
      await rows("SELECT source_id, full_name, email, phone, job_title FROM contact WHERE id = $1", [subject.id]),
    ).toEqual([["k1", `Erased contact ${subject.id}`, null, null, null]]);
    expect(receipt).toMatchObject({
      outcome: "erased",
      replaced: [
        { what: "contacts", count: 1 },
        { what: "quarantined rows", count: 1 },
        { what: "messages of imports and jobs", count: 3 },
        { what: "files put away after their import (removed whole)", count: 0 },
      ],
      filesWaiting: 0,
    });
    const entries = await rows(
      "SELECT actor_label, subject_type, subject_id, detail FROM audit_event WHERE action = 'contact.erase' ORDER BY seq DESC LIMIT 1",
    );
    const detail = {
      replaced: {
        contacts: 1,
        "quarantined rows": 1,
        "messages of imports and jobs": 3,
        "files put away after their import (removed whole)": 0,
      },
    };
    expect(entries).toEqual([["administrator", "contact", String(subject.id), detail]]);
    expect(await firstBrokenAuditSeq()).toBeNull();
  });

  it.each([
    ["under the same id", "k1,c1,Robin Marlow,robin@marlow.example,,", "k1"],
    ["under the same id with another address", "k1,c1,Robin Marlow,robin@home.example,,", "k1"],
    ["under another id", "k77,c1,R. M.,Robin@Marlow.example,,", null],
    ["at another customer without an address", "k1,c2,Robin Marlow,,,", null],
    ["at another customer", "k1,c2,Robin Marlow,robin@marlow.example,,", null],
  ])("no import brings the person back %s", async (_how, line, value) => {
    await erase({ subject: await numberOf("contact", "Robin"), name: "Robin Marlow", actor: ACTOR });
    const report = await take({ "contacts.csv": [CONTACTS[0] as string, line, "k4,c2,Vic Wood,vic@two.example,,"] });
    expect(report.quarantined).toEqual({ "this contact was erased and is not taken again": 1 });
    expect(report.files[0]).toMatchObject({ rowsNew: 1, rowsVersion: 0, rowsBad: 1 });
    expect(
      await rows(`SELECT "column", value, raw FROM quarantined_row WHERE import_id = $1`, [report.importId]),
    ).toEqual([["contact_id", value, "(personal data, not kept)"]]);
    expect(await traces(["robin", "r. m."])).toEqual([]);
  });

  it("an id of the source that tells who it is goes too, and is still known by its digest", async () => {
    const subject = await numberOf("contact", "Tess");
    expect((await viewSubject({ subject, actor: ACTOR })).sourceIdTells).toBe("replaced");
    await erase({ subject, name: "Tess Orme", actor: ACTOR });
    expect(await traces(["tess", "orme"])).toEqual([]);
    const report = await take({ "contacts.csv": [CONTACTS[0] as string, "tess.orme@marlow.example,c1,T,,,"] });
    expect(report.quarantined).toEqual({ "this contact was erased and is not taken again": 1 });
    expect(await traces(["tess", "orme"])).toEqual([]);
  });

  it("who has the same id at another customer, and is somebody else, is taken", async () => {
    await erase({ subject: await numberOf("contact", "Robin"), name: "Robin Marlow", actor: ACTOR });
    const report = await take({ "contacts.csv": [CONTACTS[0] as string, "k1,c2,Olaf Ness,,,"] });
    expect(report.files[0]).toMatchObject({ rowsNew: 1, rowsBad: 0 });
  });

  it("an address that somebody else has too is shared and bars nobody", async () => {
    await take({ "contacts.csv": [CONTACTS[0] as string, "k8,c1,Ada Bell,robin@marlow.example,,"] });
    await erase({ subject: await numberOf("contact", "Robin Marlow"), name: "Robin Marlow", actor: ACTOR });
    const report = await take({
      "contacts.csv": [CONTACTS[0] as string, "k8,c1,Ada Bell-Ross,robin@marlow.example,,"],
    });
    expect(report.files[0]).toMatchObject({ rowsVersion: 1, rowsBad: 0 });
  });

  it("a row about the person that is bad for another reason is set aside without them", async () => {
    await erase({ subject: await numberOf("contact", "Robin"), name: "Robin Marlow", actor: ACTOR });
    await take({
      "usage_events.csv": [
        "event_id,customer_id,occurred_at,kind,user_id",
        "u3,c1,no time,task,robin@marlow.example",
        "u4,c1,2026-02-13,task,x",
      ],
    });
    expect(await traces(["robin"])).toEqual([]);
  });

  it("removes files put away that hold the person, leaves others, and tells of those that wait for their import", async () => {
    const kept = {
      "import/done/crm/2026-02-01-x/contacts.csv": `${CONTACTS.join("\n")}\n`,
      "import/refused/crm/2026-02-01-y/people.csv": "id;mail\n1;ROBIN@marlow.example\n",
      "import/refused/crm/2026-02-01-y/reason.txt": "a column is missing",
      "import/done/crm/2026-02-01-x/payments.csv": "event_id,customer_id\np1,c1\n",
      "import/inbox/crm/contacts.csv": `${CONTACTS.join("\n")}\n`,
    };
    for (const [name, content] of Object.entries(kept)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const receipt = await erase({ subject: await numberOf("contact", "Robin"), name: "Robin Marlow", actor: ACTOR });
    expect(receipt.filesWaiting).toBe(1);
    expect(receipt.replaced.at(-1)?.count).toBe(2);
    expect(Object.keys(kept).filter((name) => existsSync(path.join(folder, name)))).toEqual(Object.keys(kept).slice(2));
  });

  it("the wrong name erases nothing", async () => {
    const subject = await numberOf("contact", "Robin");
    const before = await everything();
    await expect(erase({ subject, name: "Robin", actor: ACTOR })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await everything()).toEqual(before);
  });

  it("done again, also by two at once, changes nothing and writes no second entry", async () => {
    const subject = await numberOf("contact", "Robin");
    const once = () => erase({ subject, name: "Robin Marlow", actor: ACTOR });
    const outcomes = (await Promise.all([once(), once()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["already", "erased"]);
    const before = await everything();
    expect((await once()).outcome).toBe("already");
    expect(await everything()).toEqual(before);
  });

  it("of one that is not there is not found", async () => {
    const subject = { kind: "contact", id: 999_999 } as const;
    await expect(erase({ subject, name: "x", actor: ACTOR })).rejects.toMatchObject({ code: "not_found" });
    await expect(viewSubject({ subject, actor: ACTOR })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is refused where an import goes on for longer than it waits, and changes nothing", async () => {
    const subject = await numberOf("contact", "Robin");
    await withImportLock({
      waitMs: 1_000,
      work: () =>
        expect(erase({ subject, name: "Robin Marlow", actor: ACTOR, lockWaitMs: 50 })).rejects.toMatchObject({
          code: "conflict",
        }),
    });
    expect((await traces(["robin"])).length).toBeGreaterThan(0);
  });

  it("waits for an import under way, which then cannot undo it", async () => {
    const subject = await numberOf("contact", "Robin");
    let began = () => {};
    let end = () => {};
    const running = new Promise<void>((resolve) => {
      began = resolve;
    });
    const ending = new Promise<void>((resolve) => {
      end = resolve;
    });
    // Stands for an import: it holds its lock, and read the person before the erasure was asked for.
    const imported = withImportLock({
      waitMs: 1_000,
      work: async (client) => {
        began();
        await ending;
        await client.query("UPDATE contact SET full_name = 'Robin Marlow ' WHERE id = $1", [subject.id]);
      },
    });
    await running;
    const erased = erase({ subject, name: "Robin Marlow", actor: ACTOR });
    await sleep(200);
    end();
    await imported;
    expect((await erased).outcome).toBe("erased");
    expect(await traces(["robin"])).toEqual([]);
  });
});

describe("erasing a customer", () => {
  it("leaves no trace of its names and people in any row of any table", async () => {
    expect((await traces(SECRETS)).length).toBeGreaterThan(6);
    await erase({ subject: await numberOf("customer", "Marlow & D"), name: "Marlow Carpenters", actor: ACTOR });
    expect(await traces(SECRETS)).toEqual([]);
    expect(await rows("SELECT full_name, email FROM contact WHERE erased_at IS NULL")).toEqual([
      ["Una Vale", "una@two.example"],
    ]);
  });

  it("keeps ids, times and facts, and takes further facts", async () => {
    const facts = () => rows("SELECT * FROM payment_event, usage_daily");
    const before = await facts();
    const subject = await numberOf("customer", "Marlow Carp");
    await erase({ subject, name: "Marlow Carpenters", actor: ACTOR });
    expect(await facts()).toEqual(before);
    expect(
      await rows(
        "SELECT c.source_id, v.version, v.name FROM customer c JOIN customer_version v ON v.customer_id = c.id WHERE c.id = $1 ORDER BY 2",
        [subject.id],
      ),
    ).toEqual([1, 2].map((version) => ["c1", version, `Erased customer ${subject.id}`]));
    const report = await take({
      "payments.csv": [
        "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency",
        "p2,c1,i2,2026-03-01T00:00:00Z,paid,25000,USD",
      ],
    });
    expect(report.files[0]).toMatchObject({ rowsNew: 1, rowsBad: 0 });
  });

  it("no import brings its name or its people back", async () => {
    await erase({ subject: await numberOf("customer", "Marlow Carp"), name: "Marlow Carpenters", actor: ACTOR });
    const report = await take({
      "customers.csv": [...CUSTOMERS, "c1,Marlow New,,Carpentry,2025-01-01,2026-02-02", "c1,Marlow Bad,,,no date,"],
      "contacts.csv": [...CONTACTS, "k9,c1,Orla Marlow,orla@marlow.example,,"],
    });
    expect(report.quarantined).toMatchObject({
      "this customer was erased and is not taken again": 3,
      "the customer of this contact was erased, whose people are not taken again": 3,
    });
    expect(report.files.map(({ rowsNew, rowsVersion }) => [rowsNew, rowsVersion])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await traces([...SECRETS, "orla"])).toEqual([]);
  });

  it("says beforehand what is replaced and what stays", async () => {
    const subject = await numberOf("customer", "Marlow Carp");
    const view = await viewSubject({ subject, actor: ACTOR });
    expect(view).toMatchObject({
      name: "Marlow Carpenters",
      sourceId: "c1",
      erasedAt: null,
      sourceIdTells: "no",
      replaced: [
        { what: "versions of the customer", count: 2 },
        { what: "contacts", count: 2 },
        { what: "quarantined rows", count: 3 },
      ],
    });
    expect(view.kept).toContainEqual({ what: "payment events", count: 1 });
    expect(view.kept).toContainEqual({ what: "days of use", count: 1 });
  });
});

describe("searching", () => {
  it("finds by part of a name, an address, a phone number and by the source's id, and writes one entry without the text", async () => {
    const found = async (text: string) =>
      (await searchSubjects({ text, actor: ACTOR })).hits.map((hit) => `${hit.subject.kind} ${hit.name}`);
    expect(await found("robin")).toEqual(["contact Robin Marlow"]);
    expect(await found("@two.")).toEqual(["contact Una Vale"]);
    expect(await found("998877")).toEqual(["contact Robin Marlow"]);
    expect(await found("k3")).toEqual(["contact Una Vale"]);
    expect(await found("c2")).toEqual(["customer Two"]);
    expect(await found("daughters")).toEqual(["customer Marlow Carpenters"]);
    expect(await found("%%")).toEqual([]);
    const entries = await rows(
      "SELECT detail FROM audit_event WHERE action = 'privacy.search' ORDER BY seq DESC LIMIT 2",
    );
    expect(entries).toEqual([[{ contacts: 0, customers: 0 }], [{ contacts: 0, customers: 1 }]]);
  });
});
