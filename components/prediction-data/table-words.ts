const WORDS: Readonly<Record<string, string>> = {
  assignment: "Comparison group",
  awaited_owner: "Awaited owners",
  backtest_row: "Backtests",
  contact: "Contacts",
  customer: "Customers",
  customer_owner: "Owners",
  customer_version: "Customers",
  episode_week: "Weeks at risk",
  exposure: "Comparison group",
  label: "Labels",
  leaving_customer: "Leaving",
  outcome: "Outcomes",
  payment_event: "Payments",
  prediction: "Predictions",
  quarantined_row: "Quarantine",
  risk_episode: "Stretches at risk",
  subscription_event: "Subscriptions",
  ticket_event: "Support tickets",
  usage_daily: "Usage by day",
  usage_event: "Usage events",
  waiting_row: "Waiting rows",
};

/** What a table holds, in a word or two; one without words here is named as it is. */
export function tableWords(table: string): string {
  return WORDS[table] ?? table;
}
