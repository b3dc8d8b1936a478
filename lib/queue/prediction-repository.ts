import { pool } from "@/lib/db/pool";
import type { Band, Listing } from "@/lib/scoring/contract";
import { IN_COMPARISON_GROUP_SQL, type RunRecord } from "./run-repository";

/** One customer's prediction in one published run, with what decides who may see it. */
export type PredictionRecord = {
  scoringRunId: number;
  asOf: Date;
  probability: number;
  margin: number;
  bias: number;
  listing: Listing;
  band: Band;
  mrrCents: number;
  priorityCents: number;
  peerGroup: string;
  reasons: unknown;
  inComparisonGroup: boolean;
  experimentRunning: boolean;
};

/** The customer's predictions in `runs`, by as-of ascending; runs that did not score the customer have none. */
export async function findPredictions(args: {
  customerId: number;
  runs: readonly RunRecord[];
}): Promise<PredictionRecord[]> {
  const { rows } = await pool().query<PredictionRecord>(
    `SELECT p.scoring_run_id AS "scoringRunId", p.as_of AS "asOf", p.probability, p.margin, p.bias, p.listing, p.band,
       p.mrr_cents AS "mrrCents", p.priority_cents::float8 AS "priorityCents", p.peer_group AS "peerGroup", p.reasons,
       ${IN_COMPARISON_GROUP_SQL} AS "inComparisonGroup",
       EXISTS (SELECT 1 FROM experiment e WHERE e.share > 0 AND p.as_of >= e.starts_at
         AND (e.ends_at IS NULL OR p.as_of < e.ends_at)) AS "experimentRunning"
     FROM unnest($2::timestamptz[], $3::int[]) AS run(as_of, id)
     JOIN prediction p ON p.as_of = run.as_of AND p.scoring_run_id = run.id AND p.customer_id = $1
     ORDER BY p.as_of`,
    [args.customerId, args.runs.map((run) => run.asOf), args.runs.map((run) => run.id)],
  );
  return rows;
}

/** Contributions of one prediction with the names of their columns, in the model's order. */
export async function findContributions(args: { customerId: number; run: RunRecord }) {
  const { rows } = await pool().query<{ columns: string[]; contributions: number[] }>(
    `SELECT m.columns, p.contributions FROM prediction p
     JOIN scoring_run r ON r.id = p.scoring_run_id JOIN model_version m ON m.id = r.model_version_id
     WHERE p.as_of = $1 AND p.customer_id = $2 AND p.scoring_run_id = $3`,
    [args.run.asOf, args.customerId, args.run.id],
  );
  return rows[0] ?? null;
}

/** The probability that `scoringRunId` gives the customer at `asOf`; null where it did not score it. */
export async function findProbability(args: { asOf: Date; customerId: number; scoringRunId: number }) {
  const { rows } = await pool().query<{ probability: number }>(
    "SELECT probability FROM prediction WHERE as_of = $1 AND customer_id = $2 AND scoring_run_id = $3",
    [args.asOf, args.customerId, args.scoringRunId],
  );
  return rows[0]?.probability ?? null;
}

/** Whether the customer had given notice when `scoringRunId` was made. */
export async function findLeaving(args: { scoringRunId: number; customerId: number }) {
  const { rows } = await pool().query<{ noticeAt: Date; effectiveAt: Date | null; mrrCents: number }>(
    `SELECT notice_at AS "noticeAt", effective_at AS "effectiveAt", mrr_cents AS "mrrCents"
     FROM leaving_customer WHERE scoring_run_id = $1 AND customer_id = $2`,
    [args.scoringRunId, args.customerId],
  );
  return rows[0] ?? null;
}

/** Days from an as-of until its label is mature: horizon, grace and settlement of the newest rule. */
export async function findMaturityDays(targetId: string): Promise<number> {
  const { rows } = await pool().query<{ days: number }>(
    `SELECT t.horizon_days + r.grace_days + r.settlement_days AS days FROM label_rule r JOIN target t ON t.id = r.target_id
     WHERE t.id = $1 ORDER BY r.version DESC LIMIT 1`,
    [targetId],
  );
  const days = rows[0]?.days;
  if (days === undefined) throw new Error(`target "${targetId}" has no label rule; expected at least one`);
  return days;
}
