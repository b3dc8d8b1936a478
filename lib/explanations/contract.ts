import type { Theme } from "@/lib/features/definitions/definition";

/** A theme, or what features that the code no longer defines added together. */
export type ExplainedTheme = Theme | "other";

/** What the features of one theme add to the margin together. */
export type ThemeContribution = { readonly theme: ExplainedTheme; readonly logOdds: number };

/** One reason in words. */
export type Reason = {
  /** The feature that tells it: the strongest of its theme in the theme's direction. */
  readonly feature: string;
  readonly theme: Theme;
  readonly direction: "raises" | "lowers";
  /** What the whole theme adds: correlated features share their effect in ways that differ from row to row. */
  readonly logOdds: number;
  readonly text: string;
  /** What is usual among comparable customers, where that is known. */
  readonly typical?: string;
};

export type Explanation = { readonly themes: readonly ThemeContribution[]; readonly reasons: readonly Reason[] };

/** The middle half of a peer group, by feature; null where it has too few values. */
export type PeerRanges = {
  readonly peerGroup: string;
  readonly of: ReadonlyMap<string, { readonly p25: number | null; readonly p75: number | null }>;
};
