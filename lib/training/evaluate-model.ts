import type { Gate, IntervalEstimateView } from "@/lib/model-registry/contract";
import { type BootstrapMetric, clusterBootstrap } from "@/ml/metrics/cluster-bootstrap";
import { expectedCalibrationError, reliabilityBins } from "@/ml/metrics/reliability";
import type { TrainingMetrics } from "./contract";
import { countRows, type LabelledRows } from "./labelled-rows";
import type { EvaluationRule, TestListings } from "./list-test-weeks";

const RESAMPLES = 500;
const RELIABILITY_BINS = 10;

/**
 * Metrics of the out-of-time test with 95% intervals by customers: of the probabilities, of the flag, and of the queue as
 * the listing policy would have made it in each test week.
 */
export function evaluateModel(args: {
  test: LabelledRows;
  probabilities: Float64Array;
  listings: TestListings;
  rule: EvaluationRule;
  seed: number;
}): TrainingMetrics {
  const { test, probabilities, rule } = args;
  const membership = Float64Array.from(args.listings.listing, (listing) => (listing === "unlisted" ? 0 : 1));
  const { metrics, ...counts } = clusterBootstrap({
    scores: probabilities,
    labels: test.labels,
    weights: test.weights,
    groupIds: test.customerIds,
    threshold: rule.threshold,
    membership,
    resamples: RESAMPLES,
    seed: args.seed,
  });
  const take = (name: BootstrapMetric): IntervalEstimateView =>
    metrics[name] ?? { status: "undefined", reason: `${name} was not computed` };
  const bins = reliabilityBins({ scores: probabilities, labels: test.labels, weights: test.weights }, RELIABILITY_BINS);
  const calibrationError = expectedCalibrationError(bins);
  return {
    rocAuc: take("rocAuc"),
    averagePrecision: take("averagePrecision"),
    logLoss: take("logLoss"),
    brierScore: take("brierScore"),
    precision: take("precision"),
    recall: take("recall"),
    queuePrecision: take("selectedPrecision"),
    queueRecall: take("selectedRecall"),
    expectedCalibrationError: calibrationError.status === "ok" ? calibrationError.value : null,
    reliability: bins.map(({ from, to, rows, meanProbability, observedRate }) => ({
      from,
      to,
      rows,
      meanProbability,
      observedRate,
    })),
    threshold: rule.threshold,
    floor: rule.floor,
    capacity: rule.capacity,
    flaggedRows: probabilities.reduce((total, probability) => total + (probability > rule.threshold ? 1 : 0), 0),
    listedRows: membership.reduce((total, share) => total + share, 0),
    rows: counts.rows,
    customers: counts.groups,
    departureRows: counts.positives,
    departedCustomers: countRows(test).departedCustomers,
    resamples: counts.resamples,
  };
}

/** The promotion gates: targets on the point estimate. What is undefined has not passed. */
export function judgeGates(
  metrics: Pick<TrainingMetrics, "precision" | "recall" | "rocAuc">,
  targets: { targetPrecision: number; targetRecall: number; targetRocAuc: number },
): Gate[] {
  const rules = [
    { metric: "precision", label: "Precision of the flag", target: targets.targetPrecision },
    { metric: "recall", label: "Recall of the flag", target: targets.targetRecall },
    { metric: "rocAuc", label: "ROC AUC", target: targets.targetRocAuc },
  ] as const;
  return rules.map((rule) => {
    const result = metrics[rule.metric];
    return { ...rule, result, passed: result.status !== "undefined" && result.estimate >= rule.target };
  });
}
