/** What an erasure replaces, in plain words; stands in the audit as well. */
export const REPLACED = {
  versions: "versions of the customer",
  contacts: "contacts",
  quarantined: "quarantined rows",
  messages: "messages of imports and jobs",
  files: "files put away after their import (removed whole)",
} as const;

/** Tables of a customer that an erasure changes; in all others its rows stay as they are. */
export const REPLACED_TABLES: readonly string[] = ["customer_version", "contact"];

const KEPT: Readonly<Record<string, string>> = {
  assignment: "draws for the comparison group",
  backtest_row: "weeks in models' backtests",
  customer_owner: "owners it had",
  episode_week: "weeks at risk",
  exposure: "entries into the comparison group's count",
  feature_row: "feature rows",
  label: "labels",
  leaving_customer: "weeks listed as leaving",
  outcome: "outcomes",
  payment_event: "payment events",
  prediction: "predictions",
  risk_episode: "stretches at risk",
  subscription_event: "subscription events",
  ticket_event: "ticket events (times and categories; texts are never taken)",
  usage_daily: "days of use",
  usage_event: "usage events (with a salted hash in place of the person)",
};

/** The audit stays as it was written; it never held more than numbers. */
export const KEPT_AUDIT = "entries in the audit (by number)";

/** What the rows of a table are to a reader; a table without words here is named as it is. */
export function keptWords(table: string): string {
  return KEPT[table] ?? table;
}
