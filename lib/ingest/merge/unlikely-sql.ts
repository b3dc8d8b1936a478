import type { FileSpec } from "../file-spec";

/**
 * When each subscription covered its customer: from a start to the next end. Made once an import, by the first file
 * behind the subscription events.
 */
export const FIND_COVERAGE = `
  CREATE TEMP TABLE IF NOT EXISTS coverage ON COMMIT DROP AS
  WITH newest AS (
    SELECT e.customer_id, e.subscription_id, e.kind, e.occurred_at FROM subscription_event e
    WHERE e.kind IN ('start', 'trial_start', 'reactivation', 'end') AND NOT EXISTS (
      SELECT FROM subscription_event newer WHERE newer.version > 1
        AND newer.customer_id = e.customer_id AND newer.source_id = e.source_id AND newer.version > e.version)
  ), span AS (
    SELECT customer_id, kind, occurred_at AS starts_at, min(occurred_at) FILTER (WHERE kind = 'end') OVER (
      PARTITION BY customer_id, subscription_id ORDER BY occurred_at, kind <> 'end' ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS ends_at
    FROM newest
  )
  SELECT customer_id, starts_at, ends_at FROM span WHERE kind <> 'end'`;

/** Whether rows of a file can be outside a subscription: those that make subscriptions cannot. */
export function isAboutSubscriptionTime(spec: FileSpec): boolean {
  return spec.merge.kind !== "facts" || spec.merge.table !== "subscription_event";
}

/**
 * Counts the staged rows that are taken although they are unlikely: of a time before their customer signed up, and of one
 * at which no subscription covered it. A day is before or outside only where all of it is. $1: the company's zone.
 */
export function countUnlikelySql(spec: FileSpec): string {
  const isDay = spec.merge.kind === "usage";
  const startsAt = isDay ? "s.day::timestamp AT TIME ZONE company.zone" : "s.occurred_at";
  const endsAt = isDay
    ? "(s.day + 1)::timestamp AT TIME ZONE company.zone - interval '1 millisecond'"
    : "s.occurred_at";
  const outside = isAboutSubscriptionTime(spec)
    ? `(SELECT count(*) FROM told t WHERE NOT EXISTS (SELECT FROM coverage o
        WHERE o.customer_id = t.customer_id AND o.starts_at <= t.ends_at AND (o.ends_at IS NULL OR o.ends_at > t.starts_at)))`
    : "0";
  return `
  WITH told AS (
    SELECT c.id AS customer_id, ${startsAt} AS starts_at, ${endsAt} AS ends_at
    FROM (SELECT $1::text AS zone) company CROSS JOIN staged s JOIN customer c ON c.source_id = s.customer_source_id
    WHERE NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no AND r.whole_row)
  ), signed_up AS (
    SELECT DISTINCT ON (customer_id) customer_id, signed_up_at FROM customer_version ORDER BY customer_id, version DESC
  )
  SELECT (SELECT count(*) FROM told t JOIN signed_up u USING (customer_id) WHERE t.ends_at < u.signed_up_at)::int AS "beforeSignUp",
    ${outside}::int AS "outsideSubscription"`;
}
