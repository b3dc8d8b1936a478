const dayMs = 86_400_000;

/** As-of times (epoch milliseconds, ascending) of each part, and of those left out so that no label window overlaps. */
export type TimeSplit = {
  readonly train: readonly number[];
  readonly gapAfterTrain: readonly number[];
  readonly earlyStopping: readonly number[];
  readonly calibration: readonly number[];
  readonly gapBeforeTest: readonly number[];
  readonly test: readonly number[];
};

/** The history is too short for the wanted parts; the message has the counts. */
export class SplitError extends Error {
  override readonly name = "SplitError";
  readonly available: number;
  readonly needed: number | undefined;

  constructor(message: string, counts: { available: number; needed?: number }) {
    super(message);
    this.available = counts.available;
    this.needed = counts.needed;
  }
}

/**
 * Splits as-of times by time only: train | gap | early stopping | calibration | gap | out-of-time test.
 *
 * A label window is `[asOf, asOf + horizon)`. The windows of train end at or before the first as-of of early stopping, and
 * those of calibration (so also of early stopping) at or before the first as-of of the test. Early stopping and calibration
 * may overlap each other: both only tune a model whose trees have seen neither, and the test sees neither. Parts are taken
 * from the end; train gets all that is left.
 *
 * @param args.asOfTimes distinct, ascending, epoch milliseconds
 * @param args.horizonDays length of the label window in days of 24 hours, above 0
 * @param args.trainMin least number of as-of times in train; default 1
 * @throws SplitError when times are not ascending, a count is not a whole number of at least 1, or the history is too short
 */
export function splitByTime(args: {
  asOfTimes: readonly number[];
  horizonDays: number;
  earlyStoppingCount: number;
  calibrationCount: number;
  testCount: number;
  trainMin?: number;
}): TimeSplit {
  const { asOfTimes } = args;
  const trainMin = args.trainMin ?? 1;
  checkArguments({ ...args, trainMin });
  const horizonMs = args.horizonDays * dayMs;

  const test = takeLast(asOfTimes, args.testCount);
  const beforeTest = windowsEndingBy(asOfTimes, test.part[0] ?? Number.NaN, horizonMs, test.rest.length);
  const calibration = takeLast(asOfTimes.slice(0, beforeTest), args.calibrationCount);
  const earlyStopping = takeLast(calibration.rest, args.earlyStoppingCount);
  const trainEnd = windowsEndingBy(
    asOfTimes,
    earlyStopping.part[0] ?? Number.NaN,
    horizonMs,
    earlyStopping.rest.length,
  );

  const complete =
    test.part.length === args.testCount &&
    calibration.part.length === args.calibrationCount &&
    earlyStopping.part.length === args.earlyStoppingCount &&
    trainEnd >= trainMin;
  if (!complete) throw tooShort({ ...args, trainMin });
  return {
    train: asOfTimes.slice(0, trainEnd),
    gapAfterTrain: earlyStopping.rest.slice(trainEnd),
    earlyStopping: earlyStopping.part,
    calibration: calibration.part,
    gapBeforeTest: test.rest.slice(beforeTest),
    test: test.part,
  };
}

/** How many as-of times a weekly history needs at least for the given parts. */
export function weeksNeeded(args: {
  horizonDays: number;
  earlyStoppingCount: number;
  calibrationCount: number;
  testCount: number;
  trainMin?: number;
}): number {
  // From the last as-of of a part to the first of the next lie at least `horizonDays`, so one week fewer is left out.
  const gapWeeks = Math.ceil(args.horizonDays / 7) - 1;
  return (args.trainMin ?? 1) + gapWeeks + args.earlyStoppingCount + args.calibrationCount + gapWeeks + args.testCount;
}

// Number of leading times, at most `limit`, whose window ends at or before `boundary`; 0 for a NaN boundary.
function windowsEndingBy(times: readonly number[], boundary: number, horizonMs: number, limit: number): number {
  let count = 0;
  while (count < limit && times[count]! + horizonMs <= boundary) count += 1;
  return count;
}

function takeLast(times: readonly number[], count: number): { part: readonly number[]; rest: readonly number[] } {
  const start = Math.max(0, times.length - count);
  return { part: times.slice(start), rest: times.slice(0, start) };
}

type Counts = Parameters<typeof splitByTime>[0] & { trainMin: number };

function checkArguments(args: Counts): void {
  const { asOfTimes, horizonDays } = args;
  const available = asOfTimes.length;
  if (!(horizonDays > 0 && horizonDays < Infinity)) {
    throw new SplitError(`splitByTime horizonDays is ${horizonDays}; expected a number above 0`, { available });
  }
  for (const key of ["earlyStoppingCount", "calibrationCount", "testCount", "trainMin"] as const) {
    if (!Number.isInteger(args[key]) || args[key] < 1) {
      throw new SplitError(`splitByTime ${key} is ${args[key]}; expected a whole number of at least 1`, { available });
    }
  }
  for (const [index, time] of asOfTimes.entries()) {
    if (!Number.isFinite(time) || (index > 0 && time <= asOfTimes[index - 1]!)) {
      throw new SplitError(
        `splitByTime asOfTimes[${index}] is ${time}; expected finite times in ascending order without repeats`,
        { available },
      );
    }
  }
}

function tooShort(args: Counts): SplitError {
  const available = args.asOfTimes.length;
  const needed = weeksNeeded(args);
  return new SplitError(
    `splitByTime has ${available} as-of times; expected at least ${needed} weekly ones: ${args.trainMin} train, ` +
      `${args.earlyStoppingCount} early stopping, ${args.calibrationCount} calibration, ${args.testCount} test, ` +
      `and two gaps of ${args.horizonDays} days`,
    { available, needed },
  );
}
