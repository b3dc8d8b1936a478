/**
 * Noise without state: 32 bits that depend only on a customer's key, a day (or week, or invoice) and a lane, so that any
 * day can be made without those before it. Two rounds of an integer mixer with low bias; not for secrets.
 */
export function noiseBits(key: number, index: number, lane: number): number {
  return mix(mix(key ^ Math.imul(index, 0x9e3779b1)) ^ Math.imul(lane + 1, 0x85ebca77)) >>> 0;
}

/** Uniform in [0, 1), see {@link noiseBits}. */
export function noise(key: number, index: number, lane: number): number {
  return noiseBits(key, index, lane) / 4_294_967_296;
}

/** A Poisson count with the given mean from one uniform number; from mean 12 on by the normal approximation. */
export function poissonOf(uniform: number, mean: number): number {
  if (mean <= 0) return 0;
  if (mean >= 12) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalOf(uniform)));
  let term = Math.exp(-mean);
  let left = uniform - term;
  let count = 0;
  while (left >= 0 && count < 60) {
    count++;
    term *= mean / count;
    left -= term;
  }
  return count;
}

/** A binomial count of `n` trials from one uniform number; from variance 9 on by the normal approximation. */
export function binomialOf(uniform: number, n: number, chance: number): number {
  if (n <= 0 || chance <= 0) return 0;
  if (chance >= 1) return n;
  const variance = n * chance * (1 - chance);
  if (variance >= 9) return Math.min(n, Math.max(0, Math.round(n * chance + Math.sqrt(variance) * normalOf(uniform))));
  const odds = chance / (1 - chance);
  let term = (1 - chance) ** n;
  let left = uniform - term;
  let count = 0;
  while (left >= 0 && count < n) {
    term *= (odds * (n - count)) / (count + 1);
    count++;
    left -= term;
  }
  return count;
}

/** The standard normal quantile of a uniform number, from a table of 2048 steps: noise needs no more. */
export function normalOf(uniform: number): number {
  return NORMAL_TABLE[Math.floor(uniform * NORMAL_TABLE.length)]!;
}

const NORMAL_TABLE = Float64Array.from({ length: 2048 }, (_, step) => normalQuantile((step + 0.5) / 2048));

// Acklam's rational approximation, relative error below 1.2e-9.
function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const top = polynomial(
      q,
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ],
    );
    return top / polynomial(q, [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]);
  }
  const q = p - 0.5;
  const r = q * q;
  const top = polynomial(
    r,
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
      2.506628277459239,
    ],
  );
  return (
    (q * top) /
    polynomial(r, [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1])
  );
}

function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

function mix(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
