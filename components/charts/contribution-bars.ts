/** One bar of the contribution chart: from where the ones above it ended to where it ends, in log-odds. */
export type ContributionBar = {
  key: string;
  kind: "start" | "part" | "others" | "end";
  label: string;
  value: string;
  from: number;
  to: number;
  logOdds: number;
};

export type ContributionChart = {
  bars: ContributionBar[];
  /** ends of the axis, in log-odds */
  min: number;
  max: number;
  /** probabilities that stand on the log-odds axis; `wide` ones have room on a wide axis only */
  ticks: { probability: number; at: number; wide: boolean }[];
};

/** Probabilities that an axis of log-odds may carry. */
const PROBABILITIES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.997, 0.999];

/**
 * From the average account (bias) to exactly this customer (margin): the largest `most` parts one by one, everything else
 * added up as one. Every bar begins where the one before ended; the end is the sum of all, not a stored figure.
 */
export function contributionBars(args: {
  bias: number;
  parts: readonly { column: string; label: string; value: string; logOdds: number }[];
  most: number;
}): ContributionChart {
  const ordered = args.parts.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  const shown = ordered.slice(0, args.most);
  const rest = ordered.slice(args.most);
  const bars: ContributionBar[] = [];
  let at = args.bias;
  const add = (bar: Omit<ContributionBar, "from" | "to">) => {
    bars.push({ ...bar, from: at, to: at + bar.logOdds });
    at += bar.logOdds;
  };
  add({ key: "start", kind: "start", label: "Average account", value: "", logOdds: 0 });
  for (const part of shown) add({ key: part.column, kind: "part", ...part });
  if (rest.length > 0) {
    const logOdds = rest.reduce((sum, part) => sum + part.logOdds, 0);
    add({ key: "others", kind: "others", label: `All ${rest.length} others`, value: "", logOdds });
  }
  add({ key: "end", kind: "end", label: "This customer", value: "", logOdds: 0 });
  const ends = bars.flatMap((bar) => [bar.from, bar.to]);
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const room = Math.max(0.4, (high - low) * 0.06);
  const [min, max] = [low - room, high + room];
  return { bars, min, max, ticks: probabilityTicks(min, max) };
}

/** Shares of the axis between two ticks, so that their words don't touch: on a wide one, and on that of a phone. */
const GAP_WIDE = 0.08;
const GAP_NARROW = 0.24;

function probabilityTicks(min: number, max: number): ContributionChart["ticks"] {
  const ticks: ContributionChart["ticks"] = [];
  let last = Number.NEGATIVE_INFINITY;
  let lastNarrow = Number.NEGATIVE_INFINITY;
  for (const probability of PROBABILITIES) {
    const at = Math.log(probability / (1 - probability));
    if (at < min || at > max || at - last < GAP_WIDE * (max - min)) continue;
    const wide = at - lastNarrow < GAP_NARROW * (max - min);
    ticks.push({ probability, at, wide });
    last = at;
    if (!wide) lastNarrow = at;
  }
  return ticks;
}

/** The probability at a point of the log-odds axis. */
export function probabilityAt(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
