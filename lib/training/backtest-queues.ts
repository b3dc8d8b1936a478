import { availableParallelism } from "node:os";
import type { Fence } from "@/lib/db/fence";
import { env } from "@/lib/env/env";
import { peerRanges } from "@/lib/explanations/peer-ranges";
import { buildFeatures, readFeatureRanges } from "@/lib/features/service";
import { readDepartureTimes } from "@/lib/labels/service";
import { Booster } from "@/ml/xgboost/booster";
import { type BacktestRow, type BacktestWeek, backtest } from "./backtest";
import type { FittedModel } from "./fit-model";
import type { LabelledRows } from "./labelled-rows";
import type { TestListings } from "./list-test-weeks";

/** Backtests the test weeks of a fitted model with what was usual in each week, and when those who left did. */
export async function backtestQueues(args: {
  fitted: FittedModel;
  test: LabelledRows;
  probabilities: Float64Array;
  listings: TestListings;
  labelRuleId: number;
  viewId: number;
  now: Date;
  fence: Fence;
  signal?: AbortSignal;
}): Promise<{ weeks: BacktestWeek[]; rows: BacktestRow[] }> {
  const { test, fitted } = args;
  const times = [...new Set(test.asOf)];
  const asOfs = times.map((time) => new Date(time));
  // These weeks are built; of most of them only the spread of values is missing.
  await buildFeatures({ asOfs, now: args.now, fence: args.fence, ranges: true, signal: args.signal });
  const stored = await Promise.all(asOfs.map((asOf) => readFeatureRanges({ viewId: args.viewId, asOf })));
  const ranges = new Map(times.map((time, index) => [time, peerRanges(stored[index]!)]));
  const departures = new Map(
    (await readDepartureTimes({ labelRuleId: args.labelRuleId, asOfs })).map((departure) => [
      `${departure.asOf.getTime()} ${departure.customerId}`,
      departure.departedAt.getTime(),
    ]),
  );
  const booster = Booster.load(fitted.booster, {
    columns: test.matrix.columns,
    threads: env().TIDELINE_THREADS ?? availableParallelism(),
  });
  try {
    return backtest({
      booster,
      calibrator: fitted.calibrator,
      test,
      probabilities: args.probabilities,
      listings: args.listings,
      departedAt: (asOf, customerId) => departures.get(`${asOf} ${customerId}`),
      ranges: (asOf, peerGroup) => ranges.get(asOf)?.(peerGroup),
    });
  } finally {
    booster.dispose();
  }
}
