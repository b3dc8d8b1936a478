/** An axis from `min` to `max` with round ticks that cover the values. */
export type Scale = { min: number; max: number; ticks: number[] };

/**
 * A linear scale whose step is 1, 2, 2.5 or 5 times a power of ten (Heckbert's "nice numbers", with 2.5 added), of about
 * `steps` steps. Zero is on it, unless `fromZero` is false and all values lie away from it.
 * No finite value gives the scale from 0 to 1.
 */
export function niceScale(
  values: readonly (number | null)[],
  options: { steps?: number; fromZero?: boolean; wholeSteps?: boolean } = {},
): Scale {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (finite.length === 0) return { min: 0, max: 1, ticks: [0, 1] };
  const fromZero = options.fromZero ?? true;
  const low = Math.min(...finite, ...(fromZero ? [0] : []));
  const high = Math.max(...finite, ...(fromZero ? [0] : []));
  const span = high - low || Math.abs(high) || 1;
  const step = niceStep(span / (options.steps ?? 4), options.wholeSteps ?? false);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
  return { min: ticks[0] as number, max: ticks.at(-1) as number, ticks };
}

function niceStep(rough: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((nice) => nice * power >= rough * (1 - 1e-9)) as number) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Multiples of a decimal step, without what binary fractions leave. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
