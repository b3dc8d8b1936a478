/** In the order in which they are asked: the first that fails is the verdict. */
export const CHECKS = ["data", "leavers", "history", "departures", "churn", "features", "model"] as const;
export type CheckId = (typeof CHECKS)[number];

/** The verdict where a check fails. */
export const FAILED_STATES = {
  data: "no_data",
  leavers: "survivorship",
  history: "too_short",
  departures: "too_few_departures",
  churn: "churn_not_confirmed",
  features: "features_missing",
  model: "near_chance",
} as const satisfies Record<CheckId, string>;
export type FailedState = (typeof FAILED_STATES)[CheckId];

/** trainable: nothing speaks against a model, and none has been trained · usable: a trained one is better than chance */
export type ReadinessState = FailedState | "trainable" | "usable";

/** passed, failed; unknown: cannot be told before an earlier check passes or a model is trained; skipped: not asked in a demo */
export type ReadinessCheck = {
  id: CheckId;
  state: "passed" | "failed" | "unknown" | "skipped";
  /** what is so, with the counts */
  says: string;
  /** what would help, where it failed */
  helps: string | null;
};

/** Whether the data can carry a model, in words with counts. */
export type Readiness = {
  state: ReadinessState;
  /** the verdict in a few words */
  title: string;
  /** what decided, and what would help */
  says: string;
  helps: string | null;
  checks: ReadinessCheck[];
};

export const STATE_TITLES: Record<ReadinessState, string> = {
  no_data: "No data",
  survivorship: "Nobody who left is in the data",
  too_short: "Too short a history",
  too_few_departures: "Too few departures",
  churn_not_confirmed: "The churn is not confirmed",
  features_missing: "Most features are missing",
  near_chance: "Near chance",
  trainable: "Enough to train a model",
  usable: "Usable",
};

export const CHECK_TITLES: Record<CheckId, string> = {
  data: "Customers and subscriptions",
  leavers: "Those who left are in the data",
  history: "Weeks to learn from",
  departures: "Departures to learn from",
  churn: "Churn confirmed",
  features: "Features with values",
  model: "Better than chance, out of time",
};

/** What a page without a queue says first. */
export function noQueueTitle(state: FailedState): string {
  if (state === "near_chance") return "Near chance: no queue";
  return `${STATE_TITLES[state]}: no model, no queue`;
}

export function isFailed(state: ReadinessState): state is FailedState {
  return state !== "trainable" && state !== "usable";
}
