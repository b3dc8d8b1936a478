import type { PeerRanges } from "@/lib/explanations/contract";
import { explainRow } from "@/lib/explanations/policy";
import { applyPlatt, calibrateMargin, type PlattCalibration } from "@/ml/calibration/platt";
import { type Matrix, sliceRows } from "@/ml/matrix/matrix";
import { assertAdditive } from "@/ml/shap/assert-additive";
import type { Booster } from "@/ml/xgboost/booster";
import type { PriorityParameters } from "./contract";
import { decideListings, type Listings } from "./listing";
import { bandOf, priorityCents } from "./priority";
import type { PredictionRow } from "./repository";

/** Rows whose margins or contributions are computed together. */
const BLOCK_ROWS = 5_000;

/** Feature rows of one Monday; one entry per row in each array. */
export type RowsToScore = {
  readonly matrix: Matrix;
  readonly customerIds: Int32Array;
  readonly mrrCents: Int32Array;
  readonly peerGroup: readonly string[];
};

/** The small numbers of every row: what the list of the week is decided from. */
export type ScoredWeek = Listings & {
  readonly margins: Float64Array;
  readonly probabilities: Float64Array;
  readonly priorities: Float64Array;
};

/**
 * First pass: calibrated margins and probabilities of all rows, and who is on the list.
 *
 * @throws Error where a probability is not a number
 */
export function scoreWeek(args: {
  booster: Booster;
  calibrator: PlattCalibration;
  rows: RowsToScore;
  rule: { threshold: number; floor: number; capacity: number; priority: PriorityParameters };
}): ScoredWeek {
  const { rows, calibrator, rule } = args;
  const count = rows.matrix.rows;
  const margins = new Float64Array(count);
  const probabilities = new Float64Array(count);
  const priorities = new Float64Array(count);
  for (const [from, block] of blocksOf(rows.matrix)) {
    for (const [offset, margin] of args.booster.predictMargin(block).entries()) {
      const row = from + offset;
      const probability = applyPlatt(calibrator, margin);
      if (!(probability >= 0 && probability <= 1))
        throw new Error(`Probability of customer ${rows.customerIds[row]} is ${probability}; expected 0 to 1`);
      margins[row] = calibrateMargin(calibrator, margin);
      probabilities[row] = probability;
      priorities[row] = priorityCents({ probability, mrrCents: rows.mrrCents[row]!, parameters: rule.priority });
    }
  }
  const listings = decideListings({ probabilities, priorities, customerIds: rows.customerIds, ...rule });
  return { ...listings, margins, probabilities, priorities };
}

/**
 * Second pass: each row as it is stored, with contributions times a and bias times a plus b, and reasons in words. Rows are
 * made block by block, so contributions of all customers never stand in memory together.
 *
 * @param args.onRows called with the number of rows done so far
 * @throws AdditivityError where contributions and bias do not add up to the margin within 1e-4
 */
export function* predictionRows(args: {
  booster: Booster;
  calibrator: PlattCalibration;
  rows: RowsToScore;
  scored: ScoredWeek;
  /** What is usual in a peer group, by its name. */
  ranges: (peerGroup: string) => PeerRanges | undefined;
  onRows?: (done: number) => void;
}): Generator<PredictionRow> {
  const { rows, scored, calibrator } = args;
  const width = rows.matrix.columns.length;
  for (const [from, block] of blocksOf(rows.matrix)) {
    const contributions = calibrateBlock(args.booster.predictContributions(block).values, width, calibrator);
    assertAdditive({
      margins: scored.margins.subarray(from, from + block.rows),
      contributions,
      width: width + 1,
    });
    for (let offset = 0; offset < block.rows; offset++) {
      const row = from + offset;
      const own = contributions.subarray(offset * (width + 1), offset * (width + 1) + width);
      const peerGroup = rows.peerGroup[row]!;
      const explained = explainRow({
        columns: rows.matrix.columns,
        values: block.values.subarray(offset * width, (offset + 1) * width),
        contributions: own,
        ranges: args.ranges(peerGroup),
      });
      yield {
        customerId: rows.customerIds[row]!,
        probability: scored.probabilities[row]!,
        margin: scored.margins[row]!,
        bias: contributions[offset * (width + 1) + width]!,
        probabilityRank: scored.probabilityRank[row]!,
        contributions: Array.from(own),
        listing: scored.listing[row]!,
        band: bandOf(scored.probabilities[row]!),
        mrrCents: rows.mrrCents[row]!,
        priorityCents: scored.priorities[row]!,
        reasons: JSON.stringify(explained),
        peerGroup,
      };
    }
    args.onRows?.(from + block.rows);
  }
}

/** Contributions on the calibrated scale, as float32 since that is what is stored; the bias keeps double precision. */
function calibrateBlock(values: Float32Array, width: number, { a, b }: PlattCalibration): Float64Array {
  return Float64Array.from(values, (value, index) =>
    index % (width + 1) === width ? a * value + b : Math.fround(a * value),
  );
}

function* blocksOf(matrix: Matrix): Generator<[from: number, block: Matrix]> {
  for (let from = 0; from < matrix.rows; from += BLOCK_ROWS) {
    yield [from, sliceRows(matrix, from, Math.min(matrix.rows, from + BLOCK_ROWS))];
  }
}
