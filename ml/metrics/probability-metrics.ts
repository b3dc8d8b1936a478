import { checkRows, defined, type MetricValue, missingClass, type ScoredRows, undefinedMetric } from "./metric-value";

/** Distance that probabilities of exactly 0 and 1 keep from the ends in the log loss: the spacing of doubles at 1. */
export const logLossClip = 2.220446049250313e-16;

/**
 * Weighted mean of `-log(probability given to what happened)`, in nats. Lower is better. As scikit-learn's `log_loss`.
 *
 * Undefined without a row. @throws MetricInputError
 */
export function logLoss(rows: ScoredRows): MetricValue {
  return weightedMean("logLoss", rows, rowLogLoss);
}

/**
 * Brier score: weighted mean squared difference of probability and outcome. Lower is better. As scikit-learn's `brier_score_loss`.
 *
 * Undefined without a row. @throws MetricInputError
 */
export function brierScore(rows: ScoredRows): MetricValue {
  return weightedMean("brierScore", rows, (probability, label) => (probability - label) ** 2);
}

export function rowLogLoss(probability: number, label: number): number {
  const clipped = Math.min(1 - logLossClip, Math.max(logLossClip, probability));
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

function weightedMean(
  metric: string,
  rows: ScoredRows,
  loss: (probability: number, label: number) => number,
): MetricValue {
  const totals = checkRows(metric, rows, "probability");
  const missing = missingClass(metric, totals, "any");
  if (missing) return undefinedMetric(missing);
  let sum = 0;
  for (let row = 0; row < rows.scores.length; row++) {
    const weight = rows.weights ? rows.weights[row]! : 1;
    if (weight > 0) sum += weight * loss(rows.scores[row]!, rows.labels[row]!);
  }
  return defined(sum / (totals.positive + totals.negative));
}
