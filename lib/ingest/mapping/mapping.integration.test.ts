import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import type { ImportReport } from "../contract";
import { type ImportArgs, importDirectory } from "../service";
import { type Mapping, MappingSchema } from "./contract";
import { listMappingVersions, saveEditedMapping } from "./editing-service";
import { parseMapping } from "./parse-mapping";
import { findMapping, listMappings, saveMapping } from "./service";

const ACTOR = { id: null, label: "test" };
const NOW = new Date("2026-03-02T10:00:00Z");

const ACCOUNTS = {
  name: "accounts*.csv",
  header: ["id", "company", "joined"],
  outputs: [
    {
      to: "customers.csv",
      columns: { customer_id: { column: "id" }, name: { column: "company" }, signed_up_at: { column: "joined" } },
    },
  ],
};
const CONTRACTS = {
  name: "contracts.csv",
  delimiter: ";",
  header: ["nr", "account", "from", "to", "tier", "users", "monthly", "status"],
  outputs: [
    {
      to: "subscription_events.csv",
      columns: {
        event_id: { template: "{nr}-start" },
        customer_id: { column: "account" },
        subscription_id: { column: "nr" },
        kind: { constant: "start" },
        occurred_at: { column: "from", format: { kind: "time", forms: ["d.M.yyyy"] } },
        plan: { column: "tier" },
        seats: { column: "users" },
        unit_price_cents: {
          column: "monthly",
          format: { kind: "money", decimal: ",", thousands: ".", dividedBy: "users" },
        },
        recorded_at: { lagHours: 12 },
      },
    },
    {
      to: "subscription_events.csv",
      when: [{ column: "to", is: "filled" }],
      columns: {
        event_id: { template: "{nr}-end" },
        customer_id: { column: "account" },
        subscription_id: { column: "nr" },
        kind: { constant: "end" },
        occurred_at: { column: "to", format: { kind: "time", forms: ["d.M.yyyy"] } },
        recorded_at: { lagHours: 12 },
      },
    },
    {
      to: "subscription_events.csv",
      when: [{ column: "status", is: "one-of", words: ["gekündigt"] }],
      columns: {
        event_id: { template: "{nr}-notice" },
        customer_id: { column: "account" },
        subscription_id: { column: "nr" },
        kind: { constant: "notice" },
        occurred_at: { column: "from", format: { kind: "time", forms: ["d.M.yyyy"] } },
      },
    },
  ],
};
const EVENTS = {
  name: "clicks.csv",
  header: ["click", "contract", "at", "what"],
  outputs: [
    {
      to: "usage_events.csv",
      when: [{ column: "what", is: "none-of", words: ["heartbeat"] }],
      columns: {
        event_id: { column: "click" },
        customer_id: { customerOfSubscription: "contract" },
        occurred_at: { column: "at", format: { kind: "time", forms: ["epoch-seconds"] } },
        kind: { column: "what", words: { login: "session", edit: "task" } },
      },
    },
  ],
};
const PEOPLE = {
  name: "people.csv",
  header: ["pid", "account", "full name", "mail", "secret note"],
  outputs: [
    {
      to: "contacts.csv",
      columns: {
        contact_id: { column: "pid" },
        customer_id: { column: "account" },
        full_name: { column: "full name" },
        email: { column: "mail" },
      },
    },
  ],
};

/** Events that name users, whose accounts another file has. */
const USERS = { name: "users.csv", delimiter: "|", header: ["login", "account"], outputs: [] };
const VISITS = {
  name: "visits.csv",
  header: ["visit", "login", "at"],
  outputs: [
    {
      to: "usage_events.csv",
      columns: {
        event_id: { column: "visit" },
        customer_id: { customerIn: { column: "login", file: "users.csv", key: "login", customer: "account" } },
        occurred_at: { column: "at" },
        kind: { constant: "session" },
        user_id: { column: "login" },
      },
    },
  ],
};

const mappingOf = (...files: object[]): Mapping => parseMapping({ source: "crm", files });

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-mapping-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await pool().query(
    `TRUNCATE customer, customer_version, subscription_event, usage_event, usage_daily, payment_event, contact, quarantined_row,
       import_file, import_input, import_run, import_mapping RESTART IDENTITY CASCADE`,
  );
});

