import { pool } from "@/lib/db/pool";

export type MonthRecord = { start: Date; atStart: number; departures: number };

/**
 * For each month [starts[i], starts[i + 1]): customers who paid and had not departed at its start, and how many of them
 * departed in it, by the rule of lib/labels in sets: paid coverage of a customer is the union of its subscriptions';
 * a notice counts from when it was given, if it was not withdrawn before it took effect and no other subscription
 * goes on; an end without notice counts if no coverage begins within the grace days.
 * Customers who began and left within a month are in neither number, so that the two make a proportion.
 *
 * @param args.starts month starts ascending; one more than there are months
 * @param args.until facts from then on do not count
 */
export async function findChurnMonths(args: {
  starts: readonly Date[];
  until: Date;
  graceDays: number;
}): Promise<MonthRecord[]> {
  const { rows } = await pool().query<MonthRecord>(CHURN_MONTHS_SQL, [args.starts, args.until, args.graceDays]);
  return rows;
}

/** Departures by customer, as the churn months count them; the test of that rule reads them. */
export async function findDepartures(args: { until: Date; graceDays: number }) {
  const { rows } = await pool().query<{ customerId: number; departedAt: Date; kind: "notice" | "lapse" }>(
    `${DEPARTURES_SQL.replaceAll("$until", "$1").replaceAll("$grace", "$2")}
     SELECT customer_id AS "customerId", departed_at AS "departedAt", kind FROM departure ORDER BY customer_id, departed_at`,
    [args.until, args.graceDays],
  );
  return rows;
}

const DEPARTURES_SQL = `
  WITH known AS (
    SELECT DISTINCT ON (e.customer_id, e.source_id) e.customer_id, e.subscription_id, e.source_id, e.kind, e.occurred_at, e.effective_at
    FROM subscription_event e WHERE e.occurred_at < $until ORDER BY e.customer_id, e.source_id, e.version DESC
  ), turned AS (
    -- Each event of coverage lasts until the next one of its subscription.
    SELECT customer_id, subscription_id, kind, occurred_at,
      lead(occurred_at) OVER (PARTITION BY customer_id, subscription_id ORDER BY occurred_at, source_id) AS next_at
    FROM known WHERE kind IN ('start', 'trial_start', 'reactivation', 'end')
  ), subscription_coverage AS (
    SELECT customer_id, subscription_id, range_agg(tstzrange(occurred_at, next_at)) AS covered FROM turned
    WHERE kind IN ('start', 'reactivation') AND next_at IS DISTINCT FROM occurred_at GROUP BY customer_id, subscription_id
  ), coverage AS (
    SELECT customer_id, range_agg(part) AS covered FROM subscription_coverage, unnest(covered) AS part GROUP BY customer_id
  ), stretch AS (
    SELECT customer_id, lower(part) AS began_at, upper(part) AS ended_at,
      lead(lower(part)) OVER (PARTITION BY customer_id ORDER BY lower(part)) AS next_at
    FROM coverage, unnest(covered) AS part
  ), intent AS (
    SELECT customer_id, subscription_id, kind, occurred_at, effective_at,
      lead(kind) OVER turn AS next_kind, lead(occurred_at) OVER turn AS next_at
    FROM known WHERE kind IN ('notice', 'notice_withdrawn', 'start', 'reactivation', 'end')
    WINDOW turn AS (PARTITION BY customer_id, subscription_id ORDER BY occurred_at, source_id)
  ), notice AS (
    SELECT i.customer_id, i.subscription_id, i.occurred_at AS departed_at,
      coalesce(CASE WHEN i.next_kind = 'end' THEN i.next_at END, i.effective_at, $until) AS takes_effect_at
    FROM intent i
    WHERE i.kind = 'notice'
      AND NOT (i.next_kind IN ('notice_withdrawn', 'start', 'reactivation') AND i.next_at < coalesce(i.effective_at, 'infinity'))
  ), lost AS (
    -- Another subscription that goes on beyond the notice's effect means that the customer stays.
    SELECT n.customer_id, n.departed_at, n.takes_effect_at AS gone_at, 'notice' AS kind FROM notice n
    JOIN subscription_coverage own ON own.customer_id = n.customer_id AND own.subscription_id = n.subscription_id
      AND own.covered @> n.departed_at
    WHERE NOT EXISTS (SELECT 1 FROM subscription_coverage other WHERE other.customer_id = n.customer_id
        AND other.subscription_id <> n.subscription_id AND other.covered @> n.takes_effect_at
        AND NOT EXISTS (SELECT 1 FROM notice m WHERE m.customer_id = other.customer_id
          AND m.subscription_id = other.subscription_id AND m.departed_at <= n.departed_at))
    UNION ALL
    SELECT s.customer_id, s.ended_at, s.ended_at, 'lapse' FROM stretch s
    WHERE s.ended_at IS NOT NULL
      AND coalesce(s.next_at, $until) >= s.ended_at + $grace * interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = s.customer_id
        AND n.departed_at >= s.began_at AND n.departed_at <= s.ended_at AND n.takes_effect_at <= s.ended_at)
  ), departure AS (
    -- The first in each stretch of coverage.
    SELECT DISTINCT ON (l.customer_id, s.began_at) l.customer_id, l.departed_at, l.kind, s.began_at, s.ended_at
    FROM lost l JOIN stretch s ON s.customer_id = l.customer_id AND l.departed_at >= s.began_at
      AND (s.ended_at IS NULL OR l.departed_at <= s.ended_at)
    ORDER BY l.customer_id, s.began_at, l.departed_at
  )`;

const CHURN_MONTHS_SQL = `${DEPARTURES_SQL.replaceAll("$until", "$2").replaceAll("$grace", "$3")}
  , month AS (
    SELECT start, lead(start) OVER (ORDER BY start) AS ended FROM unnest($1::timestamptz[]) AS start
  ), customer_stretch AS (
    SELECT s.customer_id, s.began_at, coalesce(s.ended_at, 'infinity') AS ended_at, d.departed_at
    FROM stretch s LEFT JOIN departure d ON d.customer_id = s.customer_id AND d.began_at = s.began_at
  )
  SELECT m.start, count(c.customer_id)::int AS "atStart",
    count(c.customer_id) FILTER (WHERE c.departed_at < m.ended)::int AS departures
  FROM month m
  LEFT JOIN customer_stretch c ON c.began_at <= m.start AND c.ended_at > m.start
    AND (c.departed_at IS NULL OR c.departed_at >= m.start)
  WHERE m.ended IS NOT NULL GROUP BY m.start ORDER BY m.start`;

/** When subscription data begins: the first event of any customer; null where there is none. */
export async function findFirstSubscriptionEvent(): Promise<Date | null> {
  const { rows } = await pool().query<{ first: Date | null }>(
    "SELECT min(occurred_at) AS first FROM subscription_event",
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

export type RuleRecord = { graceDays: number; maturityDays: number };

/** Grace, and days from as-of to maturity, of the newest label rule. */
export async function findRule(): Promise<RuleRecord> {
  const { rows } = await pool().query<RuleRecord>(
    `SELECT r.grace_days AS "graceDays", t.horizon_days + r.grace_days + r.settlement_days AS "maturityDays"
     FROM label_rule r JOIN target t ON t.id = r.target_id ORDER BY r.id DESC LIMIT 1`,
  );
  const rule = rows[0];
  if (!rule) throw new Error("there is no label rule; expected at least one");
  return rule;
}
