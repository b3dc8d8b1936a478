import type { ChurnCheck } from "@/lib/churn-check/contract";
import type { IntervalEstimateView } from "@/lib/model-registry/contract";
import type { TrainingMetrics } from "@/lib/training/contract";
import type { DepartureShortage } from "@/lib/training/departure-shortage";
import { CHECKS, type CheckId, FAILED_STATES, type Readiness, type ReadinessCheck, STATE_TITLES } from "./contract";

/** A column without a value for this share of customers is empty. */
const EMPTY_FROM = 0.9;
/** With more than this share of its columns empty a view says too little. */
const EMPTY_COLUMNS_MAX = 0.5;
/** A model whose log loss is less than this share below that of the average rate ranks hardly anybody rightly. */
const SKILL_MIN = 0.05;

const passed = (id: CheckId, says: string): ReadinessCheck => ({ id, state: "passed", says, helps: null });
const failed = (id: CheckId, says: string, helps: string): ReadinessCheck => ({ id, state: "failed", says, helps });
const unknown = (id: CheckId, says: string): ReadinessCheck => ({ id, state: "unknown", says, helps: null });

/** The verdict: the first check that failed; with none, whether a model has shown what it is worth. */
export function judgeReadiness(checks: readonly ReadinessCheck[]): Readiness {
  const inOrder = CHECKS.flatMap((id) => checks.filter((check) => check.id === id));
  const first = inOrder.find(({ state }) => state === "failed");
  const model = inOrder.find(({ id }) => id === "model");
  const state = first ? FAILED_STATES[first.id] : model?.state === "passed" ? "usable" : "trainable";
  return {
    state,
    title: STATE_TITLES[state],
    says: first?.says ?? model?.says ?? "",
    helps: first?.helps ?? null,
    checks: inOrder,
  };
}

/** Of what a churn check finds: data, leavers and the confirmation. */
export function checksOfChurn(check: ChurnCheck, isDemo: boolean): ReadinessCheck[] {
  const { customers, survivorship, confirmation } = check;
  if (customers === 0 || check.countedTo === null) {
    return [
      failed("data", "There is no customer with a paid subscription yet.", "Import customers and their subscriptions."),
      unknown("leavers", "Cannot be told without customers."),
      unknown("churn", "Cannot be told without customers."),
    ];
  }
  return [
    passed("data", `${counted(customers, "customer")} with a paid subscription.`),
    survivorship
      ? failed("leavers", survivorship.says, "Import the departed customers with their subscriptions.")
      : passed("leavers", "Ends and notices lie over the months."),
    isDemo
      ? { id: "churn", state: "skipped", says: "Demo data needs no confirmation.", helps: null }
      : churnCheck(confirmation),
  ];
}

function churnCheck(confirmation: ChurnCheck["confirmation"]): ReadinessCheck {
  const helps = "An administrator compares the months of the churn check with what finance reports, and confirms them.";
  if (!confirmation) return failed("churn", "Nobody has confirmed the monthly churn that the data shows.", helps);
  if (confirmation.state === "lapsed")
    return failed("churn", `The confirmation of the churn has lapsed. ${confirmation.because ?? ""}`.trim(), helps);
  return passed("churn", `Confirmed by ${confirmation.confirmedBy}.`);
}

/** Whether enough weeks can be learnt from: their windows are over and the usage before them is known. */
export function historyCheck(args: { weeks: number; needed: number; maturityDays: number }): ReadinessCheck {
  const { weeks, needed, maturityDays } = args;
  const says = `${counted(weeks, "week")} can be learnt from`;
  if (weeks >= needed) return passed("history", `${says}; at least ${needed} are needed.`);
  return failed(
    "history",
    `Too short a history for a model: ${says}, at least ${needed} are needed.`,
    `${counted(needed - weeks, "week")} more of history, earlier or still to come. A week counts once ${maturityDays} days after it and the usage of the 12 weeks before it are in the data.`,
  );
}

/** Whether enough customers have left; `perMonth`: departures a month lately, null where that is unknown. */
export function departuresCheck(args: {
  shortage: DepartureShortage | null;
  departed: number;
  weeks: number;
  perMonth: number | null;
}): ReadinessCheck {
  const { shortage, perMonth } = args;
  if (!shortage)
    return passed(
      "departures",
      `${counted(args.departed, "customer")} left in the ${counted(args.weeks, "training week")}.`,
    );
  const missing = shortage.least - shortage.departedCustomers;
  const pace = shortage.part === "train" && perMonth !== null && perMonth > 0 ? paceWords(missing, perMonth) : "";
  return failed(
    "departures",
    `${shortage.says}.`,
    `${counted(missing, "more departure")}: earlier history, time, or a source that names departures which this one does not.${pace}`,
  );
}

