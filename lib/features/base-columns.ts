import type { ACCOUNT_COLUMNS, AccountColumn, SOURCE_COLUMNS, SourceName } from "./definitions/expression";

type Base<Columns> = { readonly table: string; readonly columns: { readonly [C in keyof Columns]: readonly string[] } };

/** What a customer's paid time is told from. */
const COVERAGE = ["kind", "occurred_at", "effective_at"];

/**
 * The table behind each source, and the columns of it that each of the source's columns is made from. Beside the SQL of
 * the sources this is the only place that knows; a test holds it to what Postgres lets that SQL read.
 */
export const BASE_COLUMNS: {
  readonly [S in SourceName]: Base<(typeof SOURCE_COLUMNS)[S]>;
} = {
  usage_day: {
    table: "usage_daily",
    columns: {
      day: ["day"],
      active_users: ["active_users"],
      sessions: ["sessions"],
      tasks: ["tasks"],
      comments: ["comments"],
      projects: ["projects"],
      files: ["files"],
      reports: ["reports"],
      integrations: ["integrations"],
      exports: ["exports"],
    },
  },
  ticket: {
    table: "ticket_event",
    columns: {
      opened_at: ["kind", "occurred_at"],
      resolved_at: ["kind", "occurred_at"],
      rated_at: ["kind", "occurred_at"],
      category: ["category"],
      severity: ["severity"],
      opened_by: ["opened_by"],
      satisfaction: ["satisfaction"],
      reopenings: ["kind"],
      response_minutes: ["kind", "occurred_at"],
      resolution_minutes: ["kind", "occurred_at"],
    },
  },
  invoice: {
    table: "payment_event",
    columns: {
      due_at: ["kind", "occurred_at"],
      paid_at: ["kind", "occurred_at"],
      failed_at: ["kind", "occurred_at"],
      refunded_at: ["kind", "occurred_at"],
      failures: ["kind"],
      amount_cents: ["amount_cents"],
      days_late: ["kind", "occurred_at"],
    },
  },
  subscription_change: {
    table: "subscription_event",
    columns: { occurred_at: ["occurred_at"], kind: ["kind"] },
  },
};

/** The same for the one row that a customer's subscriptions make; covered_days is how long it has paid without a break. */
export const ACCOUNT_BASE: Base<Record<AccountColumn["column"] | "covered_days", unknown>> = {
  table: "subscription_event",
  columns: {
    seats: ["seats"],
    list_mrr_cents: ["seats", "unit_price_cents"],
    unit_price_cents: ["seats", "unit_price_cents"],
    list_discount_pct: ["seats", "discount_pct", "discount_by_play"],
    term_months: ["term_months"],
    covered_since: COVERAGE,
    first_started_at: ["kind", "occurred_at"],
    covered_days: COVERAGE,
  } satisfies Record<keyof typeof ACCOUNT_COLUMNS | "covered_days", readonly string[]>,
};

/** Columns that no feature is made from, and that are read to find, date and group the rows of those that are. */
export const ROW_COLUMNS: Readonly<Record<string, string>> = {
  customer_id: "says whose row it is; the number itself is no feature",
  source_id: "tells versions of one event together",
  version: "of several versions the newest known counts",
  recorded_at: "what could not be known yet does not count",
  ingested_at: "what came later does not change a past week",
  is_difference: "marks corrections of a day",
  subscription_id: "tells the events of one subscription together",
  ticket_id: "tells the events of one ticket together",
  invoice_id: "tells the events of one invoice together",
  plan: "groups comparable customers; no feature",
};
