import type { Bind } from "./binding";
import { BEFORE_DAYS, type SourceName } from "./definitions/expression";
import { SIZE_BANDS, UNKNOWN_PLAN } from "./peer-group";

/** SQL of the rows of one source over the `days` before as-of, with at least the `columns` that are asked for. */
export type Relation = (args: { bind: Bind; days: number; columns: ReadonlySet<string> }) => string;

/** The sources of features in Postgres: one scan each, facts only as they were known at known-by. */
export const POSTGRES_SOURCES: Record<SourceName, Relation> = {
  // Corrections are further, additive rows of the same day, so a day is first made whole: the few that have differences,
  // since to group all days would take most of the build's time and memory.
  usage_day: ({ bind, days, columns }) => {
    const counters = [...columns].filter((column) => column !== "day");
    const known = (row: string) =>
      `${row}.day >= ${bind(`day:${days}`)} AND ${row}.day < ${bind("day:0")}
      AND ${row}.recorded_at < ${bind("knownBy")} AND ${row}.ingested_at <= ${bind("dataCut")}`;
    return `
    SELECT u.customer_id, u.day${counters.map((column) => `, u.${column}`).join("")}
    FROM usage_daily u
    WHERE ${known("u")} AND NOT u.is_difference AND NOT EXISTS (
      SELECT 1 FROM usage_daily d WHERE d.is_difference AND d.customer_id = u.customer_id AND d.day = u.day AND ${known("d")})
    UNION ALL
    SELECT u.customer_id, u.day${counters.map((column) => `, sum(u.${column})::integer`).join("")}
    FROM usage_daily u JOIN (
      SELECT DISTINCT d.customer_id, d.day FROM usage_daily d WHERE d.is_difference AND ${known("d")}
    ) changed USING (customer_id, day)
    WHERE ${known("u")}
    GROUP BY u.customer_id, u.day`;
  },

  // Events of one ticket within the longest window; a ticket opened before it has no opened_at here, and is no row of a window.
  ticket: ({ bind, days }) => `
    SELECT t.customer_id, t.opened_at, t.resolved_at, t.rated_at, t.category, t.severity, t.opened_by, t.satisfaction, t.reopenings,
      floor(extract(epoch FROM t.responded_at - t.opened_at) / 60)::bigint AS response_minutes,
      floor(extract(epoch FROM t.resolved_at - t.opened_at) / 60)::bigint AS resolution_minutes
    FROM (
      SELECT e.customer_id, e.ticket_id,
        min(e.occurred_at) FILTER (WHERE e.kind = 'opened') AS opened_at,
        min(e.occurred_at) FILTER (WHERE e.kind = 'responded') AS responded_at,
        CASE WHEN max(e.occurred_at) FILTER (WHERE e.kind = 'resolved') >= coalesce(max(e.occurred_at) FILTER (WHERE e.kind = 'reopened'), '-infinity')
          THEN max(e.occurred_at) FILTER (WHERE e.kind = 'resolved') END AS resolved_at,
        max(e.occurred_at) FILTER (WHERE e.kind = 'rated') AS rated_at,
        max(e.category) FILTER (WHERE e.kind = 'opened') AS category,
        max(e.severity) FILTER (WHERE e.kind = 'opened') AS severity,
        max(coalesce(e.opened_by, 'customer')) FILTER (WHERE e.kind = 'opened') AS opened_by,
        min(e.satisfaction) FILTER (WHERE e.kind = 'rated') AS satisfaction,
        count(*) FILTER (WHERE e.kind = 'reopened') AS reopenings
      FROM ${knownEvents("ticket_event", { bind, days })}
      GROUP BY e.customer_id, e.ticket_id
    ) t`,

  invoice: ({ bind, days }) => `
    SELECT i.customer_id, i.due_at, i.paid_at, i.failed_at, i.refunded_at, i.failures, i.amount_cents,
      greatest(0, floor(extract(epoch FROM coalesce(i.paid_at, ${bind("asOf")}) - i.due_at) / 86400))::bigint AS days_late
    FROM (
      SELECT e.customer_id, e.invoice_id,
        min(e.occurred_at) FILTER (WHERE e.kind = 'due') AS due_at,
        min(e.occurred_at) FILTER (WHERE e.kind = 'paid') AS paid_at,
        max(e.occurred_at) FILTER (WHERE e.kind = 'failed') AS failed_at,
        max(e.occurred_at) FILTER (WHERE e.kind = 'refunded') AS refunded_at,
        count(*) FILTER (WHERE e.kind = 'failed') AS failures,
        max(e.amount_cents) FILTER (WHERE e.kind = 'due') AS amount_cents
      FROM ${knownEvents("payment_event", { bind, days })}
      GROUP BY e.customer_id, e.invoice_id
    ) i`,

  subscription_change: ({ bind, days }) => `
    SELECT e.customer_id, e.occurred_at, e.kind FROM ${knownEvents("subscription_event", { bind, days })}`,
};

