import { formatPercent } from "@/components/ui/format";
import type { Measured } from "@/lib/retention/contract";

/** A share in words, or why there is none. */
export function measuredWords(measured: Measured): string {
  if (measured.state === "measured") return formatPercent(measured.proportion.share, 1);
  return measured.state === "too_few" ? "too few" : "none";
}

/** What qualifies a share: its n and its 95% interval. */
export function measuredDetail(measured: Measured, ofWhat: string): string {
  if (measured.state === "none") return `no ${ofWhat}`;
  if (measured.state === "too_few") return `${measured.n} ${ofWhat}, at least ${measured.least} needed`;
  const { hits, n, low, high } = measured.proportion;
  return `${formatPercent(low, 1)} to ${formatPercent(high, 1)} · ${hits} of ${n.toLocaleString("en-US")} ${ofWhat}`;
}
