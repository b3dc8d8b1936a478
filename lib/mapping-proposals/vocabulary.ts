import { phrase } from "./tokens";

type Dictionary = Readonly<Record<string, readonly string[]>>;

export const SEVERITY_WORDS: Dictionary = {
  low: ["low", "minor", "trivial", "lowest", "p4", "p5", "4", "5", "niedrig"],
  normal: ["normal", "medium", "moderate", "standard", "default", "p3", "3", "mittel"],
  high: ["high", "major", "important", "p2", "2", "hoch"],
  urgent: ["urgent", "critical", "blocker", "highest", "emergency", "severe", "p1", "p0", "1", "dringend"],
};

export const CATEGORY_WORDS: Dictionary = {
  problem: [
    "problem",
    "bug",
    "incident",
    "issue",
    "technical",
    "technical issue",
    "error",
    "outage",
    "defect",
    "performance",
  ],
  question: [
    "question",
    "how to",
    "inquiry",
    "general",
    "general inquiry",
    "other",
    "support",
    "training",
    "onboarding",
    "account",
  ],
  billing: ["billing", "invoice", "payment", "payments", "refund", "pricing"],
  feature_request: ["feature request", "feature", "wish", "wunsch", "enhancement", "idea", "suggestion", "improvement"],
  cancellation: ["cancellation", "cancel", "churn", "termination", "offboarding", "downgrade"],
};

export const USAGE_WORDS: Dictionary = {
  session: [
    "session",
    "login",
    "log in",
    "sign in",
    "visit",
    "page view",
    "pageview",
    "app open",
    "session start",
    "logged in",
    "signed in",
  ],
  task: ["task", "task created", "task completed", "todo", "action", "create task", "complete task", "issue created"],
  comment: ["comment", "message", "comment added", "comment created", "reply", "message sent", "note"],
  project: ["project", "project created", "workspace created", "board", "board created"],
  file: ["file", "upload", "file uploaded", "document", "attachment", "file upload", "document created"],
  report: ["report", "dashboard", "report viewed", "report created", "dashboard viewed", "report run"],
  integration: ["integration", "api call", "webhook", "api", "integration connected", "sync"],
  export: ["export", "download", "report exported", "data export", "csv export", "exported"],
};

export const PAYMENT_WORDS: Dictionary = {
  due: ["due", "open", "sent", "pending", "issued", "outstanding", "invoice", "unpaid", "awaiting payment", "offen"],
  paid: [
    "paid",
    "succeeded",
    "success",
    "successful",
    "settled",
    "complete",
    "completed",
    "captured",
    "payment",
    "charge",
    "bezahlt",
  ],
  failed: [
    "failed",
    "failure",
    "declined",
    "uncollectible",
    "past due",
    "overdue",
    "returned",
    "bounced",
    "fehlgeschlagen",
  ],
  refunded: ["refunded", "refund", "credit", "credited", "chargeback", "reversed", "erstattet"],
};

export const SUBSCRIPTION_KIND_WORDS: Dictionary = {
  start: ["start", "started", "created", "new", "activated", "subscription created", "signup"],
  trial_start: ["trial start", "trial", "trial started"],
  seat_change: ["seat change", "seats changed", "quantity change", "expansion", "contraction"],
  plan_change: ["plan change", "upgrade", "downgrade", "upgraded", "downgraded", "plan changed"],
  price_change: ["price change", "price changed", "repriced"],
  discount: ["discount", "coupon", "discount applied"],
  notice: ["notice", "cancellation requested", "cancel requested", "cancellation scheduled", "non renewal"],
  notice_withdrawn: ["notice withdrawn", "cancellation withdrawn", "uncancelled"],
  end: ["end", "ended", "cancelled", "canceled", "expired", "churned", "terminated", "subscription deleted", "deleted"],
  reactivation: ["reactivation", "reactivated", "resumed", "win back"],
};

export const TERM_WORDS: Dictionary = {
  "1": ["monthly", "month", "1 month", "m", "mo", "monatlich"],
  "3": ["quarterly", "quarter", "3 months"],
  "6": ["semi annual", "half yearly", "semiannual", "biannual", "6 months"],
  "12": ["annual", "annually", "yearly", "year", "1 year", "12 months", "y", "yr", "jahrlich"],
  "24": ["2 years", "24 months", "biennial"],
  "36": ["3 years", "36 months"],
};

/** States of a subscription in which its end has been asked for and is still to come. */
export const NOTICE_STATES = [
  "canceling",
  "cancelling",
  "pending cancellation",
  "pending cancel",
  "pending cancelation",
  "non renewing",
  "cancel at period end",
  "notice given",
  "to be cancelled",
  "to be canceled",
  "cancellation requested",
  "scheduled to cancel",
  "gekundigt",
];
/** States that say that a trial is running. */
export const TRIAL_STATES = ["trial", "trialing", "trialling", "in trial"];

export const RATING_WORDS: Dictionary = {
  "1": ["bad", "very bad", "terrible", "very dissatisfied", "poor"],
  "2": ["dissatisfied", "unsatisfied"],
  "3": ["neutral", "okay", "ok", "average"],
  "4": ["satisfied"],
  "5": ["good", "very good", "great", "very satisfied", "excellent", "amazing"],
};

/** Foreign words to canonical ones, and those that the dictionary does not know. */
export function translateWords(
  words: readonly string[],
  dictionary: Dictionary,
): { words: Record<string, string>; unknown: string[] } {
  const known = new Map(
    Object.entries(dictionary).flatMap(([word, foreign]) =>
      [word.replaceAll("_", " "), ...foreign].map((text) => [text, word] as const),
    ),
  );
  const found: Record<string, string> = {};
  const unknown: string[] = [];
  for (const word of words) {
    const canonical = known.get(phrase(word));
    if (canonical === undefined) unknown.push(word);
    else found[word.trim().toLowerCase()] = canonical;
  }
  return { words: found, unknown };
}

/** Those of the words that mean one of the given states. */
export function statesAmong(words: readonly string[], states: readonly string[]): string[] {
  return words.filter((word) => states.includes(phrase(word))).map((word) => word.trim().toLowerCase());
}
