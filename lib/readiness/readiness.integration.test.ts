import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handleTrainModel } from "@/jobs/train-model/handler";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { confirmChurn, getChurnCheck } from "@/lib/churn-check/service";
import { NO_FENCE } from "@/lib/db/fence";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeSetting } from "@/lib/settings/service";
import { listTrainingRuns } from "@/lib/training/service";
import { createRandom } from "@/ml/random/random";
import { getReadiness } from "./service";

const TARGET = "churn-30d";
/** A Wednesday; the data ends with the Sunday before. */
const NOW = new Date("2026-10-14T12:00:00Z");
const LAST_DAY = "2026-10-11";
const WEEKS = 44;

let actor: { id: number; label: string };
beforeAll(async () => {
  await createTestDatabase();
  const { rows } = await pool().query<{ id: number }>(
    "INSERT INTO app_user (email, name, role, password_hash) VALUES ('a@harbour.example', 'Ada', 'admin', 'x') RETURNING id",
  );
  actor = { id: rows[0]!.id, label: "a@harbour.example" };
  await changeSetting({ key: "minimumDepartures", value: 20, actor: SYSTEM_ACTOR, reason: null });
});
beforeEach(async () => {
  await pool().query(
    `TRUNCATE customer, subscription_event, usage_daily, ticket_event, payment_event, churn_confirmation, feature_build, feature_row,
       feature_range, label, training_run, model_version, installation CASCADE`,
  );
});

/**
 * Customers who use the product by chance and leave by chance: a share of them, each in a week of its own, over `weeks`
 * weeks before the data ends.
 */
async function plant(args: { customers: number; leavers: number; weeks?: number; seed?: number }) {
  const { customers, leavers, weeks = WEEKS } = args;
  const random = createRandom(args.seed ?? 7);
  const leavesAfter = Array.from({ length: customers }, (_, i) =>
    i < leavers ? Math.floor(random.next() * weeks * 7) : null,
  );
  await pool().query("INSERT INTO customer (id, source_id) SELECT n, 'c' || n FROM generate_series(1, $1::int) n", [
    customers,
  ]);
  await pool().query(
    `WITH c AS (
       SELECT n AS id, $2::int[] AS d, ($1::date - $3::int * 7)::timestamp AT TIME ZONE 'America/New_York' AS began
       FROM generate_series(1, $4::int) n)
     INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, seats, unit_price_cents, plan, occurred_at,
       recorded_at, recorded_basis, import_id, content_hash)
     SELECT id, kind || id, 1, 's' || id, kind, 5, 5000, 'Team', at, at, 'source', 1, '' FROM c
     CROSS JOIN LATERAL (VALUES ('start', began - interval '200 days'), ('end', began + d[id] * interval '1 day')) AS e(kind, at)
     WHERE at IS NOT NULL`,
    [LAST_DAY, leavesAfter, weeks, customers],
  );
  await pool().query(
    `INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, active_users, sessions, tasks, comments,
       projects, files, reports, integrations, exports)
     SELECT n, $1::date - w * 7 - d, ($1::date - w * 7 - d + 1)::timestamptz, 1, 'source', 1 + (n * 7 + w * 3) % 4, 1 + (n * 5 + w) % 9,
       (n + w * d) % 6, 0, 0, 0, 0, 0, 0
     FROM generate_series(1, $2::int) n, generate_series(0, $3::int - 1) w, unnest(ARRAY[0, 2, 4]) d
     WHERE $4::int[] IS NULL OR coalesce(($4::int[])[n] > ($3::int - w) * 7 - d, true)`,
    [LAST_DAY, customers, weeks, leavesAfter],
  );
  await imported();
}

/** Facts come by imports: what was counted before one is counted anew after it. */
async function imported() {
  await pool().query(
    "INSERT INTO import_run (source, origin, historical, status) VALUES ('s', 'o', true, 'succeeded')",
  );
}

async function confirm() {
  const { months, rule } = await getChurnCheck({ targetId: TARGET, now: NOW });
  await confirmChurn({
    labelRuleId: rule.id,
    months: months.map(({ month, atStart, departures }) => ({ month, atStart, departures })),
    financeRate: null,
    note: "Compared with the ledger.",
    targetId: TARGET,
    actor,
    now: NOW,
  });
}

