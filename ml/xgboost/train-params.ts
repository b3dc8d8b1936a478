import { availableParallelism } from "node:os";
import { XgboostInputError } from "./errors";

export type Objective = "binary:logistic" | "reg:squarederror";
export type EvalMetric = "logloss" | "auc" | "aucpr" | "error" | "rmse" | "mae";

/** What a fit is made with. Names follow XGBoost's documentation in camel case; absent ones take XGBoost's default. */
export type TrainParams = {
  readonly objective: Objective;
  /** Metric of the history and of early stopping. Default: logloss, or rmse for squared error. */
  readonly evalMetric?: EvalMetric;
  /** Levels of a tree, 1 to 16. */
  readonly maxDepth?: number;
  /** Shrinkage per round, above 0 up to 1. */
  readonly learningRate?: number;
  /** Least sum of second derivatives in a leaf. */
  readonly minChildWeight?: number;
  /** Least gain of a split. */
  readonly gamma?: number;
  readonly subsample?: number;
  readonly colsampleByTree?: number;
  readonly colsampleByLevel?: number;
  readonly regLambda?: number;
  readonly regAlpha?: number;
  readonly maxBin?: number;
  readonly scalePosWeight?: number;
  readonly maxDeltaStep?: number;
  /** Starting prediction on the output scale. Default: the weighted mean of the training labels, so that the first trees need not learn it. */
  readonly baseScore?: number;
  readonly monotoneConstraints?: Readonly<Record<string, -1 | 0 | 1>>;
  /** Seed of row and column sampling, 0 to 2^31 - 1. */
  readonly seed: number;
  /** Threads; part of what makes a fit reproducible. Default: all cores. */
  readonly threads?: number;
};

type Range = { name: string; min: number; max: number; minExcluded?: boolean; whole?: boolean };

const ranges: Partial<Record<keyof TrainParams, Range>> = {
  maxDepth: { name: "max_depth", min: 1, max: 16, whole: true },
  learningRate: { name: "learning_rate", min: 0, max: 1, minExcluded: true },
  minChildWeight: { name: "min_child_weight", min: 0, max: Number.MAX_VALUE },
  gamma: { name: "gamma", min: 0, max: Number.MAX_VALUE },
  subsample: { name: "subsample", min: 0, max: 1, minExcluded: true },
  colsampleByTree: { name: "colsample_bytree", min: 0, max: 1, minExcluded: true },
  colsampleByLevel: { name: "colsample_bylevel", min: 0, max: 1, minExcluded: true },
  regLambda: { name: "reg_lambda", min: 0, max: Number.MAX_VALUE },
  regAlpha: { name: "reg_alpha", min: 0, max: Number.MAX_VALUE },
  maxBin: { name: "max_bin", min: 2, max: 65_535, whole: true },
  scalePosWeight: { name: "scale_pos_weight", min: 0, max: Number.MAX_VALUE, minExcluded: true },
  maxDeltaStep: { name: "max_delta_step", min: 0, max: Number.MAX_VALUE },
  seed: { name: "seed", min: 0, max: 2 ** 31 - 1, whole: true },
  threads: { name: "nthread", min: 1, max: 1024, whole: true },
};

const metricsToMaximise: ReadonlySet<EvalMetric> = new Set(["auc", "aucpr"]);

/**
 * XGBoost's parameter names and values, in a fixed order.
 *
 * @param args.meanLabel weighted mean of the training labels, used when no base score is given
 * @throws XgboostInputError naming the parameter, its value and the range
 */
export function toNativeParams(args: {
  params: TrainParams;
  columns: readonly string[];
  meanLabel: number;
}): [name: string, value: string][] {
  const { params, columns, meanLabel } = args;
  const native: [string, string][] = [
    ["verbosity", "0"],
    ["booster", "gbtree"],
    ["tree_method", "hist"],
    ["objective", params.objective],
    ["eval_metric", resolveEvalMetric(params)],
    ["nthread", String(params.threads ?? availableParallelism())],
    ["base_score", String(params.baseScore ?? defaultBaseScore(params.objective, meanLabel))],
  ];
  for (const key of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = params[key];
    const range = ranges[key];
    if (value === undefined || range === undefined || typeof value !== "number") continue;
    requireInRange(key, value, range);
    if (key !== "threads") native.push([range.name, String(value)]);
  }
  if (params.baseScore !== undefined) requireBaseScore(params.objective, params.baseScore);
  if (params.monotoneConstraints) {
    native.push(["monotone_constraints", monotoneTuple(params.monotoneConstraints, columns)]);
  }
  return native;
}

/** The metric that is evaluated each round. */
export function resolveEvalMetric(params: TrainParams): EvalMetric {
  return params.evalMetric ?? (params.objective === "binary:logistic" ? "logloss" : "rmse");
}

/** Whether `candidate` is a better value of the metric than `best`. */
export function isBetterMetric(metric: EvalMetric, candidate: number, best: number): boolean {
  return metricsToMaximise.has(metric) ? candidate > best : candidate < best;
}

function requireInRange(key: string, value: number, range: Range): void {
  const above = range.minExcluded ? value > range.min : value >= range.min;
  if (above && value <= range.max && (!range.whole || Number.isInteger(value))) return;
  const kind = range.whole ? "a whole number" : "a number";
  const upTo = range.max === Number.MAX_VALUE ? "" : ` up to ${range.max}`;
  throw new XgboostInputError(
    `params.${key} is ${value}; expected ${kind} ${range.minExcluded ? "above" : "from"} ${range.min}${upTo}`,
  );
}

function requireBaseScore(objective: Objective, value: number): void {
  const valid = objective === "binary:logistic" ? value > 0 && value < 1 : Number.isFinite(value);
  if (!valid)
    throw new XgboostInputError(`params.baseScore is ${value}; expected a value the objective ${objective} can give`);
}

// Clamped, since a logistic base score of exactly 0 or 1 is infinite as a margin.
function defaultBaseScore(objective: Objective, meanLabel: number): number {
  return objective === "binary:logistic" ? Math.min(1 - 1e-6, Math.max(1e-6, meanLabel)) : meanLabel;
}

function monotoneTuple(constraints: Readonly<Record<string, number>>, columns: readonly string[]): string {
  const unknown = Object.keys(constraints).find((name) => !columns.includes(name));
  if (unknown !== undefined)
    throw new XgboostInputError(`params.monotoneConstraints names "${unknown}", which is no column`);
  return `(${columns.map((name) => constraints[name] ?? 0).join(",")})`;
}
