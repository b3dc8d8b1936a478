/** `logit p = a * margin + b`; a is above 0, so the order of rows stays. */
export type PlattCalibration = { readonly a: number; readonly b: number };

/** The labels or margins do not determine a calibration. */
export class CalibrationError extends Error {
  override readonly name = "CalibrationError";
}

/** The margins rank the rows no better than chance: no slope above 0 fits them. */
export class NoRankingError extends CalibrationError {}

const iterationsMax = 100;
const gradientTolerance = 1e-10;

/**
 * Fits a and b by weighted maximum likelihood, without Platt's smoothed targets and without a penalty: Newton's method with
 * step halving on `-sum w (y log p + (1 - y) log(1 - p))`. Equals a logistic regression of the labels on the margin.
 *
 * @param args.margins log-odds of rows that took no part in fitting the model
 * @param args.labels 0 or 1 each
 * @param args.weights at least 0 each; default 1. Rows of weight 0 do not count
 * @throws CalibrationError without both classes, with margins that separate them completely (a would be infinite), with
 *   margins all equal, or when the fitted a is not above 0; of the last two as a NoRankingError
 */
export function fitPlatt(args: {
  margins: ArrayLike<number>;
  labels: ArrayLike<number>;
  weights?: ArrayLike<number>;
}): PlattCalibration {
  const problem = prepare(args);
  // Working on the standardised margin keeps the two parameters of one size, whatever the scale of the margin.
  const { mean, spread } = standardise(problem);
  let slope = 1;
  let intercept = Math.log(problem.positive / problem.negative);
  let loss = lossOf(problem, { mean, spread, slope, intercept });
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    const { gradient, step } = newtonStep(problem, { mean, spread, slope, intercept });
    if (gradient <= gradientTolerance) return finish({ mean, spread, slope, intercept });
    let scale = 1;
    for (; scale > 1e-12; scale /= 2) {
      const next = { mean, spread, slope: slope - scale * step[0], intercept: intercept - scale * step[1] };
      const nextLoss = lossOf(problem, next);
      if (nextLoss < loss || (scale === 1 && nextLoss === loss)) {
        ({ slope, intercept } = next);
        loss = nextLoss;
        break;
      }
    }
    // No shorter step lowers the loss: the optimum is reached as closely as doubles can tell.
    if (scale <= 1e-12) return finish({ mean, spread, slope, intercept });
  }
  throw new CalibrationError(
    `fitPlatt has not converged after ${iterationsMax} steps (slope ${slope} per standard deviation)`,
  );
}

/** Calibrated probability of a margin. */
export function applyPlatt(calibration: PlattCalibration, margin: number): number {
  return 1 / (1 + Math.exp(-(calibration.a * margin + calibration.b)));
}

/** Calibrated log-odds of a margin. */
export function calibrateMargin(calibration: PlattCalibration, margin: number): number {
  return calibration.a * margin + calibration.b;
}

/** The margin whose calibrated probability is `probability` (above 0, below 1). */
export function marginAtProbability(calibration: PlattCalibration, probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new CalibrationError(`Probability is ${probability}; expected above 0 and below 1`);
  }
  return (Math.log(probability / (1 - probability)) - calibration.b) / calibration.a;
}

/**
 * Contributions and bias on the calibrated log-odds scale. They add up to the calibrated margin exactly as the originals
 * add up to the margin: `sum(a * c) + (a * bias + b) = a * (sum(c) + bias) + b`.
 *
 * @param contributions per feature, in margin units, without the bias
 */
export function calibrateContributions(
  calibration: PlattCalibration,
  contributions: ArrayLike<number>,
  bias: number,
): { contributions: Float64Array; bias: number } {
  return {
    contributions: Float64Array.from(contributions, (value) => calibration.a * value),
    bias: calibration.a * bias + calibration.b,
  };
}

type Problem = {
  margins: ArrayLike<number>;
  labels: ArrayLike<number>;
  weights: Float64Array;
  positive: number;
  negative: number;
};

type Point = { mean: number; spread: number; slope: number; intercept: number };

