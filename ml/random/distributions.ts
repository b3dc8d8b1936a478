import type { Random } from "./random";

/** A draw from the normal distribution with mean 0 and variance 1 (Box and Muller, one of the pair). */
export function drawNormal(random: Random): number {
  // 1 - next() lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/**
 * How often each of `count` items is drawn when `count` items are drawn with replacement: one bootstrap resample as
 * multiplicities, which add up to `count`.
 */
export function drawMultiplicities(random: Random, count: number): Int32Array {
  const multiplicities = new Int32Array(count);
  for (let draw = 0; draw < count; draw++) {
    const index = random.nextInt(count);
    multiplicities[index] = multiplicities[index]! + 1;
  }
  return multiplicities;
}
