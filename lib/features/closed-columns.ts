/** Why the role that computes features can read nothing of a table. */
export const CLOSED_TABLES: Readonly<Record<string, string>> = {
  contact: "People. No score rests on who works at a customer.",
  customer: "The ids of the source; whom they stand for is no reason to leave.",
  customer_version: "Who the customer is: name, group, line of business, place. A score rests on what a customer does.",
  customer_owner: "Our own work. A score that knew who looks after a customer would judge colleagues.",
  usage_event: "Single events with a hash in place of the person; only their counts of a day are read.",
  quarantined_row: "Rows that were not taken, as they stood in the file: may hold anything.",
  waiting_row: "Rows whose customer is not known yet, as they stood in the file.",
  awaited_owner: "Our own work: owners who are no users yet.",
  label: "What is to be predicted: read in training only, once it is certain.",
  outcome: "What became of a prediction: a score must not learn from scores.",
  prediction: "Scores of the past: a score must not learn from scores.",
  backtest_row: "Scores of weeks that a model was tested on: a score must not learn from scores.",
  leaving_customer: "A list of the week; the notice itself decides who is asked about at all.",
  risk_episode: "Follows from scores, and from our own work.",
  episode_week: "Follows from scores.",
  assignment: "The lot of the comparison group: a score that knew it would see the programme's effect.",
  exposure: "The lot of the comparison group: a score that knew it would see the programme's effect.",
};

/** Tables of customers that are made by features, and read again only to be summed up. */
export const MADE_TABLES: readonly string[] = ["feature_row"];

/** Why single columns of an otherwise open table are closed. */
export const CLOSED_COLUMNS: Readonly<Record<string, string>> = {
  import_id: "Says which import brought the row.",
  content_hash: "Tells repeated rows from changed ones.",
  recorded_basis: "Says whether the time of knowing was told or assumed.",
  currency: "Always the company's own.",
};
