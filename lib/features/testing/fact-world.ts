import type { PoolClient } from "pg";
import { type CopyValue, copyRows } from "@/lib/db/copy";
import { USAGE_COUNTERS } from "@/lib/ingest/contract";

/** A few customers' facts in memory, for tests that compare the database with a second implementation. Times are epoch ms. */
export type FactWorld = {
  customers: number;
  subscriptions: SubscriptionFact[];
  usage: UsageFact[];
  tickets: TicketFact[];
  payments: PaymentFact[];
};

export type EventFact = {
  customer: number;
  sourceId: string;
  version: number;
  kind: string;
  occurredAt: number;
  recordedAt: number;
  ingestedAt: number;
};

export type SubscriptionFact = EventFact & {
  subscription: string;
  plan: string | null;
  seats: number | null;
  unitPriceCents: number | null;
  discountPct: number | null;
  discountByPlay: boolean;
  termMonths: number | null;
  /** Of a notice: when coverage is to end. */
  effectiveAt: number | null;
};

export type TicketFact = EventFact & {
  ticket: string;
  category: string | null;
  severity: string | null;
  openedBy: string | null;
  satisfaction: number | null;
};

export type PaymentFact = EventFact & { invoice: string; amountCents: number };

export type UsageFact = {
  customer: number;
  day: string;
  recordedAt: number;
  ingestedAt: number;
  counters: Record<(typeof COUNTERS)[number], number>;
};

export const COUNTERS = USAGE_COUNTERS;

/** Replaces all facts of the database by those of a world. */
export async function writeFacts(client: PoolClient, world: FactWorld): Promise<void> {
  await client.query(
    `TRUNCATE customer, customer_version, subscription_event, usage_daily, ticket_event, payment_event,
      feature_row, feature_range, feature_build, import_run CASCADE`,
  );
  const ids = Array.from({ length: world.customers }, (_, i) => i + 1);
  await client.query(
    "INSERT INTO import_run (id, source, origin, historical, status) VALUES (1, 't', 't', true, 'succeeded')",
  );
  await copyRows({ client, table: "customer", columns: ["id", "source_id"], rows: ids.map((id) => [id, `c${id}`]) });
  await addFacts(client, world);
}

/** Adds facts to those that are there. */
export async function addFacts(client: PoolClient, world: Partial<FactWorld>): Promise<void> {
  const at = (ms: number) => new Date(ms);
  const write = (table: string, columns: string[], rows: CopyValue[][]) => copyRows({ client, table, columns, rows });
  const eventRow = (f: EventFact): CopyValue[] => [
    f.customer,
    f.sourceId,
    f.version,
    f.kind,
    at(f.occurredAt),
    at(f.recordedAt),
    at(f.ingestedAt),
    "source",
    1,
    "\\x00",
  ];
  await write(
    "subscription_event",
    [
      ...EVENT,
      "subscription_id",
      "plan",
      "seats",
      "unit_price_cents",
      "discount_pct",
      "discount_by_play",
      "term_months",
      "effective_at",
    ],
    (world.subscriptions ?? []).map((f) => [
      ...eventRow(f),
      f.subscription,
      f.plan,
      f.seats,
      f.unitPriceCents,
      f.discountPct,
      f.discountByPlay,
      f.termMonths,
      f.effectiveAt === null ? null : at(f.effectiveAt),
    ]),
  );
  await write(
    "ticket_event",
    [...EVENT, "ticket_id", "category", "severity", "opened_by", "satisfaction"],
    (world.tickets ?? []).map((f) => [...eventRow(f), f.ticket, f.category, f.severity, f.openedBy, f.satisfaction]),
  );
  await write(
    "payment_event",
    [...EVENT, "invoice_id", "amount_cents", "currency"],
    (world.payments ?? []).map((f) => [...eventRow(f), f.invoice, f.amountCents, "USD"]),
  );
  await write(
    "usage_daily",
    ["customer_id", "day", "recorded_at", "ingested_at", "import_id", "recorded_basis", ...COUNTERS],
    (world.usage ?? []).map((f) => [
      f.customer,
      f.day,
      at(f.recordedAt),
      at(f.ingestedAt),
      1,
      "source",
      ...COUNTERS.map((counter) => f.counters[counter]),
    ]),
  );
  await client.query(
    `UPDATE usage_daily u SET is_difference = true WHERE NOT u.is_difference AND EXISTS (
       SELECT 1 FROM usage_daily f WHERE f.customer_id = u.customer_id AND f.day = u.day AND f.ctid < u.ctid AND NOT f.is_difference)`,
  );
}

const EVENT = [
  "customer_id",
  "source_id",
  "version",
  "kind",
  "occurred_at",
  "recorded_at",
  "ingested_at",
  "recorded_basis",
  "import_id",
  "content_hash",
];
