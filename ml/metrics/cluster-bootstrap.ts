import { drawMultiplicities } from "../random/distributions";
import { createRandom } from "../random/random";
import { checkRows, MetricInputError, orderByScoreDescending, type ScoredRows } from "./metric-value";
import { rowLogLoss } from "./probability-metrics";
import { checkMembership } from "./selection-metrics";

/** An estimate with its 95% interval, or what is missing for either. */
export type IntervalEstimate =
  | {
      readonly status: "ok";
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
      readonly resamples: number;
    }
  | { readonly status: "no_interval"; readonly estimate: number; readonly reason: string }
  | { readonly status: "undefined"; readonly reason: string };

export type BootstrapMetric =
  | "rocAuc"
  | "averagePrecision"
  | "logLoss"
  | "brierScore"
  | "precision"
  | "recall"
  | "selectedPrecision"
  | "selectedRecall";

export type ClusterBootstrap = {
  /** `precision` and `recall` are those of rows above the threshold, `selected…` those of the given selection. */
  readonly metrics: Readonly<Partial<Record<BootstrapMetric, IntervalEstimate>>>;
  /** Rows, and distinct groups, with weight above 0. */
  readonly rows: number;
  readonly groups: number;
  /** Positive rows, and groups with at least one, with weight above 0. */
  readonly positives: number;
  readonly positiveGroups: number;
  readonly resamples: number;
};

/** Fewer groups than this give no interval: percentiles of so few would be far too narrow. */
export const groupsForIntervalMin = 20;
const definedShareMin = 0.95;

/**
 * Metrics with percentile 95% intervals from resampling whole groups, each with all its rows. For rows that repeat an
 * entity and so are not independent; resampling rows would give intervals that are too narrow.
 *
 * A resample draws as many groups as there are, with replacement; a row's weight is multiplied by how often its group was
 * drawn. One pass over the rows, sorted once, gives all metrics of a resample: O(n log n + resamples * n). The interval runs
 * between the 2.5th and 97.5th percentile (type 7) of the resamples in which the metric is defined, at least 95% of them.
 *
 * @param args.scores probabilities
 * @param args.groupIds entity of each row
 * @param args.threshold rows strictly above it count as flagged; without it there is no precision and recall
 * @param args.membership selection of the rows, 0 to 1 each (see `membershipOfTop`), kept as it is in every resample
 * @param args.resamples at least 100; default 1000
 * @throws MetricInputError
 */
export function clusterBootstrap(
  args: ScoredRows & {
    groupIds: ArrayLike<number>;
    threshold?: number;
    membership?: ArrayLike<number>;
    resamples?: number;
    seed: string | number;
  },
): ClusterBootstrap {
  const resamples = args.resamples ?? 1000;
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new MetricInputError(`clusterBootstrap resamples is ${resamples}; expected a whole number of at least 100`);
  }
  const sorted = sortRows(args);
  const names = metricNames(args);
  const estimates = evaluate(sorted, new Int32Array(sorted.groups).fill(1));
  const draws = names.map(() => new Float64Array(resamples));
  const random = createRandom(args.seed);
  for (let resample = 0; resample < resamples; resample++) {
    const values = evaluate(sorted, drawMultiplicities(random, sorted.groups));
    for (const [index, name] of names.entries()) draws[index]![resample] = values[name];
  }
  const metrics: Partial<Record<BootstrapMetric, IntervalEstimate>> = {};
  for (const [index, name] of names.entries()) {
    metrics[name] = summarise({ name, estimate: estimates[name], draws: draws[index]!, groups: sorted.groups });
  }
  const { rows, groups, positives, positiveGroups } = sorted;
  return { metrics, rows, groups, positives, positiveGroups, resamples };
}

/** Columns of the rows with weight above 0, highest score first. */
type SortedRows = {
  rows: number;
  groups: number;
  positives: number;
  positiveGroups: number;
  group: Int32Array;
  label: Uint8Array;
  weight: Float64Array;
  /** 1 where the next row has another score, so that ties are taken together. */
  endsTie: Uint8Array;
  logLoss: Float64Array;
  brier: Float64Array;
  flagged: Uint8Array;
  membership: Float64Array;
};

function sortRows(
  args: ScoredRows & { groupIds: ArrayLike<number>; threshold?: number; membership?: ArrayLike<number> },
): SortedRows {
  const { scores, labels, weights, groupIds, threshold, membership } = args;
  checkRows("clusterBootstrap", args, "probability");
  if (groupIds.length !== scores.length) {
    throw new MetricInputError(
      `clusterBootstrap has ${groupIds.length} groupIds; expected ${scores.length}, one per row`,
    );
  }
  if (membership) checkMembership(membership, scores.length);
  if (threshold !== undefined && !Number.isFinite(threshold)) {
    throw new MetricInputError(`clusterBootstrap threshold is ${threshold}; expected a finite number`);
  }
  const order = orderByScoreDescending(scores).filter((row) => !weights || weights[row]! > 0);
  const groupNumbers = new Map<number, number>();
  const positiveGroups = new Set<number>();
  const sorted = emptyRows(order.length);
  for (const [position, row] of order.entries()) {
    const id = groupIds[row]!;
    const group = groupNumbers.get(id) ?? groupNumbers.size;
    groupNumbers.set(id, group);
    const label = labels[row] === 1 ? 1 : 0;
    if (label === 1) positiveGroups.add(group);
    const probability = scores[row]!;
    const next = order[position + 1];
    sorted.positives += label;
    sorted.group[position] = group;
    sorted.label[position] = label;
    sorted.weight[position] = weights ? weights[row]! : 1;
    sorted.endsTie[position] = next === undefined || scores[next] !== probability ? 1 : 0;
    sorted.logLoss[position] = rowLogLoss(probability, label);
    sorted.brier[position] = (probability - label) ** 2;
    sorted.flagged[position] = threshold !== undefined && probability > threshold ? 1 : 0;
    sorted.membership[position] = membership ? membership[row]! : 0;
  }
  return { ...sorted, groups: groupNumbers.size, positiveGroups: positiveGroups.size };
}

