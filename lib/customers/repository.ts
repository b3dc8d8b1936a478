import { pool } from "@/lib/db/pool";

export type HeadRecord = {
  name: string;
  segment: string | null;
  industry: string | null;
  country: string | null;
  signedUpAt: Date;
  ownerId: number | null;
  ownerName: string | null;
  contacts: number;
};

/** The newest version of a customer with its owner; null where there is no such customer. */
export async function findHead(customerId: number): Promise<HeadRecord | null> {
  const { rows } = await pool().query<HeadRecord>(
    `SELECT v.name, v.segment, v.industry, v.country, v.signed_up_at AS "signedUpAt", u.id AS "ownerId", u.name AS "ownerName",
       (SELECT count(*)::int FROM contact c WHERE c.customer_id = v.customer_id AND c.erased_at IS NULL) AS contacts
     FROM customer_version v
     LEFT JOIN LATERAL (SELECT o.user_id FROM customer_owner o
       WHERE o.customer_id = v.customer_id ORDER BY o.id DESC LIMIT 1) o ON true
     LEFT JOIN app_user u ON u.id = o.user_id
     WHERE v.customer_id = $1 ORDER BY v.version DESC LIMIT 1`,
    [customerId],
  );
  return rows[0] ?? null;
}

export type SubscriptionStateRecord = {
  at: Date;
  plan: string | null;
  seats: number | null;
  covered: boolean;
  trial: boolean;
  mrrCents: number;
  termStartedAt: Date | null;
  endedAt: Date | null;
};

/** The state of each of the customer's subscriptions at each time, as known by now (subscription_state_at). */
export async function findSubscriptionStates(args: { customerId: number; ats: readonly Date[]; now: Date }) {
  const { rows } = await pool().query<SubscriptionStateRecord>(
    `SELECT t.at, s.plan, s.seats, s.covered, s.trial, s.mrr_cents AS "mrrCents", s.term_started_at AS "termStartedAt",
       s.ended_at AS "endedAt"
     FROM unnest($2::timestamptz[]) AS t(at)
     CROSS JOIN LATERAL (SELECT * FROM subscription_state_at(t.at, $3, 'infinity') WHERE customer_id = $1) s
     ORDER BY t.at, s.subscription_id`,
    [args.customerId, args.ats, args.now],
  );
  return rows;
}

export type SubscriptionEventRecord = {
  kind: string;
  plan: string | null;
  seats: number | null;
  unitPriceCents: number | null;
  discountPct: number | null;
  effectiveAt: Date | null;
  occurredAt: Date;
};

/** The customer's subscription events in order of time, the newest version of each. */
export async function findSubscriptionEvents(customerId: number): Promise<SubscriptionEventRecord[]> {
  const { rows } = await pool().query<SubscriptionEventRecord>(
    `SELECT kind, plan, seats, "unitPriceCents", "discountPct", "effectiveAt", "occurredAt" FROM (
       SELECT DISTINCT ON (source_id) source_id, kind, plan, seats, unit_price_cents AS "unitPriceCents",
         discount_pct AS "discountPct", effective_at AS "effectiveAt", occurred_at AS "occurredAt"
       FROM subscription_event WHERE customer_id = $1 ORDER BY source_id, version DESC) newest
     ORDER BY "occurredAt", source_id`,
    [customerId],
  );
  return rows;
}

export type UsageDayRecord = { day: string; sessions: number; activeUsers: number };

/** Days with any use from `from` (YYYY-MM-DD) on, corrections added up. */
export async function findUsageDays(args: { customerId: number; from: string }): Promise<UsageDayRecord[]> {
  const { rows } = await pool().query<UsageDayRecord>(
    `SELECT day::text, sum(sessions)::int AS sessions, sum(active_users)::int AS "activeUsers"
     FROM usage_daily WHERE customer_id = $1 AND day >= $2::date GROUP BY day ORDER BY day`,
    [args.customerId, args.from],
  );
  return rows;
}

/** When usage data of any customer begins, by the imports' own account; null where none was imported. */
export async function findUsageStart(): Promise<Date | null> {
  const { rows } = await pool().query<{ first: Date | null }>(
    "SELECT min(first_at) AS first FROM import_file WHERE file LIKE 'usage%' AND rows_new > 0",
  );
  return rows[0]?.first ?? null;
}

export type TicketRecord = {
  ticketId: string;
  openedAt: Date;
  category: string | null;
  severity: string | null;
  openedBy: string | null;
  respondedAt: Date | null;
  resolvedAt: Date | null;
  satisfaction: number | null;
};