const readiness = () => getReadiness(TARGET, NOW);
const train = () =>
  handleTrainModel({
    payload: {},
    slot: NOW,
    now: NOW,
    fence: NO_FENCE,
    signal: new AbortController().signal,
    onProgress: () => {},
    requestedBy: actor,
  });
const runs = () => listTrainingRuns({ targetId: TARGET });
const builds = async () => (await pool().query("SELECT 1 FROM feature_build")).rowCount;

/** What the verdict names, a training is refused for, with the same words, before anything is built. */
async function expectRefused(state: string) {
  const { state: verdict, says } = await readiness();
  expect(verdict).toBe(state);
  const outcome = await train();
  expect(outcome).toMatchObject({ status: "refused", message: expect.stringContaining(says) });
  expect(await runs()).toEqual([expect.objectContaining({ status: "refused", refusal: state, modelVersion: null })]);
  expect(await builds()).toBe(0);
}

describe("enough for a model?", () => {
  it("without data: no", async () => {
    expect(await readiness()).toMatchObject({ state: "no_data", title: "No data" });
    await expect(train()).rejects.toThrow("No week is covered by data yet");
  });

  it("with nobody who left: no, whatever else is there", async () => {
    await plant({ customers: 60, leavers: 0 });
    await expectRefused("survivorship");
  });

  it("with too few weeks: no, with how many there are and how many it takes", async () => {
    await plant({ customers: 60, leavers: 30, weeks: 30 });
    await expectRefused("too_short");
    // 30 weeks less the 12 of usage before the first, and the newest seven, whose windows are open.
    expect((await readiness()).says).toContain("11 weeks can be learnt from, at least 19 are needed");
  });

  it("with too few departures: no, before anybody is asked to confirm them", async () => {
    await plant({ customers: 200, leavers: 24 });
    await expectRefused("too_few_departures");
    const { says, helps, checks } = await readiness();
    expect(says).toMatch(/\d+ of \d+ customers left in the \d+ training weeks; at least 20 are needed/);
    expect(helps).toMatch(/more departures/);
    expect(checks.find(({ id }) => id === "churn")?.state).toBe("failed");
  });

  it("with departures that nobody has confirmed: no, until an admin does, and again when they change", async () => {
    await plant({ customers: 400, leavers: 300 });
    await expectRefused("churn_not_confirmed");
    await confirm();
    expect((await readiness()).state).toBe("trainable");
    await pool().query("UPDATE subscription_event SET kind = 'seat_change' WHERE kind = 'end' AND customer_id < 60");
    await imported();
    expect((await readiness()).state).toBe("churn_not_confirmed");
  });

  it("a demo is not held back for want of a confirmation", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('demo', now())");
    await plant({ customers: 400, leavers: 300 });
    expect((await readiness()).state).toBe("trainable");
  });

  it("with departures by chance alone a training ends near chance, and that is said", async () => {
    await plant({ customers: 400, leavers: 300 });
    await confirm();
    const outcome = await train();
    expect(outcome.message).toMatch(/near chance/i);
    const verdict = await readiness();
    expect(verdict).toMatchObject({ state: "near_chance", title: "Near chance" });
    expect(verdict.checks.filter(({ state }) => state === "failed").map(({ id }) => id)).toEqual(["model"]);
  });

  it("with most features missing a training is refused after they are built", async () => {
    await plant({ customers: 400, leavers: 300 });
    await pool().query("DELETE FROM usage_daily");
    // Something must tell how far the data reaches.
    await pool().query(
      `INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, seats, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
       VALUES (400, 'last', 1, 's400', 'seat_change', 6, '2026-10-11T12:00Z', '2026-10-11T12:00Z', 'source', 1, '')`,
    );
    await imported();
    await confirm();
    expect(await train()).toMatchObject({
      status: "refused",
      message: expect.stringContaining("Most features are missing"),
    });
    expect((await runs())[0]).toMatchObject({ refusal: "features_missing" });
    expect((await readiness()).state).toBe("features_missing");
  });
});

afterAll(async () => {
  await pool().query("DELETE FROM installation");
});