function emptyRows(rows: number): SortedRows {
  return {
    rows,
    groups: 0,
    positives: 0,
    positiveGroups: 0,
    group: new Int32Array(rows),
    label: new Uint8Array(rows),
    weight: new Float64Array(rows),
    endsTie: new Uint8Array(rows),
    logLoss: new Float64Array(rows),
    brier: new Float64Array(rows),
    flagged: new Uint8Array(rows),
    membership: new Float64Array(rows),
  };
}

function metricNames(args: { threshold?: number; membership?: ArrayLike<number> }): BootstrapMetric[] {
  return [
    "rocAuc",
    "averagePrecision",
    "logLoss",
    "brierScore",
    ...(args.threshold === undefined ? [] : (["precision", "recall"] as const)),
    ...(args.membership === undefined ? [] : (["selectedPrecision", "selectedRecall"] as const)),
  ];
}

/** All metrics of one resample; NaN (0 / 0) where undefined. This is the inner loop: no allocation, no calls per row. */
function evaluate(rows: SortedRows, multiplicity: Int32Array): Record<BootstrapMetric, number> {
  const { group, label, weight, endsTie, logLoss, brier, flagged, membership } = rows;
  let [positive, total, tiePositive, tieTotal] = [0, 0, 0, 0];
  let [concordant, precisionSum, logLossSum, brierSum] = [0, 0, 0, 0];
  let [flaggedSum, flaggedHit, selectedSum, selectedHit] = [0, 0, 0, 0];
  for (let row = 0; row < rows.rows; row++) {
    const w = weight[row]! * multiplicity[group[row]!]!;
    if (w > 0) {
      const hit = w * label[row]!;
      const share = membership[row]!;
      tieTotal += w;
      tiePositive += hit;
      logLossSum += w * logLoss[row]!;
      brierSum += w * brier[row]!;
      if (flagged[row] === 1) {
        flaggedSum += w;
        flaggedHit += hit;
      }
      selectedSum += w * share;
      selectedHit += hit * share;
    }
    if (endsTie[row] === 1 && tieTotal > 0) {
      concordant += (tieTotal - tiePositive) * (positive + tiePositive / 2);
      positive += tiePositive;
      total += tieTotal;
      precisionSum += tiePositive * (positive / total);
      tiePositive = 0;
      tieTotal = 0;
    }
  }
  return {
    rocAuc: concordant / (positive * (total - positive)),
    averagePrecision: precisionSum / positive,
    logLoss: logLossSum / total,
    brierScore: brierSum / total,
    precision: flaggedHit / flaggedSum,
    recall: flaggedHit / positive,
    selectedPrecision: selectedHit / selectedSum,
    selectedRecall: selectedHit / positive,
  };
}

function summarise(args: {
  name: BootstrapMetric;
  estimate: number;
  draws: Float64Array;
  groups: number;
}): IntervalEstimate {
  const { name, estimate, groups } = args;
  if (Number.isNaN(estimate)) return { status: "undefined", reason: `${name} requires ${requirements[name]}` };
  if (groups < groupsForIntervalMin) {
    return {
      status: "no_interval",
      estimate,
      reason: `${groups} groups; an interval requires at least ${groupsForIntervalMin}`,
    };
  }
  const usable = args.draws.filter((value) => !Number.isNaN(value)).sort();
  if (usable.length < definedShareMin * args.draws.length) {
    const reason = `${name} is defined in only ${usable.length} of ${args.draws.length} resamples`;
    return { status: "no_interval", estimate, reason };
  }
  return {
    status: "ok",
    estimate,
    low: quantile(usable, 0.025),
    high: quantile(usable, 0.975),
    resamples: usable.length,
  };
}

const requirements: Readonly<Record<BootstrapMetric, string>> = {
  rocAuc: "at least one positive and one negative row",
  averagePrecision: "at least one positive row",
  logLoss: "at least one row with weight above 0",
  brierScore: "at least one row with weight above 0",
  precision: "at least one row above the threshold",
  recall: "at least one positive row",
  selectedPrecision: "at least one selected row",
  selectedRecall: "at least one positive row",
};

// Type 7 of Hyndman and Fan: linear between order statistics, as in R and numpy by default.
function quantile(ascending: Float64Array, share: number): number {
  const position = share * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (position - below) * (high - low);
}