/** Tickets opened since `from`, newest first, each folded from its events. */
export async function findTickets(args: { customerId: number; from: Date }): Promise<TicketRecord[]> {
  const { rows } = await pool().query<TicketRecord>(
    `WITH newest AS (SELECT DISTINCT ON (source_id) * FROM ticket_event WHERE customer_id = $1 ORDER BY source_id, version DESC)
     SELECT ticket_id AS "ticketId", min(occurred_at) FILTER (WHERE kind = 'opened') AS "openedAt",
       max(category) FILTER (WHERE kind = 'opened') AS category, max(severity) FILTER (WHERE kind = 'opened') AS severity,
       max(opened_by) FILTER (WHERE kind = 'opened') AS "openedBy", min(occurred_at) FILTER (WHERE kind = 'responded') AS "respondedAt",
       CASE WHEN max(occurred_at) FILTER (WHERE kind = 'reopened') > max(occurred_at) FILTER (WHERE kind = 'resolved') THEN NULL
         ELSE max(occurred_at) FILTER (WHERE kind = 'resolved') END AS "resolvedAt",
       (array_agg(satisfaction ORDER BY occurred_at DESC) FILTER (WHERE kind = 'rated'))[1] AS satisfaction
     FROM newest GROUP BY ticket_id
     HAVING min(occurred_at) FILTER (WHERE kind = 'opened') >= $2
     ORDER BY "openedAt" DESC, ticket_id`,
    [args.customerId, args.from],
  );
  return rows;
}

export type InvoiceRecord = {
  invoiceId: string;
  firstAt: Date;
  dueAt: Date | null;
  amountCents: number;
  paidAt: Date | null;
  failures: number;
  refunded: boolean;
};

/** The newest `limit` invoices, each folded from its events. */
export async function findInvoices(args: { customerId: number; limit: number }): Promise<InvoiceRecord[]> {
  const { rows } = await pool().query<InvoiceRecord>(
    `WITH newest AS (SELECT DISTINCT ON (source_id) * FROM payment_event WHERE customer_id = $1 ORDER BY source_id, version DESC)
     SELECT invoice_id AS "invoiceId", min(occurred_at) AS "firstAt", max(occurred_at) FILTER (WHERE kind = 'due') AS "dueAt",
       coalesce(max(amount_cents) FILTER (WHERE kind = 'due'), max(amount_cents)) AS "amountCents",
       max(occurred_at) FILTER (WHERE kind = 'paid') AS "paidAt", count(*) FILTER (WHERE kind = 'failed')::int AS failures,
       count(*) FILTER (WHERE kind = 'refunded') > 0 AS refunded
     FROM newest GROUP BY invoice_id ORDER BY "firstAt" DESC, invoice_id DESC LIMIT $2`,
    [args.customerId, args.limit],
  );
  return rows;
}

/** A column as the feature view describes it; what a view does not say is left to lib/customers/explained-columns. */
export type ViewColumn = { name: string; label?: string; meaning?: string; unit?: string };
export type FeaturePast = { asOf: Date; values: (number | null)[] };

/** The customer's rows of the run's feature view from `since` to the run's as-of, oldest first, and the view's columns. */
export async function findFeaturePast(args: { customerId: number; scoringRunId: number; asOf: Date; since: Date }) {
  const [view, past] = await Promise.all([
    pool().query<{ columns: ViewColumn[] }>(
      `SELECT v.columns FROM scoring_run r JOIN feature_build b ON b.id = r.build_id JOIN feature_view v ON v.id = b.view_id
       WHERE r.id = $1`,
      [args.scoringRunId],
    ),
    pool().query<FeaturePast>(
      `SELECT f.as_of AS "asOf", f.values FROM feature_row f
       WHERE f.customer_id = $1 AND f.as_of BETWEEN $3 AND $4
         AND f.view_id = (SELECT b.view_id FROM scoring_run r JOIN feature_build b ON b.id = r.build_id WHERE r.id = $2)
       ORDER BY f.as_of`,
      [args.customerId, args.scoringRunId, args.since, args.asOf],
    ),
  ]);
  return { columns: view.rows[0]?.columns ?? [], rows: past.rows };
}

export type RangeRecord = { column: string; p25: number | null; p50: number | null; p75: number | null };

/** Quartiles of each column in the run's build: among the customer's peers, or of everyone ("*") where peers have none. */
export async function findPeerRanges(args: { scoringRunId: number; peerGroup: string }): Promise<RangeRecord[]> {
  const { rows } = await pool().query<RangeRecord>(
    `SELECT DISTINCT ON (f."column") f."column", f.p25, f.p50, f.p75
     FROM scoring_run r JOIN feature_range f ON f.build_id = r.build_id
     WHERE r.id = $1 AND f.peer_group IN ($2, '*') AND f.p50 IS NOT NULL ORDER BY f."column", f.peer_group = '*'`,
    [args.scoringRunId, args.peerGroup],
  );
  return rows;
}

export type ContactRecord = {
  fullName: string;
  jobTitle: string | null;
  email: string | null;
  phone: string | null;
  isPrimary: boolean;
};

/** The people at a customer, the primary one first; erased ones are gone. */
export async function findContacts(customerId: number): Promise<ContactRecord[]> {
  const { rows } = await pool().query<ContactRecord>(
    `SELECT full_name AS "fullName", job_title AS "jobTitle", email, phone, is_primary AS "isPrimary" FROM contact
     WHERE customer_id = $1 AND erased_at IS NULL ORDER BY is_primary DESC, full_name, source_id`,
    [customerId],
  );
  return rows;
}
