import type { PoolClient } from "pg";
import { type CopyValue, copyRows } from "@/lib/db/copy";
import { pool } from "@/lib/db/pool";
import type { Band, Listing, ScoringParameters } from "./contract";

export type ScoringRole = "champion" | "bridge";

/** What a run is made with; equal rules on equal features give equal predictions. */
export type ScoringRule = {
  targetId: string;
  modelVersionId: number;
  buildId: number;
  asOf: Date;
  role: ScoringRole;
  threshold: number;
  floor: number;
  capacity: number;
  parameters: ScoringParameters;
};

export type ScoringCounts = { scored: number; flagged: number; watched: number; leaving: number };

export type PredictionRow = {
  customerId: number;
  probability: number;
  margin: number;
  bias: number;
  probabilityRank: number;
  contributions: readonly number[];
  listing: Listing;
  band: Band;
  mrrCents: number;
  priorityCents: number;
  /** JSON. */
  reasons: string;
  peerGroup: string;
};

export type LeavingRow = { customerId: number; noticeAt: Date; effectiveAt: Date | null; mrrCents: number };

/** The build of a view for a Monday, null where it is missing or was left out. */
export async function findBuild(viewId: number, asOf: Date): Promise<{ id: number; rows: number } | null> {
  const { rows } = await pool().query<{ id: number; rows: number }>(
    "SELECT id, rows FROM feature_build WHERE view_id = $1 AND as_of = $2 AND status = 'complete'",
    [viewId, asOf],
  );
  return rows[0] ?? null;
}

/** A complete run of exactly this rule. */
export async function findCompleteRun(rule: ScoringRule): Promise<({ id: number } & ScoringCounts) | null> {
  const { rows } = await pool().query<{ id: number } & ScoringCounts>(
    `SELECT id, scored, flagged, watched, leaving FROM scoring_run
     WHERE target_id = $1 AND model_version_id = $2 AND build_id = $3 AND as_of = $4 AND role = $5 AND status = 'complete'
       AND threshold = $6 AND floor = $7 AND capacity = $8 AND parameters -> 'priority' = $9
     ORDER BY id DESC LIMIT 1`,
    [
      rule.targetId,
      rule.modelVersionId,
      rule.buildId,
      rule.asOf,
      rule.role,
      rule.threshold,
      rule.floor,
      rule.capacity,
      JSON.stringify(rule.parameters.priority),
    ],
  );
  return rows[0] ?? null;
}

/** Whether a model has scored a Monday, in whatever role. */
export async function hasScored(args: { targetId: string; modelVersionId: number; asOf: Date }): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT 1 FROM scoring_run WHERE target_id = $1 AND model_version_id = $2 AND as_of = $3 AND status = 'complete' LIMIT 1`,
    [args.targetId, args.modelVersionId, args.asOf],
  );
  return rowCount === 1;
}

/** The model of the last published run before a given one. */
export async function findModelBefore(args: { targetId: string; asOf: Date; runId: number }): Promise<number | null> {
  const { rows } = await pool().query<{ modelVersionId: number }>(
    `SELECT model_version_id AS "modelVersionId" FROM scoring_run
     WHERE target_id = $1 AND role = 'champion' AND status = 'complete' AND published_at IS NOT NULL
       AND (as_of, id) < ($2, $3) ORDER BY as_of DESC, id DESC LIMIT 1`,
    [args.targetId, args.asOf, args.runId],
  );
  return rows[0]?.modelVersionId ?? null;
}

/** Runs that a dead process left become abandoned, without rows. The caller holds the target's scoring lock. */
export async function abandonRuns(targetId: string): Promise<number> {
  const { rows } = await pool().query<{ id: number; asOf: Date }>(
    `UPDATE scoring_run SET status = 'abandoned', finished_at = now() WHERE target_id = $1 AND status = 'running'
     RETURNING id, as_of AS "asOf"`,
    [targetId],
  );
  for (const { id, asOf } of rows) {
    await pool().query("DELETE FROM prediction WHERE as_of = $1 AND scoring_run_id = $2", [asOf, id]);
    await pool().query("DELETE FROM leaving_customer WHERE scoring_run_id = $1", [id]);
  }
  return rows.length;
}

export async function insertRun(rule: ScoringRule): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO scoring_run (target_id, model_version_id, build_id, as_of, role, status, threshold, floor, capacity, parameters)
     VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9) RETURNING id`,
    [
      rule.targetId,
      rule.modelVersionId,
      rule.buildId,
      rule.asOf,
      rule.role,
      rule.threshold,
      rule.floor,
      rule.capacity,
      JSON.stringify(rule.parameters),
    ],
  );
  return (rows[0] as { id: number }).id;
}

