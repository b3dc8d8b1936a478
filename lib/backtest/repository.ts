import { pool } from "@/lib/db/pool";
import type { Listing } from "@/lib/scoring/contract";
import type { BacktestWeekSummary } from "./contract";

export type BacktestRun = {
  runId: number;
  modelNumber: number;
  isChampion: boolean;
  threshold: number;
  capacity: number;
  horizonDays: number;
};

/** The backtested run of that id; without one the champion's, else the newest that has a model. Null where there is none. */
export async function findRun(targetId: string, runId: number | null): Promise<BacktestRun | null> {
  const { rows } = await pool().query<BacktestRun>(
    `SELECT t.id AS "runId", v.number AS "modelNumber", a.model_version_id IS NOT NULL AS "isChampion",
       (t.metrics->>'threshold')::float8 AS threshold, (t.metrics->>'capacity')::int AS capacity, r.horizon_days AS "horizonDays"
     FROM training_run t
     JOIN model_version v ON v.training_run_id = t.id
     JOIN target r ON r.id = t.target_id
     LEFT JOIN model_alias a ON a.target_id = t.target_id AND a.alias = 'champion' AND a.model_version_id = v.id
     WHERE t.target_id = $1 AND ($2::int IS NULL OR t.id = $2) AND EXISTS (SELECT FROM backtest_week w WHERE w.training_run_id = t.id)
     ORDER BY a.model_version_id IS NULL, v.number DESC LIMIT 1`,
    [targetId, runId],
  );
  return rows[0] ?? null;
}

/** The weeks of a run, newest first. */
export async function findWeeks(runId: number, zone: string): Promise<BacktestWeekSummary[]> {
  const { rows } = await pool().query<BacktestWeekSummary>(
    `SELECT (w.as_of AT TIME ZONE $2)::date::text AS day, w.scored,
       count(*) FILTER (WHERE r.listing = 'flagged')::int AS flagged,
       count(*) FILTER (WHERE r.listing = 'flagged' AND r.departed_at IS NOT NULL)::int AS "flaggedDeparted",
       count(*) FILTER (WHERE r.listing <> 'unlisted')::int AS listed,
       count(*) FILTER (WHERE r.listing <> 'unlisted' AND r.departed_at IS NOT NULL)::int AS "listedDeparted",
       count(*) FILTER (WHERE r.departed_at IS NOT NULL)::int AS departed,
       coalesce(sum(r.mrr_cents) FILTER (WHERE r.listing <> 'unlisted' AND r.departed_at IS NOT NULL), 0)::float8 AS "listedDepartedMrrCents",
       coalesce(sum(r.mrr_cents) FILTER (WHERE r.departed_at IS NOT NULL), 0)::float8 AS "departedMrrCents"
     FROM backtest_week w LEFT JOIN backtest_row r USING (training_run_id, as_of)
     WHERE w.training_run_id = $1 GROUP BY w.as_of, w.scored ORDER BY w.as_of DESC`,
    [runId, zone],
  );
  return rows;
}

export type CustomersRecord = {
  departed: number;
  caught: number;
  departedMrrCents: number;
  caughtMrrCents: number;
  medianDays: number | null;
  leastDays: number | null;
  mostDays: number | null;
};

/** Departed customers of a run's weeks, each once: by the first week in which it was listed, else by the last. */
export async function findCustomers(runId: number): Promise<CustomersRecord> {
  const { rows } = await pool().query<CustomersRecord>(
    `WITH once AS (
       SELECT DISTINCT ON (customer_id) customer_id, listing <> 'unlisted' AS caught, mrr_cents,
         floor(extract(epoch FROM departed_at - as_of) / 86400) AS days
       FROM backtest_row WHERE training_run_id = $1 AND departed_at IS NOT NULL
       ORDER BY customer_id, listing = 'unlisted', CASE WHEN listing = 'unlisted' THEN -extract(epoch FROM as_of) ELSE extract(epoch FROM as_of) END
     )
     SELECT count(*)::int AS departed, count(*) FILTER (WHERE caught)::int AS caught,
       coalesce(sum(mrr_cents), 0)::float8 AS "departedMrrCents", coalesce(sum(mrr_cents) FILTER (WHERE caught), 0)::float8 AS "caughtMrrCents",
       (percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE caught))::int AS "medianDays",
       (min(days) FILTER (WHERE caught))::int AS "leastDays", (max(days) FILTER (WHERE caught))::int AS "mostDays"
     FROM once`,
    [runId],
  );
  return rows[0] as CustomersRecord;
}

export type ShownRecord = {
  customerId: number;
  name: string;
  probability: number;
  probabilityRank: number;
  listing: Listing;
  mrrCents: number;
  /** What the page is ordered by, descending. */
  rank: string;
  departedAt: Date | null;
  warningDays: number | null;
  reasons: string[];
};

/** Listed customers of a week by priority, or missed ones by revenue; from behind (rank, customer id) where given. */
export async function findShown(args: {
  runId: number;
  day: string;
  zone: string;
  missed: boolean;
  after: { rank: string; customerId: number } | null;
  limit: number;
}): Promise<ShownRecord[]> {
  const rank = args.missed ? "r.mrr_cents::bigint" : "r.priority_cents";
  const { rows } = await pool().query<ShownRecord>(
    `SELECT r.customer_id AS "customerId", v.name, r.probability, r.probability_rank AS "probabilityRank", r.listing,
       r.mrr_cents AS "mrrCents", ${rank}::text AS rank, r.departed_at AS "departedAt",
       floor(extract(epoch FROM r.departed_at - r.as_of) / 86400)::int AS "warningDays", r.reasons
     FROM backtest_row r
     CROSS JOIN LATERAL (SELECT name FROM customer_version WHERE customer_id = r.customer_id ORDER BY version DESC LIMIT 1) v
     WHERE r.training_run_id = $1 AND r.as_of = ($2::date::timestamp AT TIME ZONE $3)
       AND (r.listing = 'unlisted') = $4
       AND ($5::bigint IS NULL OR (${rank}, -r.customer_id) < ($5, -$6::int))
     ORDER BY ${rank} DESC, r.customer_id LIMIT $7`,
    [
      args.runId,
      args.day,
      args.zone,
      args.missed,
      args.after?.rank ?? null,
      args.after?.customerId ?? null,
      args.limit,
    ],
  );
  return rows;
}
