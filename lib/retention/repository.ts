import { pool } from "@/lib/db/pool";

/**
 * The first end or notice on record, null where there is none. A source that begins today knows the sign-ups of those who
 * are still there, and nobody who left before: months before it would read as months without churn.
 */
export async function findFirstEnd(): Promise<Date | null> {
  const { rows } = await pool().query<{ first: Date | null }>(
    "SELECT min(occurred_at) AS first FROM subscription_event WHERE kind IN ('notice', 'end')",
  );
  return rows[0]?.first ?? null;
}

export type NowRecord = {
  asOf: Date;
  targetId: string;
  flagged: number;
  watched: number;
  scored: number;
  leaving: number;
  flaggedMrrCents: number;
  watchedMrrCents: number;
  leavingMrrCents: number;
  expectedLossCents: number;
  scoredMrrCents: number;
};

/** Sums over the published run; null before the first. */
export async function findNow(): Promise<NowRecord | null> {
  const { rows } = await pool().query<NowRecord>(
    `SELECT r.as_of AS "asOf", r.target_id AS "targetId", p.*, l.* FROM (
         SELECT r.* FROM current_scoring_run c JOIN scoring_run r ON r.id = c.scoring_run_id ORDER BY c.flipped_at DESC LIMIT 1) r
     CROSS JOIN LATERAL (SELECT count(*)::int AS scored, count(*) FILTER (WHERE listing = 'flagged')::int AS flagged,
         count(*) FILTER (WHERE listing = 'watch')::int AS watched,
         coalesce(sum(mrr_cents) FILTER (WHERE listing = 'flagged'), 0)::float8 AS "flaggedMrrCents",
         coalesce(sum(mrr_cents) FILTER (WHERE listing = 'watch'), 0)::float8 AS "watchedMrrCents",
         coalesce(sum(probability * mrr_cents), 0)::float8 AS "expectedLossCents",
         coalesce(sum(mrr_cents), 0)::float8 AS "scoredMrrCents"
       FROM prediction WHERE as_of = r.as_of AND scoring_run_id = r.id) p
     CROSS JOIN LATERAL (SELECT count(*)::int AS leaving, coalesce(sum(mrr_cents), 0)::float8 AS "leavingMrrCents"
       FROM leaving_customer WHERE scoring_run_id = r.id) l`,
  );
  return rows[0] ?? null;
}

export type RealisedRecord = {
  asOf: Date;
  modelNumber: number;
  predicted: number;
  flagged: number;
  listed: number;
  departed: number;
  flaggedDeparted: number;
  listedDeparted: number;
};

/** Published runs with outcomes, newest first: what was predicted and what became of it, one count per customer. */
export async function findRealised(args: { limit: number }): Promise<RealisedRecord[]> {
  const { rows } = await pool().query<RealisedRecord>(
    `SELECT r.as_of AS "asOf", m.number AS "modelNumber", o.* FROM scoring_run r
     JOIN model_version m ON m.id = r.model_version_id
     CROSS JOIN LATERAL (SELECT count(*)::int AS predicted, count(*) FILTER (WHERE p.listing = 'flagged')::int AS flagged,
         count(*) FILTER (WHERE p.listing <> 'unlisted')::int AS listed, count(*) FILTER (WHERE o.departed)::int AS departed,
         count(*) FILTER (WHERE o.departed AND p.listing = 'flagged')::int AS "flaggedDeparted",
         count(*) FILTER (WHERE o.departed AND p.listing <> 'unlisted')::int AS "listedDeparted"
       FROM outcome o JOIN prediction p ON p.as_of = r.as_of AND p.customer_id = o.customer_id AND p.scoring_run_id = r.id
       WHERE o.scoring_run_id = r.id) o
     WHERE r.role = 'champion' AND r.status = 'complete' AND r.published_at IS NOT NULL AND o.predicted > 0
     ORDER BY r.as_of DESC, r.id DESC LIMIT $1`,
    [args.limit],
  );
  return rows;
}

/** Published as-ofs of the target without outcomes, oldest first. */
export async function findUnresolvedAsOf(): Promise<Date | null> {
  const { rows } = await pool().query<{ asOf: Date | null }>(
    `SELECT min(r.as_of) AS "asOf" FROM scoring_run r WHERE r.role = 'champion' AND r.status = 'complete' AND r.published_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.scoring_run_id = r.id)`,
  );
  return rows[0]?.asOf ?? null;
}

export type RuleRecord = { id: number; targetId: string; graceDays: number; maturityDays: number };

/** Grace, and days from as-of to maturity, of the newest label rule. */
export async function findRule(): Promise<RuleRecord> {
  const { rows } = await pool().query<RuleRecord>(
    `SELECT r.id, r.target_id AS "targetId", r.grace_days AS "graceDays", t.horizon_days + r.grace_days + r.settlement_days AS "maturityDays"
     FROM label_rule r JOIN target t ON t.id = r.target_id ORDER BY r.id DESC LIMIT 1`,
  );
  const rule = rows[0];
  if (!rule) throw new Error("there is no label rule; expected at least one");
  return rule;
}
