import { wilsonInterval } from "@/ml/metrics/wilson";
import type { ChurnMonth, Measured } from "./contract";

/** hits of n as a share with its 95% Wilson interval, unless n is nothing or below `least`. */
export function measure(args: { hits: number; n: number; least: number }): Measured {
  const { hits, n, least } = args;
  if (n === 0) return { state: "none" };
  if (n < least) return { state: "too_few", n, least };
  const { low, high } = wilsonInterval({ successes: hits, trials: n });
  return { state: "measured", proportion: { hits, n, share: hits / n, low, high } };
}

/**
 * How final a month's figure is at `countedTo`: a month that is not over is partial; one that ended less than
 * `graceDays` ago is provisional, since paid coverage that ended in it may still begin anew in time to be no departure.
 */
export function monthState(args: { monthEnd: Date; graceEnd: Date; countedTo: Date }): ChurnMonth["state"] {
  if (args.countedTo < args.monthEnd) return "partial";
  return args.countedTo < args.graceEnd ? "provisional" : "whole";
}
