import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SplitError, splitByTime, weeksNeeded } from "./split-by-time";

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const weeks = (count: number) => Object.freeze(Array.from({ length: count }, (_, week) => week * weekMs));
const wanted = { horizonDays: 30, earlyStoppingCount: 4, calibrationCount: 6, testCount: 8 };

/** Parts as week numbers, "first-last". */
function described(split: ReturnType<typeof splitByTime>): Record<string, string> {
  const range = (times: readonly number[]) =>
    times.length === 0 ? "none" : `${times[0]! / weekMs}-${times.at(-1)! / weekMs}`;
  return Object.fromEntries(Object.entries(split).map(([part, times]) => [part, range(times)]));
}

describe("weekly history", () => {
  test("78 weeks, horizon 30 days: four weeks are left out before early stopping and before the test", () => {
    expect(described(splitByTime({ asOfTimes: weeks(78), ...wanted }))).toEqual({
      train: "0-51",
      gapAfterTrain: "52-55",
      earlyStopping: "56-59",
      calibration: "60-65",
      gapBeforeTest: "66-69",
      test: "70-77",
    });
  });

  test("a horizon of exactly four weeks leaves out three: a window may end where the next as-of begins", () => {
    const split = splitByTime({ asOfTimes: weeks(78), ...wanted, horizonDays: 28 });
    expect(described(split)).toMatchObject({ gapAfterTrain: "54-56", gapBeforeTest: "67-69" });
  });

  test("a horizon of one week or less leaves out none", () => {
    const split = splitByTime({ asOfTimes: weeks(40), ...wanted, horizonDays: 7 });
    expect(described(split)).toMatchObject({ gapAfterTrain: "none", gapBeforeTest: "none", train: "0-21" });
  });

  test("a missing week only shortens the gap by what time allows", () => {
    const asOfTimes = weeks(78).filter((_, week) => week !== 54);
    expect(splitByTime({ asOfTimes, ...wanted }).gapAfterTrain).toHaveLength(3);
  });
});

describe("too short a history", () => {
  test("is refused with what there is and what is needed", () => {
    const needed = weeksNeeded(wanted);
    expect(needed).toBe(1 + 4 + 4 + 6 + 4 + 8);
    expect(described(splitByTime({ asOfTimes: weeks(needed), ...wanted })).train).toBe("0-0");
    expect(() => splitByTime({ asOfTimes: weeks(needed - 1), ...wanted })).toThrow(SplitError);
    expect(() => splitByTime({ asOfTimes: weeks(needed - 1), ...wanted })).toThrow(
      "has 26 as-of times; expected at least 27 weekly ones: 1 train, 4 early stopping, 6 calibration, 8 test, and two gaps of 30 days",
    );
  });

  test("counts the least training history that is asked for", () => {
    expect(() => splitByTime({ asOfTimes: weeks(40), ...wanted, trainMin: 26 })).toThrow(
      "at least 52 weekly ones: 26 train",
    );
    expect(splitByTime({ asOfTimes: weeks(52), ...wanted, trainMin: 26 }).train).toHaveLength(26);
  });

  test("an empty history is too short", () => {
    expect(() => splitByTime({ asOfTimes: [], ...wanted })).toThrow("has 0 as-of times");
  });
});

test.each([
  ["times out of order", { asOfTimes: [0, 2, 1] }, "asOfTimes[2] is 1"],
  ["a time twice", { asOfTimes: [0, 0] }, "asOfTimes[1] is 0"],
  ["a time that is none", { asOfTimes: [Number.NaN] }, "asOfTimes[0] is NaN"],
  ["a horizon of 0", { horizonDays: 0 }, "horizonDays is 0"],
  ["half a test week", { testCount: 0.5 }, "testCount is 0.5"],
  ["no calibration", { calibrationCount: 0 }, "calibrationCount is 0"],
])("%s is refused", (_rule, change, message) => {
  expect(() => splitByTime({ asOfTimes: weeks(78), ...wanted, ...change })).toThrow(SplitError);
  expect(() => splitByTime({ asOfTimes: weeks(78), ...wanted, ...change })).toThrow(message);
});

test("for any history: no window of train reaches early stopping, none before the test reaches the test, nothing is lost", () => {
  const count = fc.integer({ min: 1, max: 10 });
  const histories = fc.record({
    gapsDays: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 120, size: "max" }),
    horizonDays: fc.integer({ min: 1, max: 60 }),
    earlyStoppingCount: count,
    calibrationCount: count,
    testCount: count,
  });
  let splits = 0;
  fc.assert(
    fc.property(histories, ({ gapsDays, ...args }) => {
      let time = 0;
      const asOfTimes = gapsDays.map((days) => (time += days * dayMs));
      let split: ReturnType<typeof splitByTime>;
      try {
        split = splitByTime({ asOfTimes, ...args });
      } catch (error) {
        expect(error).toBeInstanceOf(SplitError);
        return;
      }
      splits += 1;
      const horizonMs = args.horizonDays * dayMs;
      expect(split.train.at(-1)! + horizonMs).toBeLessThanOrEqual(split.earlyStopping[0]!);
      expect(split.calibration.at(-1)! + horizonMs).toBeLessThanOrEqual(split.test[0]!);
      expect([split.earlyStopping, split.calibration, split.test].map((part) => part.length)).toEqual([
        args.earlyStoppingCount,
        args.calibrationCount,
        args.testCount,
      ]);
      // Nothing is left out that could have been used, and the parts in order are the whole history.
      for (const [gap, next] of [
        [split.gapAfterTrain, split.earlyStopping],
        [split.gapBeforeTest, split.test],
      ] as const) {
        expect(gap.every((asOf) => asOf + horizonMs > next[0]!)).toBe(true);
      }
      const { train, gapAfterTrain, earlyStopping, calibration, gapBeforeTest, test } = split;
      expect([...train, ...gapAfterTrain, ...earlyStopping, ...calibration, ...gapBeforeTest, ...test]).toEqual(
        asOfTimes,
      );
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(splits).toBeGreaterThan(100);
});
