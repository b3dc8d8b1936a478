import { beforeAll, expect, test, vi } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { CHURN_TARGET_ID } from "./contract";
import { getProductStatus } from "./service";

beforeAll(async () => {
  await createTestDatabase();
  vi.useFakeTimers({ now: new Date("2026-11-25T12:00:00Z"), toFake: ["Date"] });
});

test("before anything is set up there are no scores, and that is said", async () => {
  expect(await getProductStatus(CHURN_TARGET_ID)).toMatchObject({ mode: "empty", scores: null, override: null });
});

test("a demo with last week's scores says so, with the day that the data goes to", async () => {
  await publish();
  const status = await getProductStatus(CHURN_TARGET_ID);
  expect(status.mode).toBe("demo");
  expect(status.scores).toEqual({
    asOf: "2026-11-16T05:00:00.000Z",
    dataTo: "2026-11-15T05:00:00.000Z",
    weeksBehind: 1,
    modelNumber: 1,
  });
});

test("a champion whose gates failed is named with the reason of its last appointment only", async () => {
  await appoint(1, false, "the first one, to begin with");
  expect((await getProductStatus(CHURN_TARGET_ID)).override).toMatchObject({
    modelNumber: 1,
    reason: "the first one, to begin with",
    actorLabel: "system",
  });
  await appoint(2, true, "passed everything");
  expect((await getProductStatus(CHURN_TARGET_ID)).override).toBeNull();
});

async function publish(): Promise<void> {
  await pool().query(`
    INSERT INTO installation (id, mode) VALUES (1, 'demo');
    INSERT INTO feature_view (target_id, name, version, definition_hash, columns) VALUES ('churn-30d', 'v', 1, 'h', '[]');
    INSERT INTO training_run (target_id, view_id, label_rule_id, status, splits, params, seed, library)
      SELECT 'churn-30d', 1, 1, 'succeeded', '{}', '{}', 1, '{}' FROM generate_series(1, 2);
    INSERT INTO model_version (target_id, number, training_run_id, booster, calibrator, columns, categories, checksum, gates)
      SELECT 'churn-30d', n, n, '', '{}', '{}', '{}', '', '[]' FROM generate_series(1, 2) n;
    INSERT INTO feature_build (view_id, as_of, known_by, data_cut, status, rows)
      VALUES (1, '2026-11-16T05:00Z', '2026-11-16T07:00Z', now(), 'complete', 1);
    INSERT INTO scoring_run (target_id, model_version_id, build_id, as_of, role, status, threshold, floor, capacity, parameters)
      VALUES ('churn-30d', 1, 1, '2026-11-16T05:00Z', 'champion', 'complete', 0.7, 0.15, 250, '{}');
    INSERT INTO current_scoring_run (target_id, scoring_run_id) VALUES ('churn-30d', 1)`);
}

async function appoint(version: number, gatesPassed: boolean, reason: string): Promise<void> {
  await pool().query(
    `INSERT INTO model_alias (target_id, alias, model_version_id) VALUES ('churn-30d', 'champion', $1)
     ON CONFLICT (target_id, alias) DO UPDATE SET model_version_id = $1`,
    [version],
  );
  await pool().query(
    `INSERT INTO model_alias_move (target_id, alias, to_version_id, actor_label, reason, gates_passed)
     VALUES ('churn-30d', 'champion', $1, 'system', $2, $3)`,
    [version, reason, gatesPassed],
  );
}
