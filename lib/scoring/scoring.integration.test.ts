import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { type Fence, NO_FENCE } from "@/lib/db/fence";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { championStatus, listModelVersions, loadModelVersion, promoteToChampion } from "@/lib/model-registry/service";
import { changeSetting } from "@/lib/settings/service";
import { getTrainingRun, trainModel } from "@/lib/training/service";
import { scoreAccounts } from "./service";
import { LAST_MONDAY, type SyntheticHistory, writeSyntheticHistory } from "./testing/synthetic-history";

const targetId = "churn-30d";
const now = new Date("2026-11-16T10:00:00Z");
const train = (seed = 1) => trainModel({ targetId, seed, now, fence: NO_FENCE });
const score = (asOf: Date, fence: Fence = NO_FENCE) => scoreAccounts({ targetId, asOf, now, fence });
const promote = (modelVersionId: number, reason = "Chosen by the test.") =>
  promoteToChampion({ targetId, modelVersionId, actor: SYSTEM_ACTOR, reason, now });

/** What stands of a run, without its number. */
async function contentOf(scoringRunId: number): Promise<string> {
  const { rows } = await pool().query<{ hash: string }>(
    `SELECT md5(string_agg(md5(concat_ws('|', customer_id, probability, margin, bias, probability_rank, contributions::text,
       listing, band, mrr_cents, priority_cents, reasons::text, peer_group)), '' ORDER BY customer_id)) AS hash
     FROM prediction WHERE scoring_run_id = $1`,
    [scoringRunId],
  );
  return rows[0]!.hash;
}

const one = async <T extends Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T> =>
  (await pool().query<T>(sql, values)).rows[0]!;