function prepare(args: {
  margins: ArrayLike<number>;
  labels: ArrayLike<number>;
  weights?: ArrayLike<number>;
}): Problem {
  const { margins, labels } = args;
  if (labels.length !== margins.length || (args.weights && args.weights.length !== margins.length)) {
    throw new CalibrationError(
      `fitPlatt has ${margins.length} margins, ${labels.length} labels, ${args.weights?.length ?? "no"} weights; expected equal lengths`,
    );
  }
  const weights = Float64Array.from(args.weights ?? new Float64Array(margins.length).fill(1));
  const range = { positive: [Infinity, -Infinity], negative: [Infinity, -Infinity] };
  const totals = { positive: 0, negative: 0 };
  for (let row = 0; row < margins.length; row++) {
    const [margin, label, weight] = [margins[row]!, labels[row]!, weights[row]!];
    if (!Number.isFinite(margin))
      throw new CalibrationError(`fitPlatt margin of row ${row} is ${margin}; expected a finite number`);
    if (label !== 0 && label !== 1)
      throw new CalibrationError(`fitPlatt label of row ${row} is ${label}; expected 0 or 1`);
    if (!(weight >= 0 && weight < Infinity))
      throw new CalibrationError(`fitPlatt weight of row ${row} is ${weight}; expected at least 0`);
    if (weight === 0) continue;
    const side = label === 1 ? "positive" : "negative";
    totals[side] += weight;
    range[side] = [Math.min(range[side][0]!, margin), Math.max(range[side][1]!, margin)];
  }
  if (totals.positive === 0)
    throw new CalibrationError("fitPlatt requires at least one positive row with weight above 0");
  if (totals.negative === 0)
    throw new CalibrationError("fitPlatt requires at least one negative row with weight above 0");
  const [lowPositive = 0, highPositive = 0] = range.positive;
  const [lowNegative = 0, highNegative = 0] = range.negative;
  if (lowPositive === highPositive && lowNegative === highNegative && lowPositive === lowNegative) {
    throw new NoRankingError(`fitPlatt margins are all ${lowPositive}; expected at least two values`);
  }
  if (lowPositive >= highNegative) {
    throw new CalibrationError("fitPlatt margins separate the classes completely; expected some overlap");
  }
  if (highPositive <= lowNegative) {
    throw new NoRankingError(
      "fitPlatt margins rank every positive row below every negative one; expected a slope above 0",
    );
  }
  return { margins, labels, weights, ...totals };
}

function standardise({ margins, weights, positive, negative }: Problem): { mean: number; spread: number } {
  const total = positive + negative;
  let mean = 0;
  for (let row = 0; row < margins.length; row++) mean += (weights[row]! * margins[row]!) / total;
  let variance = 0;
  for (let row = 0; row < margins.length; row++) variance += (weights[row]! * (margins[row]! - mean) ** 2) / total;
  return { mean, spread: Math.sqrt(variance) };
}

function lossOf({ margins, labels, weights }: Problem, point: Point): number {
  let loss = 0;
  for (let row = 0; row < margins.length; row++) {
    const logit = point.slope * ((margins[row]! - point.mean) / point.spread) + point.intercept;
    const signed = labels[row] === 1 ? -logit : logit;
    // log(1 + e^x) without overflow
    loss += weights[row]! * (Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed))));
  }
  return loss;
}

function newtonStep(problem: Problem, point: Point): { gradient: number; step: [slope: number, intercept: number] } {
  const { margins, labels, weights, positive, negative } = problem;
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let row = 0; row < margins.length; row++) {
    const x = (margins[row]! - point.mean) / point.spread;
    const p = 1 / (1 + Math.exp(-(point.slope * x + point.intercept)));
    const residual = weights[row]! * (p - labels[row]!);
    const curvature = weights[row]! * p * (1 - p);
    g0 += residual * x;
    g1 += residual;
    h00 += curvature * x * x;
    h01 += curvature * x;
    h11 += curvature;
  }
  // A trace of ridge keeps the step finite when nearly all probabilities are at 0 or 1; it does not move the optimum.
  h00 += 1e-12;
  h11 += 1e-12;
  const determinant = h00 * h11 - h01 * h01;
  return {
    gradient: Math.max(Math.abs(g0), Math.abs(g1)) / (positive + negative),
    step: [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant],
  };
}

function finish({ mean, spread, slope, intercept }: Point): PlattCalibration {
  const a = slope / spread;
  if (!(a > 0)) {
    throw new NoRankingError(
      `fitPlatt slope is ${a}; expected above 0 (the margins rank these rows no better than chance)`,
    );
  }
  return { a, b: intercept - a * mean };
}
