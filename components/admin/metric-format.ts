import type { IntervalEstimateView } from "@/lib/model-registry/contract";

/** A metric from 0 to 1 (or a loss) with three decimals, as it is usual to report them. */
export function formatMetric(value: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** "0.812 (0.780 to 0.842)", or why there is no number. */
export function formatInterval(result: IntervalEstimateView): string {
  if (result.status === "undefined") return result.reason;
  if (result.status === "no_interval") return `${formatMetric(result.estimate)} (no interval: ${result.reason})`;
  return `${formatMetric(result.estimate)} (${formatMetric(result.low)} to ${formatMetric(result.high)})`;
}