function run(files: Record<string, string>, mapping: Mapping, more: Partial<ImportArgs> = {}): Promise<ImportReport> {
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return importDirectory({
    directory: folder,
    historical: false,
    actor: ACTOR,
    now: NOW,
    salt: "x",
    mapping: { id: null, mapping },
    ...more,
  });
}

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

const quarantine = () =>
  rows('SELECT file, line, "column", value, reason, raw FROM quarantined_row ORDER BY file, line, id');

describe("importing foreign files by a mapping", () => {
  it("makes several rows of one, of several canonical files and from several files, each by its conditions", async () => {
    const report = await run(
      {
        "accounts-eu.csv": "id,company,joined\na1,Zoë GmbH,2025-01-01\n",
        "accounts-us.csv": "joined,id,company\n2025-02-01,a2,Two\n",
        "contracts.csv":
          "nr;account;from;to;tier;users;monthly;status\nn1;a1;1.3.2025;31.12.2025;Pro;4;1.234,00;aktiv\nn2;a2;1.4.2025;;Team;2;50;gekündigt\n",
        "clicks.csv":
          "click,contract,at,what\nk1,n1,1772000000,Login\nk2,n2,1772000000,edit\nk3,n2,1772000001,heartbeat\n",
      },
      mappingOf(ACCOUNTS, CONTRACTS, EVENTS),
    );
    expect(await quarantine()).toEqual([]);
    expect(report.files.map(({ file, rowsRead, rowsNew }) => [file, rowsRead, rowsNew])).toEqual([
      ["customers.csv", 2, 2],
      ["subscription_events.csv", 4, 4],
      ["usage_events.csv", 2, 2],
    ]);
    expect(report.inputs.map(({ file, rowsRead, rowsUnused }) => [file, rowsRead, rowsUnused])).toEqual([
      ["accounts-eu.csv", 1, 0],
      ["accounts-us.csv", 1, 0],
      ["contracts.csv", 2, 0],
      ["clicks.csv", 3, 1],
    ]);
    expect(report.rowsRead).toBe(7);
    expect(
      await rows("SELECT source_id, name FROM customer c JOIN customer_version v ON v.customer_id = c.id ORDER BY 1"),
    ).toEqual([
      ["a1", "Zoë GmbH"],
      ["a2", "Two"],
    ]);
    expect(
      await rows(
        `SELECT e.source_id, kind, occurred_at::text, seats, unit_price_cents, recorded_at - occurred_at = '12 h', recorded_basis
         FROM subscription_event e ORDER BY 1`,
      ),
    ).toEqual([
      ["n1-end", "end", "2025-12-31 05:00:00+00", null, null, true, "assumed"],
      ["n1-start", "start", "2025-03-01 05:00:00+00", 4, 30850, true, "assumed"],
      ["n2-notice", "notice", "2025-04-01 04:00:00+00", null, null, false, "received"],
      ["n2-start", "start", "2025-04-01 04:00:00+00", 2, 2500, true, "assumed"],
    ]);
    expect(
      await rows(
        "SELECT e.source_id, c.source_id, kind, user_key FROM usage_event e JOIN customer c ON c.id = customer_id ORDER BY 1",
      ),
    ).toEqual([
      ["k1", "a1", "session", null],
      ["k2", "a2", "task", null],
    ]);
    expect(await rows("SELECT active_users, sessions, tasks FROM usage_daily ORDER BY customer_id")).toEqual([
      [1, 1, 0],
      [1, 0, 1],
    ]);
  });

  it("imported again it changes nothing", async () => {
    const files = {
      "accounts.csv": "id,company,joined\na1,One,2025-01-01\n",
      "contracts.csv": "nr;account;from;to;tier;users;monthly;status\nn1;a1;1.3.2025;31.12.2025;Pro;4;100;aktiv\n",
      "clicks.csv": "click,contract,at,what\nk1,n1,1772000000,login\n",
    };
    const mapping = mappingOf(ACCOUNTS, CONTRACTS, EVENTS);
    await run(files, mapping);
    const again = await run(files, mapping, { now: new Date("2026-03-03T00:00:00Z") });
    for (const file of again.files) expect(file).toMatchObject({ rowsNew: 0, rowsVersion: 0, rowsBad: 0 });
  });

  it("bad rows name the file's own column and value, and a broken row is told once", async () => {
    await run(
      {
        "accounts.csv": "id,company,joined\na1,One,2025-01-01\na2,,2025-01-01\na3,Three,soon\n",
        "contracts.csv":
          "nr;account;from;to;tier;users;monthly;status\nn1;a1;2025-03-01;;Pro;4;100;x\nn2;a9;1.3.2025;;Pro;4;100;x\nn3;a1;1.3.2025;;Pro;0;100;x\nn4;a1;1.3.2025;;Pro;4;-3;x\nn5;a1\nn6;a1;1.3.2025;;Pro;1;2;x\nn6b;a1;1.3.2025;;Pro;1;2 £;x\n",
        "clicks.csv": "click,contract,at,what\nk1,n7,1772000000,login\nk2,n6,1772000000,scroll\nk3,,1772000000,login\n",
      },
      mappingOf(ACCOUNTS, CONTRACTS, EVENTS),
    );
    expect((await quarantine()).map((row) => row.slice(0, 5))).toEqual([
      ["accounts.csv", 3, "company", "", "required, but empty (name of customers.csv)"],
      ["accounts.csv", 4, "joined", "soon", expect.stringContaining("expected an ISO 8601 time")],
      ["clicks.csv", 2, "contract", "n7", "unknown subscription"],
      [
        "clicks.csv",
        3,
        "what",
        "scroll",
        expect.stringContaining("expected one of the words that the mapping names: login, edit (kind"),
      ],
      ["clicks.csv", 4, "contract", "", "required, but empty (customer_id of usage_events.csv)"],
      [
        "contracts.csv",
        2,
        "from",
        "2025-03-01",
        "expected a time of the form d.M.yyyy (occurred_at of subscription_events.csv)",
      ],
      [
        "contracts.csv",
        4,
        "users",
        "0",
        expect.stringContaining("expected a number above zero to divide by (unit_price_cents"),
      ],
      ["contracts.csv", 5, "monthly", "-3", expect.stringContaining("expected an amount not below zero")],
      ["contracts.csv", 6, null, null, "expected 8 fields as in the header, found 2"],
      ["contracts.csv", 8, "monthly", "2 £", expect.stringContaining("expected an amount in USD")],
    ]);
    expect((await quarantine())[6]?.[5]).toBe("n3;a1;1.3.2025;;Pro;0;100;x");
    expect(await rows('SELECT file, line, "column", value, raw FROM waiting_row')).toEqual([
      ["contracts.csv", 3, "account", "a9", "n2;a9;1.3.2025;;Pro;4;100;x"],
    ]);
  });

  it("a file is refused where all that is made of it is bad, not where one of its outputs is", async () => {
    const accounts = { "accounts.csv": "id,company,joined\na1,One,2025-01-01\n" };
    const header = "nr;account;from;to;tier;users;monthly;status\n";
    const endsBadly = await run(
      { ...accounts, "contracts.csv": `${header}n1;a1;1.3.2025;soon;Pro;1;1;x\nn2;a1;1.3.2025;;Pro;1;1;x\n` },
      mappingOf(ACCOUNTS, CONTRACTS),
    );
    expect(endsBadly.files.at(-1)).toMatchObject({ rowsRead: 3, rowsNew: 2, rowsBad: 1 });
    const allBad = { ...accounts, "contracts.csv": `${header}n3;a1;soon;;Pro;1;1;x\nn4;a1\n` };
    await expect(run(allBad, mappingOf(ACCOUNTS, CONTRACTS))).rejects.toThrow(
      'contracts.csv: none of its 2 rows can be taken: line 2, from "soon": expected a time of the form d.M.yyyy',
    );
  });

  it("of a file that feeds several canonical files a broken row, and an unused one, is told once", async () => {
    const both = {
      ...ACCOUNTS,
      outputs: [
        { ...ACCOUNTS.outputs[0], when: [{ column: "company", is: "filled" }] },
        {
          to: "payments.csv",
          when: [{ column: "company", is: "filled" }],
          columns: {
            event_id: { column: "id" },
            customer_id: { column: "id" },
            invoice_id: { column: "id" },
            occurred_at: { column: "joined" },
            kind: { constant: "paid" },
            amount_cents: { constant: "100" },
            currency: { constant: "USD" },
          },
        },
      ],
    };
    const report = await run(
      { "accounts.csv": "id,company,joined\na1,One,2025-01-01\na2\na3,,2025-01-01\na4,Four,soon\n" },
      mappingOf(both),
    );
    expect(report.inputs).toMatchObject([{ rowsRead: 4, rowsUnused: 1 }]);
    expect(report.files.map(({ file, rowsRead, rowsNew, rowsBad }) => [file, rowsRead, rowsNew, rowsBad])).toEqual([
      ["customers.csv", 3, 1, 2],
      ["payments.csv", 2, 1, 1],
    ]);
    expect((await quarantine()).map(([, line, column]) => [line, column])).toEqual([
      [3, null],
      [5, "joined"],
      [5, "joined"],
    ]);
  });

  it("every row is new, changed, known, bad or waiting, whatever stands in it", async () => {
    const header = "nr;account;from;to;tier;users;monthly;status\n";
    const pieces = {
      account: ["a1", "a9", "", " a1 "],
      from: ["1.3.2025", "31.2.2025", "", "2025-03-01"],
      to: ["", "1.4.2025", "later"],
      users: ["3", "0", "", "3,0", "-1"],
      monthly: ["10", "1.000,50", "(5)", "x", "", "5 £"],
      status: ["aktiv", "GEKÜNDIGT", ""],
    };
    const pick = (from: readonly string[], i: number) => from[i % from.length] as string;
    const lines = Array.from({ length: 2_000 }, (_, i) => {
      if (i % 97 === 0) return `n${i};broken`;
      if (i % 89 === 0) return `n${i};a"1;`;
      const { account, from, to, users, monthly, status } = pieces;
      return `n${i % 1500};${pick(account, i)};${pick(from, i >> 2)};${pick(to, i >> 3)};Pro;${pick(users, i >> 1)};${pick(monthly, i >> 4)};${pick(status, i >> 5)}`;
    });
    const report = await run(
      { "accounts.csv": "id,company,joined\na1,One,2025-01-01\n", "contracts.csv": `${header}${lines.join("\n")}\n` },
      mappingOf(ACCOUNTS, CONTRACTS),
    );
    const made = report.files.at(-1);
    if (made === undefined) throw new Error("nothing was made");
    const { rowsNew, rowsVersion, rowsSame, rowsBad, rowsWaiting } = made;
    expect(rowsNew + rowsVersion + rowsSame + rowsBad + rowsWaiting).toBe(made.rowsRead);
    expect(
      await rows(
        `SELECT (SELECT count(*)::int FROM quarantined_row), (SELECT count(*)::int FROM quarantined_row WHERE "column" IS NULL),
           (SELECT count(*)::int FROM subscription_event), (SELECT count(*) > 0 FROM waiting_row)`,
      ),
    ).toEqual([
      [rowsBad, lines.filter((line) => /broken|"/.test(line)).length, rowsNew + rowsVersion, rowsWaiting > 0],
    ]);
    // What was stored is only what can be read: dates of the calendar, customers that are known, amounts in the currency.
    expect(
      await rows(
        "SELECT DISTINCT kind, occurred_at::date::text, seats, unit_price_cents FROM subscription_event ORDER BY 1, 2, 4",
      ),
    ).toEqual([
      ["end", "2025-04-01", null, null],
      ["notice", "2025-03-01", null, null],
      ["start", "2025-03-01", 3, 333],
      ["start", "2025-03-01", 3, 33350],
    ]);
  });

  it("a file in UTF-16 is led back to as well", async () => {
    writeFileSync(
      path.join(folder, "contracts.csv"),
      `\ufeffnr;account;from;to;tier;users;monthly;status\nn1;a1;1.3.2025;;Prö;1;1;x\nn2;ä9;1.3.2025;;Pro;1;1;x\n`,
      "utf16le",
    );
    await run({ "accounts.csv": "id,company,joined\na1,One,2025-01-01\n" }, mappingOf(ACCOUNTS, CONTRACTS));
    expect(await rows("SELECT plan FROM subscription_event")).toEqual([["Prö"]]);
    expect(await rows('SELECT file, line, "column", value, raw FROM waiting_row')).toEqual([
      ["contracts.csv", 3, "account", "ä9", "n2;ä9;1.3.2025;;Pro;1;1;x"],
    ]);
  });

  it("a subscription that belongs to several customers gives none of them", async () => {
    const report = await run(
      {
        "accounts.csv": "id,company,joined\na1,One,2025-01-01\na2,Two,2025-01-01\n",
        "contracts.csv":
          "nr;account;from;to;tier;users;monthly;status\nn1;a1;1.3.2025;;Pro;1;1;x\nn1;a2;1.3.2025;;Pro;1;1;x\nn2;a2;1.3.2025;;Pro;1;1;x\n",
        "clicks.csv": "click,contract,at,what\nk1,n1,1772000000,login\nk2,n2,1772000000,login\n",
      },
      mappingOf(ACCOUNTS, CONTRACTS, EVENTS),
    );
    expect(report.quarantined).toEqual({ "this subscription belongs to several customers": 1 });
    expect(await rows("SELECT source_id FROM usage_event")).toEqual([["k2"]]);
  });

  it("the customer may be named by another file of the import, which then must be there", async () => {
    const files = {
      "accounts.csv": "id,company,joined\na1,One,2025-01-01\na2,Two,2025-01-01\n",
      "visits.csv":
        "visit,login,at\nv1,ann,2026-02-10\nv2, zoë ,2026-02-10\nv3,bob,2026-02-10\nv4,cy,2026-02-10\nv5,dan,2026-02-10\n",
    };
    const mapping = mappingOf(ACCOUNTS, USERS, VISITS);
    await expect(run(files, mapping)).rejects.toThrow("users.csv is missing, which says whose rows of other files are");
    const users = "login|account\nann|a1\nzoë|a2\nbob|a1\nbob|a2\ndan|a9\n|a1\nbroken\n";
    const report = await run({ ...files, "users.csv": users }, mapping);
    expect(report.quarantined).toEqual({
      "no row of users.csv has this login": 1,
      "rows of users.csv with this login name several customers": 1,
    });
    expect(await rows('SELECT line, "column", value, customer_source_id FROM waiting_row')).toEqual([
      [6, "login", "dan", "a9"],
    ]);
    expect(
      await rows("SELECT e.source_id, c.source_id FROM usage_event e JOIN customer c ON c.id = customer_id ORDER BY 1"),
    ).toEqual([
      ["v1", "a1"],
      ["v2", "a2"],
    ]);
    expect((await quarantine()).map((row) => row.slice(0, 4))).toEqual([
      ["visits.csv", 4, "login", "bob"],
      ["visits.csv", 5, "login", "cy"],
    ]);
  });

  it("of a file that feeds contacts neither rows nor personal values are kept in quarantine", async () => {
    const report = await run(
      {
        "accounts.csv": "id,company,joined\na1,One,2025-01-01\n",
        "people.csv":
          'pid,account,full name,mail,secret note\np1,a1,Ann Ash,no-address,likes tea\np2,a9,Bea Birch,b@x.example,\np3,a1,"Cleo\n',
      },
      mappingOf(ACCOUNTS, PEOPLE),
    );
    expect(report.files.at(-1)).toMatchObject({ file: "contacts.csv", rowsRead: 3, rowsBad: 3 });
    const kept = await quarantine();
    expect(kept.map(([, line, column, value]) => [line, column, value])).toEqual([
      [2, "mail", "(personal data, not kept)"],
      [3, "account", "a9"],
      [4, null, null],
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/Ann|Bea|Cleo|no-address|x\.example|tea/);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "a missing column",
      { "accounts.csv": "id,company\n" },
      'accounts.csv line 1: the header is not the one that the mapping of crm was made for: missing "joined"',
    ],
    ["a new column", { "accounts.csv": "id,company,joined,more\n" }, 'made for: new "more"'],
    ["both", { "accounts.csv": "id,firm,since\n" }, 'missing "company", "joined"; new "firm", "since"'],
    ["a column twice", { "accounts.csv": "id,company,joined,id\n" }, 'column "id" is there twice'],
    [
      "a file that the mapping does not name",
      { "accounts.csv": "id,company,joined\n", "x.csv": "a\n" },
      "does not name x.csv; it names accounts*.csv",
    ],
    ["no file", {}, "nothing to import; the mapping of crm makes rows of accounts*.csv"],
  ])("%s refuses the whole import", async (_fault, files, message) => {
    await expect(run(files, mappingOf(ACCOUNTS))).rejects.toThrow(message);
    expect(await rows("SELECT count(*)::int FROM import_run")).toEqual([[0]]);
  });
});

describe("saved mappings", () => {
  it("a changed mapping is a further version, the same one is not, and each version is audited", async () => {
    const first = await saveMapping({ mapping: mappingOf(ACCOUNTS), actor: ACTOR });
    const again = await saveMapping({ mapping: mappingOf({ ...ACCOUNTS }), actor: ACTOR });
    const second = await saveMapping({ mapping: mappingOf(ACCOUNTS, CONTRACTS), actor: ACTOR });
    await saveMapping({ mapping: parseMapping({ source: "billing", files: [ACCOUNTS] }), actor: ACTOR });
    expect([first.version, again.id, second.version]).toEqual([1, first.id, 2]);
    expect((await findMapping("crm"))?.mapping).toEqual(mappingOf(ACCOUNTS, CONTRACTS));
    expect(await findMapping("desk")).toBeNull();
    expect((await listMappings()).map(({ source, version }) => [source, version])).toEqual([
      ["billing", 1],
      ["crm", 2],
    ]);
    expect(
      await rows("SELECT subject_id, detail->>'version' FROM audit_event WHERE action = 'mapping.save' ORDER BY seq"),
    ).toEqual([
      ["crm", "1"],
      ["crm", "2"],
      ["billing", "1"],
    ]);
  });

  it("somebody who began from an older version is told, and saves nothing", async () => {
    await saveEditedMapping({ mapping: mappingOf(ACCOUNTS), basedOn: 0, actor: ACTOR });
    const theirs = mappingOf(ACCOUNTS, CONTRACTS);
    expect(await saveEditedMapping({ mapping: theirs, basedOn: 1, actor: ACTOR })).toEqual({ version: 2 });
    const mine = mappingOf(ACCOUNTS, { ...CONTRACTS, delimiter: "," });
    await expect(saveEditedMapping({ mapping: mine, basedOn: 1, actor: ACTOR })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("version 2 of the mapping of crm"),
    });
    expect(await saveEditedMapping({ mapping: theirs, basedOn: 1, actor: ACTOR })).toEqual({ version: 2 });
    expect((await listMappingVersions("crm")).map(({ version, files }) => [version, files])).toEqual([
      [2, ["accounts*.csv", "contracts.csv"]],
      [1, ["accounts*.csv"]],
    ]);
  });

  it("what cannot be meant is refused by its place", async () => {
    const file = { ...ACCOUNTS, outputs: [{ to: "customers.csv", columns: {} }] };
    const mapping = MappingSchema.parse({ source: "crm", files: [file] });
    await expect(saveEditedMapping({ mapping, basedOn: 0, actor: ACTOR })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining('says nothing of the required column "customer_id"'),
    });
  });

  it("an import says which version it went by", async () => {
    const saved = await saveMapping({ mapping: mappingOf(ACCOUNTS), actor: ACTOR });
    await run({ "accounts.csv": "id,company,joined\na1,One,2025-01-01\n" }, saved.mapping, {
      mapping: saved,
      channel: "api",
    });
    expect(await rows("SELECT source, channel, mapping_id FROM import_run")).toEqual([["crm", "api", saved.id]]);
  });
});
