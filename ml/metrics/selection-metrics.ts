import {
  checkRows,
  defined,
  MetricInputError,
  type MetricValue,
  orderByScoreDescending,
  type ScoredRows,
  undefinedMetric,
} from "./metric-value";

/** How good a selection of rows is. Counts are unweighted rows; precision and recall are weighted. */
export type SelectionMetrics = {
  /** Share of positives among the selected; undefined when none is selected. */
  readonly precision: MetricValue;
  /** Share of the positives that is selected; undefined when there is none. */
  readonly recall: MetricValue;
  /** Number of rows selected with weight above 0; fractional where ties share the last places. */
  readonly selected: number;
  /** Of those, the positive ones. */
  readonly selectedPositives: number;
  /** Number of positive rows with weight above 0. */
  readonly positives: number;
};

/**
 * Precision and recall of the rows whose score is above the threshold (strictly).
 *
 * @throws MetricInputError
 */
export function selectionAtThreshold(rows: ScoredRows, threshold: number): SelectionMetrics {
  if (!Number.isFinite(threshold)) {
    throw new MetricInputError(`selectionAtThreshold threshold is ${threshold}; expected a finite number`);
  }
  return selectionMetrics(rows, membershipAbove(rows.scores, threshold));
}

/**
 * Precision and recall of the `count` rows with the highest scores. Rows tied at the cut share the remaining places, which
 * is the expected value over random tie order: labels must not decide ties.
 *
 * @throws MetricInputError
 */
export function selectionOfTop(rows: ScoredRows, count: number): SelectionMetrics {
  return selectionMetrics(rows, membershipOfTop(rows.scores, count));
}

/**
 * Precision and recall of a given selection, such as a queue assembled group by group.
 *
 * @param membership 0 to 1 per row: how much of the row is selected
 * @throws MetricInputError
 */
export function selectionMetrics(rows: ScoredRows, membership: ArrayLike<number>): SelectionMetrics {
  const totals = checkRows("selectionMetrics", rows, "score");
  checkMembership(membership, rows.scores.length);
  let selectedWeight = 0;
  let hitWeight = 0;
  let selected = 0;
  let selectedPositives = 0;
  let positives = 0;
  for (let row = 0; row < membership.length; row++) {
    const weight = rows.weights ? rows.weights[row]! : 1;
    if (weight === 0) continue;
    const share = membership[row]!;
    const isPositive = rows.labels[row] === 1;
    selected += share;
    selectedWeight += share * weight;
    if (!isPositive) continue;
    positives += 1;
    selectedPositives += share;
    hitWeight += share * weight;
  }
  return {
    precision:
      selectedWeight > 0
        ? defined(hitWeight / selectedWeight)
        : undefinedMetric("precision requires at least one selected row"),
    recall:
      totals.positive > 0
        ? defined(hitWeight / totals.positive)
        : undefinedMetric("recall requires at least one positive row"),
    selected,
    selectedPositives,
    positives,
  };
}

/** 1 for rows strictly above the threshold, else 0. */
export function membershipAbove(scores: ArrayLike<number>, threshold: number): Float64Array {
  return Float64Array.from(scores, (score) => (score > threshold ? 1 : 0));
}

/**
 * 1 for the rows with the highest scores, `count` in all; rows tied at the cut get equal fractions. All rows when there are
 * no more than `count`.
 *
 * @throws MetricInputError when count is not a whole number of at least 0
 */
export function membershipOfTop(scores: ArrayLike<number>, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new MetricInputError(`membershipOfTop count is ${count}; expected a whole number of at least 0`);
  }
  const membership = new Float64Array(scores.length);
  if (count === 0) return membership;
  if (count >= scores.length) return membership.fill(1);
  const order = orderByScoreDescending(scores);
  const cut = scores[order[count - 1]!]!;
  const above = order.findIndex((row) => scores[row] === cut);
  const tied = order.reduce((total, row) => total + (scores[row] === cut ? 1 : 0), 0);
  for (const row of order) {
    if (scores[row]! > cut) membership[row] = 1;
    else if (scores[row] === cut) membership[row] = (count - above) / tied;
    else break;
  }
  return membership;
}

export function checkMembership(membership: ArrayLike<number>, rows: number): void {
  if (membership.length !== rows) {
    throw new MetricInputError(`membership has ${membership.length} entries; expected ${rows}, one per row`);
  }
  for (let row = 0; row < rows; row++) {
    const share = membership[row]!;
    if (!(share >= 0 && share <= 1)) {
      throw new MetricInputError(`membership of row ${row} is ${share}; expected 0 to 1`);
    }
  }
}