const PREDICTION_COLUMNS = [
  "as_of",
  "customer_id",
  "scoring_run_id",
  "probability",
  "margin",
  "bias",
  "probability_rank",
  "contributions",
  "listing",
  "band",
  "mrr_cents",
  "priority_cents",
  "reasons",
  "peer_group",
] as const;

/** Writes predictions of a run, in the caller's transaction; the rows are taken one by one. */
export async function insertPredictions(
  client: PoolClient,
  args: { scoringRunId: number; asOf: Date; rows: Iterable<PredictionRow> },
): Promise<number> {
  const asOf = args.asOf.toISOString();
  await client.query("SELECT ensure_month_partition('prediction', $1)", [args.asOf]);
  function* values(): Generator<readonly CopyValue[]> {
    for (const row of args.rows) {
      yield [
        asOf,
        row.customerId,
        args.scoringRunId,
        row.probability,
        row.margin,
        row.bias,
        row.probabilityRank,
        row.contributions,
        row.listing,
        row.band,
        row.mrrCents,
        row.priorityCents,
        row.reasons,
        row.peerGroup,
      ];
    }
  }
  return copyRows({ client, table: "prediction", columns: PREDICTION_COLUMNS, rows: values() });
}

export async function insertLeaving(
  client: PoolClient,
  args: { scoringRunId: number; rows: readonly LeavingRow[] },
): Promise<number> {
  return copyRows({
    client,
    table: "leaving_customer",
    columns: ["scoring_run_id", "customer_id", "notice_at", "effective_at", "mrr_cents"],
    rows: args.rows.map((row) => [args.scoringRunId, row.customerId, row.noticeAt, row.effectiveAt, row.mrrCents]),
  });
}

/** What stands in the database of a run, for the check before it is published. */
export async function measureRun(
  client: PoolClient,
  args: { scoringRunId: number; asOf: Date },
): Promise<ScoringCounts & { priorityCents: number; ranks: number; notAdditive: number }> {
  const { rows } = await client.query<ScoringCounts & { priorityCents: string; ranks: number; notAdditive: number }>(
    `SELECT count(*)::int AS scored, (count(*) FILTER (WHERE listing = 'flagged'))::int AS flagged,
       (count(*) FILTER (WHERE listing = 'watch'))::int AS watched, coalesce(sum(priority_cents), 0)::text AS "priorityCents",
       count(DISTINCT probability_rank)::int AS ranks,
       (count(*) FILTER (WHERE NOT abs(bias + (SELECT sum(c::float8) FROM unnest(contributions) AS c) - margin) <= 1e-4))::int
         AS "notAdditive",
       (SELECT count(*) FROM leaving_customer WHERE scoring_run_id = $2)::int AS leaving
     FROM prediction WHERE as_of = $1 AND scoring_run_id = $2`,
    [args.asOf, args.scoringRunId],
  );
  const [measured] = rows;
  if (!measured) throw new Error(`Scoring run ${args.scoringRunId} could not be measured`);
  return { ...measured, priorityCents: Number(measured.priorityCents) };
}

export async function completeRun(
  client: PoolClient,
  args: { scoringRunId: number; counts: ScoringCounts },
): Promise<void> {
  const { scored, flagged, watched, leaving } = args.counts;
  await client.query(
    `UPDATE scoring_run SET status = 'complete', finished_at = clock_timestamp(), scored = $2, flagged = $3, watched = $4, leaving = $5
     WHERE id = $1`,
    [args.scoringRunId, scored, flagged, watched, leaving],
  );
}

/** The run that pages read, locked until commit; null before the first. */
export async function lockCurrentRun(
  client: PoolClient,
  targetId: string,
): Promise<{ scoringRunId: number; asOf: Date } | null> {
  const { rows } = await client.query<{ scoringRunId: number; asOf: Date }>(
    `SELECT c.scoring_run_id AS "scoringRunId", r.as_of AS "asOf" FROM current_scoring_run c
     JOIN scoring_run r ON r.id = c.scoring_run_id WHERE c.target_id = $1 FOR UPDATE OF c`,
    [targetId],
  );
  return rows[0] ?? null;
}

/** Makes a run the one that pages read. */
export async function flipCurrentRun(
  client: PoolClient,
  args: { targetId: string; scoringRunId: number; publishedAt: Date },
): Promise<void> {
  await client.query("UPDATE scoring_run SET published_at = coalesce(published_at, $2) WHERE id = $1", [
    args.scoringRunId,
    args.publishedAt,
  ]);
  await client.query(
    `INSERT INTO current_scoring_run (target_id, scoring_run_id, flipped_at) VALUES ($1, $2, $3)
     ON CONFLICT (target_id) DO UPDATE SET scoring_run_id = $2, flipped_at = $3`,
    [args.targetId, args.scoringRunId, args.publishedAt],
  );
}
