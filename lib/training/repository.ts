import type { PoolClient } from "pg";
import { copyRows } from "@/lib/db/copy";
import { pool } from "@/lib/db/pool";
import type { BacktestRow, BacktestWeek } from "./backtest";
import type { TrainingStatus } from "./contract";

export type TrainingRunRow = {
  id: number;
  status: TrainingStatus;
  startedAt: Date;
  finishedAt: Date | null;
  startedBy: number | null;
  startedByName: string | null;
  seed: number;
  viewName: string;
  viewVersion: number;
  modelVersionId: number | null;
  modelVersionNumber: number | null;
  message: string | null;
  refusal: string | null;
  gates: { passed: boolean }[] | null;
  metrics: unknown;
};

export type TrainingRunDetailRow = TrainingRunRow & {
  splits: unknown;
  params: Record<string, unknown>;
  library: unknown;
  dataHash: string | null;
  codeRevision: string | null;
  counts: unknown;
  learningCurve: unknown;
};

const SUMMARY = `t.id, t.status, t.started_at AS "startedAt", t.finished_at AS "finishedAt", t.started_by AS "startedBy",
    u.name AS "startedByName", t.seed, f.name AS "viewName", f.version AS "viewVersion", v.id AS "modelVersionId",
    v.number AS "modelVersionNumber", v.gates, t.message, t.refusal, t.metrics`;
const FROM = `FROM training_run t JOIN feature_view f ON f.id = t.view_id LEFT JOIN app_user u ON u.id = t.started_by
    LEFT JOIN model_version v ON v.training_run_id = t.id`;

/** The Mondays that have feature rows of a view, ascending. */
export async function findBuiltWeeks(viewId: number): Promise<Date[]> {
  const { rows } = await pool().query<{ asOf: Date }>(
    `SELECT as_of AS "asOf" FROM feature_build WHERE view_id = $1 AND status = 'complete' ORDER BY as_of`,
    [viewId],
  );
  return rows.map((row) => row.asOf);
}

export async function insertTrainingRun(run: {
  targetId: string;
  viewId: number;
  labelRuleId: number;
  params: Record<string, unknown>;
  seed: number;
  library: unknown;
  codeRevision: string | null;
  startedBy: number | null;
}): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO training_run (target_id, view_id, label_rule_id, status, splits, params, seed, library, code_revision, started_by)
     VALUES ($1, $2, $3, 'running', '{}', $4, $5, $6, $7, $8) RETURNING id`,
    [
      run.targetId,
      run.viewId,
      run.labelRuleId,
      JSON.stringify(run.params),
      run.seed,
      JSON.stringify(run.library),
      run.codeRevision,
      run.startedBy,
    ],
  );
  return (rows[0] as { id: number }).id;
}

/** Marks runs that a dead process left. The caller holds the target's training lock, so none of them is alive. */
export async function failInterruptedRuns(targetId: string): Promise<void> {
  await pool().query(
    `UPDATE training_run SET status = 'failed', finished_at = now(), message = 'The process ended before it was done.'
     WHERE target_id = $1 AND status = 'running'`,
    [targetId],
  );
}

/** What is known of a run so far; undefined fields stay as they are. A status ends the run. */
export async function updateTrainingRun(
  client: PoolClient | null,
  id: number,
  change: {
    status?: TrainingStatus;
    splits?: unknown;
    params?: Record<string, unknown>;
    dataHash?: string;
    counts?: unknown;
    metrics?: unknown;
    learningCurve?: unknown;
    message?: string;
    refusal?: string;
  },
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await (client ?? pool()).query(
    `UPDATE training_run SET status = coalesce($2, status), splits = coalesce($3, splits), params = coalesce($4, params),
       data_hash = coalesce($5, data_hash), counts = coalesce($6, counts), metrics = coalesce($7, metrics),
       learning_curve = coalesce($8, learning_curve), message = coalesce($9, message),
       refusal = coalesce($10, refusal),
       finished_at = CASE WHEN $2 IS NULL THEN finished_at ELSE now() END
     WHERE id = $1`,
    [
      id,
      change.status ?? null,
      json(change.splits),
      json(change.params),
      change.dataHash ?? null,
      json(change.counts),
      json(change.metrics),
      json(change.learningCurve),
      change.message ?? null,
      change.refusal ?? null,
    ],
  );
}

/** Stores the backtested weeks of a run, in the caller's transaction. */
export async function insertBacktest(
  client: PoolClient,
  args: { trainingRunId: number; weeks: readonly BacktestWeek[]; rows: readonly BacktestRow[] },
): Promise<void> {
  const { trainingRunId } = args;
  await copyRows({
    client,
    table: "backtest_week",
    columns: ["training_run_id", "as_of", "scored"],
    rows: args.weeks.map(({ asOf, scored }) => [trainingRunId, new Date(asOf), scored]),
  });
  await copyRows({
    client,
    table: "backtest_row",
    columns: [
      "training_run_id",
      "as_of",
      "customer_id",
      "probability",
      "probability_rank",
      "listing",
      "mrr_cents",
      "priority_cents",
      "departed_at",
      "reasons",
    ],
    rows: args.rows.map((row) => [
      trainingRunId,
      new Date(row.asOf),
      row.customerId,
      row.probability,
      row.probabilityRank,
      row.listing,
      row.mrrCents,
      row.priorityCents,
      row.departedAt === null ? null : new Date(row.departedAt),
      row.reasons,
    ]),
  });
}

/** Newest first. */
export async function findTrainingRuns(args: { targetId: string; limit: number }): Promise<TrainingRunRow[]> {
  const { rows } = await pool().query<TrainingRunRow>(
    `SELECT ${SUMMARY} ${FROM} WHERE t.target_id = $1 ORDER BY t.started_at DESC, t.id DESC LIMIT $2`,
    [args.targetId, args.limit],
  );
  return rows;
}

export async function findTrainingRun(id: number): Promise<TrainingRunDetailRow | null> {
  const { rows } = await pool().query<TrainingRunDetailRow>(
    `SELECT ${SUMMARY}, t.splits, t.params, t.library, t.data_hash AS "dataHash", t.code_revision AS "codeRevision", t.counts,
       t.learning_curve AS "learningCurve" ${FROM} WHERE t.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
