import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { env } from "@/lib/env/env";
import { userKey } from "@/lib/ingest/user-key";
import { plantCustomers, plantModel, plantRun, plantUser } from "@/lib/queue/testing/published-run";
import type { Subject } from "./contract";
import { erase } from "./erasure-service";
import { exportSubject } from "./export-service";

const SALT = "a salt of these tests alone";
const ACTOR = { id: null, label: "administrator" };
const NOW = new Date("2026-11-17T15:00:00Z");
const ASOF = new Date("2026-11-16T05:00:00Z");

async function exported(subject: Subject) {
  let text = "";
  for await (const piece of await exportSubject({ subject, actor: ACTOR, now: NOW })) text += piece;
  return JSON.parse(text) as { about: Subject; exportedAt: string; rows: Record<string, Record<string, unknown>[]> };
}

let one: number;
let two: number;
let contactId: number;
beforeAll(async () => {
  await createTestDatabase();
  process.env.TIDELINE_USAGE_SALT = SALT;
  // Without files of its own: an erasure looks through them.
  env().TIDELINE_DATA_DIR = "/nonexistent";
  const ownerId = await plantUser("Ona Owner", "csm");
  const planted = { probability: 0.8, listing: "flagged" as const, mrrCents: 1, priorityCents: 1, ownerId };
  [one, two] = (await plantCustomers([{ name: "One" }, { name: "Two" }])) as [number, number];
  const model = await plantModel();
  const predictions = [
    { ...planted, name: "One" },
    { ...planted, name: "Two" },
  ];
  await plantRun({ ...model, asOf: ASOF, customerIds: [one, two], predictions, publish: true });
  await pool().query("SELECT ensure_month_partition('feature_row', $1)", [ASOF]);
  await pool().query("INSERT INTO feature_row VALUES ($1, $2, $3, '{8, NULL}', 1, 'Team|5-9')", [
    ASOF,
    one,
    model.viewId,
  ]);
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO contact (customer_id, source_id, full_name, email, import_id, content_hash)
     VALUES ($1, 'k1', 'Robin Marlow', 'robin@one.example', 1, '\\x01'), ($2, 'k2', 'Una Vale', NULL, 1, '') RETURNING id`,
    [one, two],
  );
  contactId = rows[0]?.id as number;
  await pool().query(
    `INSERT INTO usage_event (customer_id, source_id, version, kind, user_key, quantity, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
     SELECT $1, 'u' || i, 1, 'task', CASE WHEN i <= 2500 THEN $2 ELSE 'other' END, 1, '2026-11-01', '2026-11-01', 'source', 1, ''
     FROM generate_series(1, 2501) i`,
    [one, userKey(SALT, "robin@one.example")],
  );
  await pool().query(
    `WITH run AS (INSERT INTO import_run (source, origin, historical, status) VALUES ('csv', '/', false, 'succeeded') RETURNING id)
     INSERT INTO quarantined_row (import_id, file, line, reason, raw)
     SELECT id, 'tickets.csv', 2, 'bad', raw FROM run, unnest(ARRAY['t1,ROBIN@one.example', 't2,someone@two.example']) raw`,
  );
});

describe("the export of a customer", () => {
  it("holds its rows of every table that tells of a customer, numbers by name, and nobody else's", async () => {
    const { about, exportedAt, rows } = await exported({ kind: "customer", id: one });
    expect({ about, exportedAt }).toEqual({ about: { kind: "customer", id: one }, exportedAt: NOW.toISOString() });
    const { rows: tables } = await pool().query<{ table_name: string }>(
      "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'customer_id'",
    );
    for (const { table_name } of tables) expect(rows).toHaveProperty(table_name);
    expect(rows.customer).toMatchObject([{ id: one }]);
    expect(rows.customer_version).toMatchObject([{ name: "One" }]);
    expect(rows.contact?.map((contact) => contact.full_name)).toEqual(["Robin Marlow"]);
    expect(rows.usage_event?.length).toBe(2501);
    expect(rows.feature_row).toMatchObject([{ view: "planted", values: { seats: 8, logins: null } }]);
    expect(Object.keys(rows.prediction?.[0]?.contributions as object)).toEqual(["seats", "logins"]);
    expect(JSON.stringify(rows)).not.toMatch(/Una|"Two"|content_hash/);
  });

  it("of one without anything else is whole", async () => {
    const { rows } = await exported({ kind: "customer", id: two });
    expect(rows.usage_event).toEqual([]);
    expect(rows.contact?.length).toBe(1);
  });
});

describe("the export of a contact", () => {
  it("holds the person, their usage, rows set aside that tell of them, and who looked, without naming users", async () => {
    await exported({ kind: "contact", id: contactId });
    const { rows } = await exported({ kind: "contact", id: contactId });
    expect(rows.contact).toMatchObject([{ full_name: "Robin Marlow", email: "robin@one.example" }]);
    expect(rows.usage_event?.length).toBe(2500);
    expect(rows.quarantined_row?.map((row) => row.raw)).toEqual(["t1,ROBIN@one.example"]);
    expect(rows.audit_event?.map((row) => row.action)).toEqual(["contact.export", "contact.export"]);
    expect(JSON.stringify(rows.audit_event)).not.toContain("administrator");
  });

  it("after the erasure tells no more than that there was one", async () => {
    await erase({ subject: { kind: "contact", id: contactId }, name: "Robin Marlow", actor: ACTOR });
    const text = JSON.stringify(await exported({ kind: "contact", id: contactId }));
    expect(text).toContain(`Erased contact ${contactId}`);
    expect(text).not.toMatch(/robin/i);
  });

  it("of one that is not there is refused before anything is sent or recorded", async () => {
    const count = async () => (await pool().query("SELECT FROM audit_event")).rowCount;
    const before = await count();
    await expect(exported({ kind: "contact", id: 999_999 })).rejects.toMatchObject({ code: "not_found" });
    expect(await count()).toBe(before);
  });

  it("given up half way gives its connection back", async () => {
    for (let i = 0; i < 10; i += 1) {
      const pieces = await exportSubject({ subject: { kind: "customer", id: one }, actor: ACTOR, now: NOW });
      for await (const _ of pieces) if (_.includes("usage_event")) break;
    }
    expect(pool().idleCount).toBe(pool().totalCount);
  });
});
