import { MetricInputError } from "./metric-value";

/** A two-sided interval for a proportion. */
export type ProportionInterval = { readonly low: number; readonly high: number };

/**
 * Wilson score interval, without continuity correction (Wilson 1927; Brown, Cai and DasGupta 2001). For independent trials;
 * rows that repeat an entity need the cluster bootstrap.
 *
 * @param args.level confidence, by default 0.95 (z = 1.959964)
 * @throws MetricInputError unless 0 <= successes <= trials, trials >= 1, both whole, and level is .90, .95 or .99
 */
export function wilsonInterval(args: {
  successes: number;
  trials: number;
  level?: 0.9 | 0.95 | 0.99;
}): ProportionInterval {
  const { successes, trials } = args;
  if (!Number.isInteger(trials) || trials < 1) {
    throw new MetricInputError(`wilsonInterval requires at least 1 trial; got ${trials}`);
  }
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new MetricInputError(`wilsonInterval successes is ${successes}; expected a whole number from 0 to ${trials}`);
  }
  const level = args.level ?? 0.95;
  const z = normalQuantiles.get(level);
  if (z === undefined) throw new MetricInputError(`wilsonInterval level is ${level}; expected 0.9, 0.95 or 0.99`);
  const share = successes / trials;
  const zz = (z * z) / trials;
  const centre = (share + zz / 2) / (1 + zz);
  const half = (z / (1 + zz)) * Math.sqrt((share * (1 - share)) / trials + zz / (4 * trials));
  // At the ends the formula gives 0 and 1 exactly; rounding would leave a trace beyond them.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

const normalQuantiles: ReadonlyMap<number, number> = new Map([
  [0.9, 1.6448536269514722],
  [0.95, 1.959963984540054],
  [0.99, 2.5758293035489004],
]);