/**
 * Common table expressions `account` (a row per customer with paid coverage at as-of; `leaving` where every paid
 * subscription has a notice in force at known-by) and `trial` (customers with trials only). Coverage and revenue are
 * those of subscription_state_at; a notice, withdrawal or new start between as-of and known-by counts too.
 */
export function accountTables(bind: Bind): string {
  const sizeBand = SIZE_BANDS.map(({ upTo, key }) =>
    Number.isFinite(upTo) ? `WHEN sum(s.seats) <= ${upTo} THEN '${key}'` : `ELSE '${key}'`,
  ).join(" ");
  return `
  state AS MATERIALIZED (
    SELECT * FROM subscription_state_at(${bind("asOf")}, ${bind("knownBy")}, ${bind("dataCut")}) s WHERE s.covered
  ), late_notice AS (
    SELECT e.customer_id, e.subscription_id,
      (array_agg(e.kind ORDER BY e.occurred_at DESC, e.source_id COLLATE "C" DESC))[1] AS kind,
      (array_agg(e.occurred_at ORDER BY e.occurred_at DESC, e.source_id COLLATE "C" DESC))[1] AS notice_at,
      (array_agg(e.effective_at ORDER BY e.occurred_at DESC, e.source_id COLLATE "C" DESC))[1] AS effective_at
    FROM subscription_event e
    WHERE e.kind IN ('notice', 'notice_withdrawn', 'start', 'reactivation') AND e.occurred_at >= ${bind("asOf")} AND e.occurred_at < ${bind("knownBy")}
      AND ${isNewestKnown("subscription_event", bind)}
    GROUP BY e.customer_id, e.subscription_id
  ), paid AS (
    SELECT s.*,
      CASE WHEN n.kind IS NULL THEN s.notice_at WHEN n.kind = 'notice' THEN n.notice_at END AS given_at,
      CASE WHEN n.kind IS NULL THEN s.notice_effective_at WHEN n.kind = 'notice' THEN coalesce(n.effective_at, s.notice_effective_at) END AS leaves_at
    FROM state s LEFT JOIN late_notice n USING (customer_id, subscription_id)
    WHERE NOT s.trial
  ), account AS MATERIALIZED (
    SELECT s.customer_id, sum(s.seats)::float8 AS seats, sum(s.mrr_cents)::integer AS mrr_cents,
      sum(s.seats::bigint * s.unit_price_cents)::float8 AS list_mrr_cents,
      sum(s.seats::bigint * s.unit_price_cents)::float8 / nullif(sum(s.seats), 0) AS unit_price_cents,
      sum(s.seats * CASE WHEN s.discount_by_play THEN 0 ELSE s.discount_pct::float8 END) / nullif(sum(s.seats), 0) AS list_discount_pct,
      max(s.term_months)::float8 AS term_months, min(s.term_started_at) AS covered_since, min(s.first_started_at) AS first_started_at,
      (${bind("day:0")} - (min(s.term_started_at) AT TIME ZONE ${bind("zone")})::date)::float8 AS covered_days,
      bool_and(s.given_at IS NOT NULL) AS leaving, max(s.given_at) AS notice_at, max(s.leaves_at) AS effective_at,
      coalesce((array_agg(s.plan ORDER BY s.mrr_cents DESC, s.subscription_id))[1], '${UNKNOWN_PLAN}')
        || '|' || CASE ${sizeBand} END AS peer_group
    FROM paid s GROUP BY s.customer_id
  ), trial AS (
    SELECT s.customer_id FROM state s GROUP BY s.customer_id HAVING bool_and(s.trial)
  )`;
}

/** What the account was BEFORE_DAYS ago, as known now; no row where it had no paid coverage then. */
export function accountBeforeTable(bind: Bind): string {
  return `
  account_before AS (
    SELECT s.customer_id, sum(s.seats)::float8 AS seats,
      sum(s.seats::bigint * s.unit_price_cents)::float8 AS list_mrr_cents,
      sum(s.seats::bigint * s.unit_price_cents)::float8 / nullif(sum(s.seats), 0) AS unit_price_cents
    FROM subscription_state_at(${bind(`instant:${BEFORE_DAYS}`)}, ${bind("knownBy")}, ${bind("dataCut")}) s
    WHERE s.covered AND NOT s.trial GROUP BY s.customer_id
  )`;
}

/** FROM and WHERE of a versioned event table: what occurred in the days before as-of, in its newest version known. */
function knownEvents(table: string, { bind, days }: { bind: Bind; days: number }): string {
  return `${table} e
      WHERE e.occurred_at >= ${bind(`instant:${days}`)} AND e.occurred_at < ${bind("asOf")} AND ${isNewestKnown(table, bind)}`;
}

function isNewestKnown(table: string, bind: Bind): string {
  return `e.recorded_at < ${bind("knownBy")} AND e.ingested_at <= ${bind("dataCut")}
        AND NOT EXISTS (
          SELECT 1 FROM ${table} newer
          WHERE newer.version > 1 AND newer.customer_id = e.customer_id AND newer.source_id = e.source_id
            AND newer.version > e.version AND newer.recorded_at < ${bind("knownBy")} AND newer.ingested_at <= ${bind("dataCut")})`;
}
