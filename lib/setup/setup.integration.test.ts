import { expect, test } from "vitest";
import { closePool, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { worldTemplate } from "@/prisma/seed/testing/world-template";
import { getSetUp } from "./service";

const now = new Date("2026-03-04T12:00:00Z");
const facts = async () => (await getSetUp({ targetId: CHURN_TARGET_ID, now })).facts;

test("a new database has nothing, and a rule of what counts as churn", async () => {
  await createTestDatabase();
  const { facts, next } = await getSetUp({ targetId: CHURN_TARGET_ID, now });
  expect(next).toBe("company");
  expect(facts).toMatchObject({
    company: { name: null, undecided: ["companyName", "zone", "currency"] },
    rule: { horizonDays: 30, graceDays: 14 },
    data: { customers: 0, imports: 0, running: false, lastError: null },
    churnCheck: null,
    dataProblem: null,
    team: { csms: 0, accounts: 0, invited: 0, awaited: 0 },
    training: { running: false, lastRefusal: null, newestModel: null, champion: null },
    queue: { listed: null, running: false, lastError: null },
  });
});

test("an import counts as under way, failed or done by the newest one", async () => {
  const insert = (status: string, error: string | null) =>
    pool().query("INSERT INTO import_run (source, origin, historical, status, error) VALUES ('s', 'o', true, $1, $2)", [
      status,
      error,
    ]);
  await insert("succeeded", null);
  await insert("failed", "not UTF-8");
  expect((await facts()).data).toEqual({ customers: 0, imports: 1, running: false, lastError: "not UTF-8" });
  await insert("running", null);
  expect((await facts()).data).toEqual({ customers: 0, imports: 1, running: true, lastError: null });
});

test("a training that failed before it made a run is told, until a later one ends otherwise", async () => {
  await pool().query(
    `INSERT INTO job_run (id, job, slot, status, error, finished_at)
     VALUES ('t1', 'train-model', now(), 'failed', 'No week is covered by data yet', '2026-03-01T10:00Z')`,
  );
  expect((await facts()).training.lastRefusal).toBe("No week is covered by data yet");
  await pool().query(
    `INSERT INTO feature_view (target_id, name, version, definition_hash, columns) VALUES ('churn-30d', 'v', 1, 'h', '[]');
     INSERT INTO training_run (target_id, view_id, label_rule_id, status, splits, params, seed, library, message, finished_at)
       VALUES ('churn-30d', 1, 1, 'refused', '{}', '{}', 1, '{}', '9 departures', '2026-03-01T11:00Z')`,
  );
  expect((await facts()).training.lastRefusal).toBe("9 departures");
  await pool().query("UPDATE training_run SET status = 'succeeded', message = 'Model 1'");
  expect((await facts()).training.lastRefusal).toBeNull();
});

test("a company with a published week has a champion and a queue", async () => {
  await closePool();
  await createTestDatabase(await worldTemplate());
  // As if it were a company's own: nobody confirms the churn of a demo.
  await pool().query("UPDATE installation SET mode = 'own'");
  const { facts } = await getSetUp({ targetId: CHURN_TARGET_ID, now });
  const { rows } = await pool().query("SELECT count(*)::int AS n FROM prediction WHERE listing <> 'unlisted'");
  expect(facts.queue.listed).toBe(rows[0].n);
  expect(facts.queue.listed).toBeGreaterThan(0);
  expect(facts.training.champion).toBe(1);
  expect(facts.team).toEqual({ csms: 5, accounts: 9, invited: 0, awaited: 0 });
  expect(facts.churnCheck?.months).toBeGreaterThan(5);
  expect(facts.dataProblem).toMatch(/^The churn is not confirmed\. /);
  expect(facts.churnCheck).toMatchObject({ survivorship: null, confirmation: null });
  expect(facts.data.customers).toBeGreaterThan(100);
});
