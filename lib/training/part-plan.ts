import { splitByTime, type TimeSplit, weeksNeeded } from "@/ml/split/split-by-time";

/** How many weekly as-ofs each part gets. */
export type PartPlan = {
  readonly testCount: number;
  readonly calibrationCount: number;
  readonly earlyStoppingCount: number;
  readonly trainMin: number;
};

/** From the parts we want to the least that still says something; the first that fits is taken. */
const PLANS: readonly PartPlan[] = [
  { testCount: 6, calibrationCount: 4, earlyStoppingCount: 3, trainMin: 12 },
  { testCount: 5, calibrationCount: 3, earlyStoppingCount: 2, trainMin: 8 },
  { testCount: 4, calibrationCount: 2, earlyStoppingCount: 1, trainMin: 4 },
];

/** Rows that a fit needs at most: more weeks of the same customers hardly change a model of this size. */
const TRAIN_ROWS_MAX = 200_000;
/** Weeks between training as-ofs at most: beyond the horizon's whole weeks a departure would be in no row at all. */
const STRIDE_MAX = 4;

/**
 * Splits the matured as-ofs by time, with parts as large as the history allows.
 * @param args.asOfTimes ascending epoch milliseconds
 * @throws SplitError with the counts where even the smallest parts do not fit
 */
export function planSplit(args: { asOfTimes: readonly number[]; horizonDays: number }): TimeSplit {
  const fitting = PLANS.find(
    (plan) => weeksNeeded({ ...plan, horizonDays: args.horizonDays }) <= args.asOfTimes.length,
  );
  return splitByTime({ ...args, ...(fitting ?? (PLANS.at(-1) as PartPlan)) });
}

/** The fewest weekly as-ofs that a split takes. */
export function splitWeeksMin(horizonDays: number): number {
  return Math.min(...PLANS.map((plan) => weeksNeeded({ ...plan, horizonDays })));
}

/**
 * Which training weeks are used. Windows of 30 days overlap from week to week, so where there are more rows than a fit needs
 * every second (third, fourth) week is taken, counted back from the newest, so that each departure stays in some row.
 */
export function thinTrainingWeeks(args: { weeks: readonly number[]; rowsPerWeek: number }): {
  weeks: number[];
  stride: number;
} {
  const stride = Math.min(STRIDE_MAX, Math.max(1, Math.ceil((args.weeks.length * args.rowsPerWeek) / TRAIN_ROWS_MAX)));
  const last = args.weeks.length - 1;
  return { stride, weeks: args.weeks.filter((_, index) => (last - index) % stride === 0) };
}
