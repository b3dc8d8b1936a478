import { pool } from "@/lib/db/pool";
import { USAGE_COUNTERS } from "@/lib/ingest/contract";
import type { ReportedSource } from "./contract";

/** Facts of one source on one day of the business's zone; `counters` are sums, of usage only. */
export type DayRecord = {
  day: string;
  rows: number;
  assumed: number;
  received: number;
  counters: Record<string, number>;
};

const BASES = `count(*) FILTER (WHERE recorded_basis = 'assumed')::int AS assumed,
  count(*) FILTER (WHERE recorded_basis = 'received')::int AS received`;

const EVENTS: Record<Exclude<ReportedSource, "usage">, { table: string; at: string }> = {
  customers: { table: "customer_version", at: "signed_up_at" },
  subscriptions: { table: "subscription_event", at: "occurred_at" },
  tickets: { table: "ticket_event", at: "occurred_at" },
  payments: { table: "payment_event", at: "occurred_at" },
};

/** Days with facts, ascending: one scan. Each fact counts once, by its first version; usage by customer-days. */
export async function findDays(source: ReportedSource, zone: string): Promise<DayRecord[]> {
  if (source === "usage") return findUsageDays();
  const { table, at } = EVENTS[source];
  const { rows } = await pool().query<Omit<DayRecord, "counters">>(
    `SELECT (${at} AT TIME ZONE $1)::date::text AS day, count(*)::int AS rows, ${BASES}
     FROM ${table} WHERE version = 1 GROUP BY 1 ORDER BY 1`,
    [zone],
  );
  return rows.map((row) => ({ ...row, counters: {} }));
}

async function findUsageDays(): Promise<DayRecord[]> {
  const sums = USAGE_COUNTERS.map((counter) => `'${counter}', sum(${counter})`).join(", ");
  const { rows } = await pool().query<DayRecord>(
    `SELECT day::text, count(*) FILTER (WHERE NOT is_difference)::int AS rows, ${BASES}, jsonb_build_object(${sums}) AS counters
     FROM usage_daily GROUP BY day ORDER BY day`,
  );
  return rows;
}

export type CoverageRecord = {
  paying: number;
  withoutUsage: number;
  customers: Record<ReportedSource, number>;
};

/**
 * Paying customers at a time, and how many of them have rows: `customers` of each source between `since` and then,
 * `withoutUsage` no row of usage at all.
 */
export async function findCoverage(args: { at: Date; since: Date; zone: string }): Promise<CoverageRecord> {
  const lately = (table: string) =>
    `count(*) FILTER (WHERE EXISTS (SELECT FROM ${table} e WHERE e.customer_id = p.customer_id AND e.occurred_at >= $2 AND e.occurred_at < $1))::int`;
  const { rows } = await pool().query<CoverageRecord>(
    `WITH paying AS MATERIALIZED (
       SELECT DISTINCT customer_id FROM subscription_state_at($1, 'infinity', 'infinity') WHERE covered AND NOT trial
     )
     SELECT count(*)::int AS paying,
       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM usage_daily u WHERE u.customer_id = p.customer_id))::int AS "withoutUsage",
       jsonb_build_object('customers', count(*), 'subscriptions', count(*), 'tickets', ${lately("ticket_event")},
         'payments', ${lately("payment_event")}, 'usage', count(*) FILTER (WHERE EXISTS (SELECT FROM usage_daily u
           WHERE u.customer_id = p.customer_id AND u.day >= ($2 AT TIME ZONE $3)::date AND u.day < ($1 AT TIME ZONE $3)::date))) AS customers
     FROM paying p`,
    [args.at, args.since, args.zone],
  );
  return rows[0] as CoverageRecord;
}

export type OddRowsRecord = { rows: number; beforeSignUp: number; outsideSubscription: number };

/** What all imports have taken of dated facts, and how much of it at a time when its customer was none. */
export async function findOddRows(): Promise<OddRowsRecord> {
  const { rows } = await pool().query<OddRowsRecord>(
    `SELECT coalesce(sum(f.rows_new + f.rows_version), 0)::int AS rows, coalesce(sum(f.rows_before_sign_up), 0)::int AS "beforeSignUp",
       coalesce(sum(f.rows_outside_subscription), 0)::int AS "outsideSubscription"
     FROM import_file f JOIN import_run r ON r.id = f.import_id
     WHERE r.status = 'succeeded' AND f.file IN ('usage.csv', 'usage_events.csv', 'tickets.csv', 'payments.csv')`,
  );
  return rows[0] as OddRowsRecord;
}
