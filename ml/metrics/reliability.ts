import {
  checkRows,
  defined,
  MetricInputError,
  type MetricValue,
  orderByScoreDescending,
  type ScoredRows,
  undefinedMetric,
} from "./metric-value";

/** Rows of similar probability; `from` and `to` are the lowest and highest in it. */
export type ReliabilityBin = {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly weight: number;
  readonly meanProbability: number;
  /** Weighted share of positives. */
  readonly observedRate: number;
};

/**
 * Groups rows into bins of about equal weight (quantile bins), lowest probability first. Rows of equal probability are never
 * parted, so there may be fewer bins than asked for; rows of weight 0 are left out; no rows give no bins.
 *
 * @param binCount at least 1
 * @throws MetricInputError
 */
export function reliabilityBins(rows: ScoredRows, binCount: number): ReliabilityBin[] {
  if (!Number.isInteger(binCount) || binCount < 1) {
    throw new MetricInputError(`reliabilityBins binCount is ${binCount}; expected a whole number of at least 1`);
  }
  const totals = checkRows("reliabilityBins", rows, "probability");
  const perBin = (totals.positive + totals.negative) / binCount;
  const order = orderByScoreDescending(rows.scores).reverse();
  const bins: ReliabilityBin[] = [];
  let open: OpenBin | undefined;
  let weightSoFar = 0;
  for (const row of order) {
    const weight = rows.weights ? rows.weights[row]! : 1;
    if (weight === 0) continue;
    const probability = rows.scores[row]!;
    // A bin is full once the weight up to here reaches its share; it closes at the next different probability.
    if (open && probability !== open.to && weightSoFar >= perBin * (bins.length + 1) * (1 - 1e-12)) {
      bins.push(closeBin(open));
      open = undefined;
    }
    open ??= { from: probability, to: probability, rows: 0, weight: 0, probabilitySum: 0, positiveWeight: 0 };
    open.to = probability;
    open.rows += 1;
    open.weight += weight;
    open.probabilitySum += weight * probability;
    open.positiveWeight += rows.labels[row] === 1 ? weight : 0;
    weightSoFar += weight;
  }
  if (open) bins.push(closeBin(open));
  return bins;
}

/**
 * Expected calibration error: weighted mean over bins of |mean probability - observed rate|. Lower is better; small samples
 * push it up even for a perfect model. Undefined without bins.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): MetricValue {
  const total = bins.reduce((sum, bin) => sum + bin.weight, 0);
  if (total === 0) return undefinedMetric("expectedCalibrationError requires at least one row with weight above 0");
  const sum = bins.reduce((acc, bin) => acc + bin.weight * Math.abs(bin.meanProbability - bin.observedRate), 0);
  return defined(sum / total);
}

type OpenBin = {
  from: number;
  to: number;
  rows: number;
  weight: number;
  probabilitySum: number;
  positiveWeight: number;
};

function closeBin(bin: OpenBin): ReliabilityBin {
  const { from, to, rows, weight } = bin;
  return {
    from,
    to,
    rows,
    weight,
    meanProbability: bin.probabilitySum / weight,
    observedRate: bin.positiveWeight / weight,
  };
}
