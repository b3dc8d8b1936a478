import type { PeerRanges } from "@/lib/explanations/contract";
import { explainRow } from "@/lib/explanations/policy";
import type { Listing } from "@/lib/scoring/contract";
import type { PlattCalibration } from "@/ml/calibration/platt";
import { selectRows } from "@/ml/matrix/matrix";
import type { Booster } from "@/ml/xgboost/booster";
import type { LabelledRows } from "./labelled-rows";
import { rowsByWeek, type TestListings } from "./list-test-weeks";

export type BacktestWeek = { readonly asOf: number; readonly scored: number };

export type BacktestRow = {
  readonly asOf: number;
  readonly customerId: number;
  readonly probability: number;
  readonly probabilityRank: number;
  readonly listing: Listing;
  readonly mrrCents: number;
  readonly priorityCents: number;
  /** Epoch milliseconds; null: stayed. */
  readonly departedAt: number | null;
  /** What raised the risk, in sentences; for one who was not listed, what there was. */
  readonly reasons: readonly string[];
};

const REASONS_KEPT = 3;

/**
 * The out-of-time weeks as queues: who would have been listed, and who left within the label window although not listed.
 * Others are counted only. Reasons come from the contributions of the trained model, as those of a real queue do.
 *
 * @param args.probabilities, args.listings one entry per test row
 * @param args.departedAt when a departed customer of a week left
 * @param args.ranges what was usual in a peer group in a week
 * @throws Error naming a departed row without a time
 */
export function backtest(args: {
  booster: Booster;
  calibrator: PlattCalibration;
  test: LabelledRows;
  probabilities: Float64Array;
  listings: TestListings;
  departedAt: (asOf: number, customerId: number) => number | undefined;
  ranges: (asOf: number, peerGroup: string) => PeerRanges | undefined;
}): { weeks: BacktestWeek[]; rows: BacktestRow[] } {
  const { test, listings } = args;
  const kept = [...test.labels.keys()].filter((row) => listings.listing[row] !== "unlisted" || test.labels[row] === 1);
  const matrix = selectRows(test.matrix, kept);
  const { values: contributions, width } = args.booster.predictContributions(matrix);
  const { columns } = matrix;
  const rows = kept.map((row, position): BacktestRow => {
    const [asOf, customerId] = [test.asOf[row]!, test.customerIds[row]!];
    const departedAt = test.labels[row] === 1 ? args.departedAt(asOf, customerId) : null;
    if (departedAt === undefined)
      throw new Error(
        `customer ${customerId} departed after ${new Date(asOf).toISOString()}, but its label has no time`,
      );
    const { reasons } = explainRow({
      columns,
      values: matrix.values.subarray(position * columns.length, (position + 1) * columns.length),
      contributions: contributions
        .subarray(position * width, position * width + columns.length)
        .map((value) => value * args.calibrator.a),
      ranges: args.ranges(asOf, test.peerGroup[row]!),
    });
    return {
      asOf,
      customerId,
      probability: args.probabilities[row]!,
      probabilityRank: listings.probabilityRank[row]!,
      listing: listings.listing[row]!,
      mrrCents: test.mrrCents[row]!,
      priorityCents: listings.priorityCents[row]!,
      departedAt,
      reasons: reasons
        .filter(({ direction }) => direction === "raises")
        .slice(0, REASONS_KEPT)
        .map(({ text }) => text),
    };
  });
  const weeks = [...rowsByWeek(test.asOf)].map(([asOf, { length }]) => ({ asOf, scored: length }));
  return { weeks, rows };
}