function paceWords(missing: number, perMonth: number): string {
  const months = Math.ceil(missing / perMonth);
  const time =
    months > 120
      ? "more than ten years"
      : months > 24
        ? `about ${Math.ceil(months / 12)} years`
        : `about ${counted(months, "month")}`;
  return ` At the present pace of ${perMonth.toFixed(1)} departures a month that takes ${time}.`;
}

/** How many columns have no value for nearly everybody. */
export type FeatureGap = { empty: number; of: number; mostly: boolean; sources: string[] };

/** @param columns share of rows without a value, and which sources the column reads */
export function featureGap(columns: readonly { missingRate: number; sources: readonly string[] }[]): FeatureGap {
  const empty = columns.filter(({ missingRate }) => missingRate >= EMPTY_FROM);
  const sources = [...new Set(empty.flatMap((column) => column.sources))].sort();
  return {
    empty: empty.length,
    of: columns.length,
    mostly: empty.length > columns.length * EMPTY_COLUMNS_MAX,
    sources,
  };
}

/** Of the features of the newest build; null before the first. */
export function featuresCheck(gap: FeatureGap | null): ReadinessCheck {
  if (!gap || gap.of === 0)
    return unknown("features", "Cannot be told before features are built, which a training does.");
  const says = `${gap.empty} of ${gap.of} features have no value for nine in ten customers`;
  if (!gap.mostly) return passed("features", `${says}.`);
  return failed(
    "features",
    `Most features are missing: ${says}.`,
    `Import what they are made of: ${gap.sources.join(", ")}.`,
  );
}

/** What of a training's metrics tells a model from chance. */
export type ModelWorth = Pick<
  TrainingMetrics,
  "rocAuc" | "logLoss" | "rows" | "departureRows" | "customers" | "departedCustomers"
>;

/** The newest training that has shown what its model is worth; null metrics: its calibration found no order. */
export type TrainedModel = { metrics: ModelWorth | null; gates: { passed: number; of: number } | null };

/**
 * Whether a model, out of time, is hardly better than chance: the interval of its AUC holds 0.5 (a coin's) or lies below, or
 * its probabilities say less than SKILL_MIN more than the average rate given to everyone.
 */
export function isNearChance(worth: ModelWorth): boolean {
  const { rocAuc } = worth;
  return rocAuc.status !== "ok" || rocAuc.low <= 0.5 || (skillOf(worth) ?? 0) < SKILL_MIN;
}

/**
 * How much lower the log loss is than that of the best constant probability, the test's own rate: 0 is no better, 1 perfect,
 * below 0 worse. (McFadden's pseudo-R2, out of sample.) Null without a loss or without both classes.
 */
export function skillOf({ logLoss, rows, departureRows }: ModelWorth): number | null {
  const rate = departureRows / rows;
  if (logLoss.status === "undefined" || !(rate > 0 && rate < 1)) return null;
  return 1 + logLoss.estimate / (rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
}

/** What the newest model is worth; null before the first. */
export function modelCheck(trained: TrainedModel | null): ReadinessCheck {
  if (!trained)
    return unknown("model", "No model has been trained yet: only one that is tried on later weeks can tell.");
  const helps =
    "More departures, or data that shows leaving before it happens: usage by day, support tickets, payments. Check that the dates of departures and of the facts before them are right.";
  const { metrics, gates } = trained;
  if (!metrics)
    return failed("model", "The newest model put leavers in no better order than chance, so none was kept.", helps);
  const says = `${worthWords(metrics)}, on ${counted(metrics.customers, "customer")} of later weeks, ${metrics.departedCustomers} of whom left${
    gates ? `. ${gates.passed} of ${gates.of} gates passed` : ""
  }`;
  if (isNearChance(metrics)) return failed("model", `The model is near chance: ${says}.`, helps);
  return passed("model", `${says}.`);
}

/** "AUC 0.52 (95% interval 0.46 to 0.58; 0.50 is chance), probabilities 2.1% better than the average for everyone" */
export function worthWords(worth: ModelWorth): string {
  const skill = skillOf(worth);
  const better =
    skill === null
      ? ""
      : `, probabilities ${Math.abs(skill * 100).toFixed(1)}% ${skill < 0 ? "worse" : "better"} than the average for everyone`;
  return `${aucWords(worth.rocAuc)}${better}`;
}

function aucWords(rocAuc: IntervalEstimateView): string {
  if (rocAuc.status === "undefined") return `no AUC (${rocAuc.reason})`;
  const estimate = `AUC ${rocAuc.estimate.toFixed(2)}`;
  if (rocAuc.status === "no_interval") return `${estimate}, without an interval (${rocAuc.reason})`;
  return `${estimate} (95% interval ${rocAuc.low.toFixed(2)} to ${rocAuc.high.toFixed(2)}; 0.50 is chance)`;
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
}