describe("training and scoring", () => {
  let history: SyntheticHistory;
  let first: number;

  beforeAll(async () => {
    await createTestDatabase();
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('demo', now())");
    history = await writeSyntheticHistory({ customers: 400, weeks: 40, seed: 5 });
    await changeSetting({ key: "weeklyCapacity", value: 30, actor: SYSTEM_ACTOR, reason: null });
  });

  it("refuses with the counts where too few customers have left", async () => {
    await changeSetting({ key: "minimumDepartures", value: 5_000, actor: SYSTEM_ACTOR, reason: null });
    const outcome = await train();
    expect(outcome.status).toBe("refused");
    expect(outcome.message).toMatch(/\d+ of \d+ customers left in the \d+ training weeks; at least 5000 are needed/);
    expect(outcome.modelVersionId).toBeUndefined();
    expect(await getTrainingRun(outcome.trainingRunId)).toMatchObject({ status: "refused", message: outcome.message });
    expect(await listModelVersions(targetId)).toEqual([]);
    await changeSetting({ key: "minimumDepartures", value: 30, actor: SYSTEM_ACTOR, reason: null });
  });

  it("says that there is no champion", async () => {
    await expect(score(LAST_MONDAY)).rejects.toThrow(/no champion/);
    expect(await championStatus(targetId)).toEqual({ status: "none" });
  });

  it("trains a model that finds the planted risk, with parts apart by the horizon", async () => {
    const outcome = await train();
    expect(outcome.status).toBe("succeeded");
    first = outcome.modelVersionId!;
    const run = (await getTrainingRun(outcome.trainingRunId))!;
    const { splits, counts, metrics } = run;
    const days = (from: string | undefined, to: string | undefined) =>
      (Date.parse(to!) - Date.parse(from!)) / 86_400_000;
    expect(days(splits!.train.at(-1), splits!.earlyStopping[0])).toBeGreaterThanOrEqual(30);
    expect(days(splits!.calibration.at(-1), splits!.test[0])).toBeGreaterThanOrEqual(30);
    // 30 days of window, 14 of grace and 3 of settlement have passed since the newest as-of that is used.
    expect(days(splits!.test.at(-1), now.toISOString())).toBeGreaterThanOrEqual(47);
    expect(counts!.parts.train!.departedCustomers).toBeGreaterThan(30);
    expect(metrics!.rocAuc).toMatchObject({ status: "ok" });
    if (metrics!.rocAuc.status !== "ok") throw new Error("no AUC");
    expect(metrics!.rocAuc.estimate).toBeGreaterThan(0.85);
    expect(metrics!.rocAuc.low).toBeLessThan(metrics!.rocAuc.estimate);
    expect(metrics!.listedRows).toBeLessThanOrEqual(30 * splits!.test.length + metrics!.flaggedRows);
    expect(run.library).toMatchObject({ threads: expect.any(Number) });
  });

  it("uses no week whose window is not over where the data ends, however late it is trained", async () => {
    const splitsOf = async (at: Date) => {
      const { trainingRunId } = await trainModel({ targetId, seed: 3, now: at, fence: NO_FENCE });
      const run = (await getTrainingRun(trainingRunId))!;
      return { test: run.splits!.test, reach: run.params.labelsMatureAt };
    };
    // Half a year after the files' last day every window is long over by the clock.
    expect(await splitsOf(new Date("2027-05-20T10:00:00Z"))).toEqual({
      test: (await splitsOf(now)).test,
      reach: LAST_MONDAY.toISOString(),
    });
  });

  it("gives the same bytes from the same data and seed, and others from another seed", async () => {
    const [again, other] = [await train(1), await train(2)];
    const bytes = async (id: number) => Buffer.from((await loadModelVersion(id)).booster).toString("base64");
    expect(await bytes(again.modelVersionId!)).toBe(await bytes(first));
    expect(await bytes(other.modelVersionId!)).not.toBe(await bytes(first));
    const hashes = await pool().query("SELECT DISTINCT data_hash FROM training_run WHERE status = 'succeeded'");
    expect(hashes.rowCount).toBe(1);
  });

  it("does not load a version whose bytes, calibrator or columns are not those registered", async () => {
    for (const change of [
      "booster = set_byte(booster, octet_length(booster) / 2, get_byte(booster, octet_length(booster) / 2) # 1)",
      `calibrator = '{"a": 2, "b": 0}'`,
      "columns = columns[2:] || columns[1:1]",
    ]) {
      await pool().query(
        "CREATE TEMP TABLE kept AS SELECT * FROM model_version WHERE id = $1".replace("$1", String(first)),
      );
      await pool().query(`UPDATE model_version SET ${change} WHERE id = $1`, [first]);
      await expect(loadModelVersion(first)).rejects.toThrow(/checksum/);
      await pool().query(
        `UPDATE model_version v SET booster = k.booster, calibrator = k.calibrator, columns = k.columns FROM kept k WHERE v.id = k.id`,
      );
      await pool().query("DROP TABLE kept");
    }
    await loadModelVersion(first);
  });

  it("makes a champion once, with history and audit, whoever repeats it", async () => {
    expect(await promote(first)).toEqual({ moved: true });
    expect(await promote(first)).toEqual({ moved: false });
    expect((await pool().query("SELECT 1 FROM model_alias_move")).rowCount).toBe(1);
    expect((await pool().query("SELECT 1 FROM audit_event WHERE action = 'model.promote'")).rowCount).toBe(1);
    expect(await championStatus(targetId)).toMatchObject({
      status: "champion",
      modelVersionId: first,
      promotedBy: "system",
    });
  });

  it("refuses a promotion by who is no administrator", async () => {
    const { id } = await one<{ id: number }>(
      `INSERT INTO app_user (email, name, role, password_hash) VALUES ('a@b.example', 'A', 'data_scientist', 'x') RETURNING id`,
    );
    await expect(
      promoteToChampion({
        targetId,
        modelVersionId: first,
        actor: { id, label: "A" },
        reason: "Because I say so.",
        now,
      }),
    ).rejects.toThrow(/administrator/);
  });

  it("publishes nothing where the fence says that another worker has the run", async () => {
    const refuse: Fence = async () => {
      throw new Error("fenced");
    };
    await expect(score(LAST_MONDAY, refuse)).rejects.toThrow("fenced");
    expect((await pool().query("SELECT 1 FROM prediction")).rowCount).toBe(0);
    expect((await pool().query("SELECT 1 FROM current_scoring_run")).rowCount).toBe(0);
    expect((await pool().query("SELECT 1 FROM risk_episode")).rowCount).toBe(0);
  });

  it("publishes a Monday whole: everyone scored once, contributions that add up, a list within the capacity", async () => {
    const asOf = history.mondays.at(-2)!;
    const outcome = await score(asOf);
    expect(outcome).toMatchObject({ isNew: true, isCurrent: true, bridgeRunId: null });
    const { rows } = await one<{ rows: number }>("SELECT rows FROM feature_build WHERE as_of = $1", [asOf]);
    expect(outcome.scored).toBe(rows);
    expect(outcome.flagged + outcome.watched).toBe(Math.max(30, outcome.flagged));
    const stored = await one<Record<string, number>>(
      `SELECT count(*)::int AS n, max(abs(bias + (SELECT sum(c::float8) FROM unnest(contributions) c) - margin)) AS gap,
         max(abs(probability - 1 / (1 + exp(-margin)))) AS off, count(*) FILTER (WHERE listing = 'flagged' AND probability <= 0.7)::int AS wrong,
         (min(priority_cents) FILTER (WHERE listing = 'watch'))::int AS "lastWatched",
         (max(priority_cents) FILTER (WHERE listing = 'unlisted' AND probability > 0.15))::int AS "firstUnlisted"
       FROM prediction WHERE scoring_run_id = $1`,
      [outcome.scoringRunId],
    );
    expect(stored.n).toBe(rows);
    expect(stored.gap).toBeLessThanOrEqual(1e-4);
    expect(stored.off).toBeLessThan(1e-12);
    expect(stored.wrong).toBe(0);
    expect(stored.lastWatched ?? 0).toBeGreaterThanOrEqual(stored.firstUnlisted ?? 0);
    const episodes = await pool().query("SELECT 1 FROM risk_episode WHERE closed_at IS NULL");
    expect(episodes.rowCount).toBe(outcome.flagged + outcome.watched);
  });

  it("run again changes nothing", async () => {
    const asOf = history.mondays.at(-2)!;
    const again = await score(asOf);
    expect(again.isNew).toBe(false);
    expect((await pool().query("SELECT 1 FROM scoring_run WHERE status = 'complete'")).rowCount).toBe(1);
  });

  it("killed at any step and run again, gives the same result, once", async () => {
    for (const step of [0, 1, 2, 3]) await scoreAndKill(step);
    const outcome = await score(LAST_MONDAY);
    const runs = await pool().query("SELECT status FROM scoring_run WHERE as_of = $1 ORDER BY id", [LAST_MONDAY]);
    expect(runs.rows.filter((run) => run.status === "complete")).toHaveLength(1);
    expect(runs.rows.some((run) => run.status === "abandoned")).toBe(true);
    expect(runs.rows.some((run) => run.status === "running")).toBe(false);
    const { n } = await one<{ n: number }>("SELECT count(*)::int AS n FROM prediction WHERE as_of = $1", [LAST_MONDAY]);
    expect(n).toBe(outcome.scored);
    const doubled = await pool().query(
      "SELECT 1 FROM episode_week GROUP BY customer_id, as_of HAVING count(*) > 1 UNION ALL SELECT 1 FROM risk_episode WHERE closed_at IS NULL GROUP BY customer_id HAVING count(*) > 1",
    );
    expect(doubled.rowCount).toBe(0);

    const content = await contentOf(outcome.scoringRunId);
    await pool().query("DELETE FROM current_scoring_run");
    await pool().query("DELETE FROM prediction WHERE scoring_run_id = $1", [outcome.scoringRunId]);
    await pool().query("UPDATE scoring_run SET status = 'abandoned' WHERE id = $1", [outcome.scoringRunId]);
    const undisturbed = await score(LAST_MONDAY);
    expect(undisturbed.isNew).toBe(true);
    expect(await contentOf(undisturbed.scoringRunId)).toBe(content);
  });

  it("does not publish an older Monday over a newer one", async () => {
    const before = await one("SELECT scoring_run_id FROM current_scoring_run");
    const older = await score(history.mondays.at(-5)!);
    expect(older).toMatchObject({ isNew: true, isCurrent: false });
    expect(await one("SELECT scoring_run_id FROM current_scoring_run")).toEqual(before);
    const { published_at } = await one("SELECT published_at FROM scoring_run WHERE id = $1", [older.scoringRunId]);
    expect(published_at).toBeNull();
  });

  it("scores a Monday anew where the capacity was changed, and its episodes count once", async () => {
    await changeSetting({ key: "weeklyCapacity", value: 32, actor: SYSTEM_ACTOR, reason: null });
    const outcome = await score(LAST_MONDAY);
    expect(outcome).toMatchObject({ isNew: true, isCurrent: true });
    const { n } = await one<{ n: number }>("SELECT count(*)::int AS n FROM episode_week WHERE as_of = $1", [
      LAST_MONDAY,
    ]);
    const { listed } = await one<{ listed: number }>(
      "SELECT count(DISTINCT customer_id)::int AS listed FROM episode_week WHERE as_of = $1 AND listing <> 'unlisted'",
      [LAST_MONDAY],
    );
    expect(listed).toBe(outcome.flagged + outcome.watched);
    expect(n).toBeGreaterThanOrEqual(listed);
  });

  it("after a promotion scores the Monday with the champion before as well, unpublished, once", async () => {
    const other = (await listModelVersions(targetId)).find((version) => version.number === 3)!;
    await pool().query("DELETE FROM current_scoring_run");
    const asOf = LAST_MONDAY;
    await pool().query("UPDATE scoring_run SET status = 'abandoned' WHERE as_of = $1 AND status = 'complete'", [asOf]);
    await promote(other.id);
    const outcome = await score(asOf);
    expect(outcome.bridgeRunId).not.toBeNull();
    const bridge = await one(
      "SELECT role, status, model_version_id, published_at, scored FROM scoring_run WHERE id = $1",
      [outcome.bridgeRunId],
    );
    expect(bridge).toEqual({
      role: "bridge",
      status: "complete",
      model_version_id: first,
      published_at: null,
      scored: outcome.scored,
    });
    expect(await one("SELECT scoring_run_id FROM current_scoring_run")).toEqual({
      scoring_run_id: outcome.scoringRunId,
    });
    expect((await score(asOf)).bridgeRunId).toBeNull();
  });
});

/** Scores the last Monday in a process of its own and kills it at the given report of progress. */
function scoreAndKill(step: number): Promise<void> {
  const script = fileURLToPath(new URL("./testing/score-in-child.ts", import.meta.url));
  const child = fork(script, [targetId, LAST_MONDAY.toISOString()], {
    execArgv: ["--import", "tsx", "--conditions=react-server"],
    env: { ...process.env, OMP_WAIT_POLICY: "passive" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let reports = 0;
  child.on("message", (message: { progress?: unknown }) => {
    if (!message.progress) return;
    if (reports === step) child.kill("SIGKILL");
    reports += 1;
  });
  return new Promise((resolve) => child.once("close", () => resolve()));
}
