import {
  checkRows,
  defined,
  type MetricValue,
  missingClass,
  orderByScoreDescending,
  type ScoredRows,
  undefinedMetric,
} from "./metric-value";

/**
 * Area under the ROC curve: the chance that a random positive row scores above a random negative one, rows drawn by weight,
 * ties counting half. Higher is better; 0.5 is no information. As scikit-learn's `roc_auc_score`.
 *
 * Undefined without both classes. O(n log n).
 * @throws MetricInputError
 */
export function rocAuc(rows: ScoredRows): MetricValue {
  const totals = checkRows("rocAuc", rows, "score");
  const missing = missingClass("rocAuc", totals, "both");
  if (missing) return undefinedMetric(missing);
  let positiveAbove = 0;
  let concordant = 0;
  forEachTie(rows, (positive, negative) => {
    concordant += negative * (positiveAbove + positive / 2);
    positiveAbove += positive;
  });
  return defined(concordant / (totals.positive * totals.negative));
}

/**
 * Average precision: precision at each distinct score, weighted by the recall gained there, without interpolation. Higher is
 * better; no information gives the share of positives. As scikit-learn's `average_precision_score`.
 *
 * Undefined without a positive row. O(n log n).
 * @throws MetricInputError
 */
export function averagePrecision(rows: ScoredRows): MetricValue {
  const totals = checkRows("averagePrecision", rows, "score");
  const missing = missingClass("averagePrecision", totals, "positive");
  if (missing) return undefinedMetric(missing);
  let positiveSoFar = 0;
  let weightSoFar = 0;
  let sum = 0;
  forEachTie(rows, (positive, negative) => {
    positiveSoFar += positive;
    weightSoFar += positive + negative;
    if (weightSoFar > 0) sum += positive * (positiveSoFar / weightSoFar);
  });
  return defined(sum / totals.positive);
}

// Visits groups of equal score from the highest, with the weight of each class in the group.
function forEachTie(rows: ScoredRows, visit: (positive: number, negative: number) => void): void {
  const { scores, labels, weights } = rows;
  const order = orderByScoreDescending(scores);
  let positive = 0;
  let negative = 0;
  for (let position = 0; position < order.length; position++) {
    const row = order[position]!;
    const weight = weights ? weights[row]! : 1;
    if (labels[row] === 1) positive += weight;
    else negative += weight;
    const next = order[position + 1];
    if (next === undefined || scores[next] !== scores[row]) {
      visit(positive, negative);
      positive = 0;
      negative = 0;
    }
  }
}
