/** A share with how many it is of and its 95% Wilson interval. */
export type Proportion = { hits: number; n: number; share: number; low: number; high: number };

/** A share, or the reason why there is no number: nothing to count, or fewer than the stated least. */
export type Measured =
  | { state: "measured"; proportion: Proportion }
  | { state: "too_few"; n: number; least: number }
  | { state: "none" };

/** Churn of one calendar month in the company's zone. */
export type ChurnMonth = {
  /** YYYY-MM */
  month: string;
  /** customers who paid and were not on notice when the month began; null before the first departure on record */
  atStart: number | null;
  departures: number | null;
  /** none as well while the month is partial: a rate of half a month would read as a good one */
  churn: Measured;
  /** whole: over, and nothing in it can change · provisional: over, but lapses may still turn out to be pauses · partial: not over */
  state: "whole" | "provisional" | "partial";
};

/** What became of the flagged customers of one published run. */
export type RealisedWeek = {
  asOf: string;
  modelNumber: number;
  predicted: number;
  flagged: number;
  departed: number;
  flaggedDeparted: number;
  /** of the flagged, how many departed */
  precision: Measured;
  /** of the departed, how many were flagged */
  recall: Measured;
  /** of the listed (flagged and watched), how many departed, and the other way round */
  queuePrecision: Measured;
  queueRecall: Measured;
};

export type Dashboard = {
  months: ChurnMonth[];
  /** day (ISO) up to which the months count */
  countedTo: string;
  targetMonthlyChurn: number;
  targetPrecision: number;
  targetRecall: number;
  /** null before the first published run */
  now: {
    asOf: string;
    flagged: number;
    watched: number;
    leaving: number;
    scored: number;
    flaggedMrrCents: number;
    watchedMrrCents: number;
    leavingMrrCents: number;
    /** sum over scored customers of probability times monthly revenue */
    expectedLossCents: number;
    /** sum of monthly revenue of all scored customers */
    scoredMrrCents: number;
  } | null;
  realised: RealisedWeek[];
  /** when the oldest published run whose window is still open will be known; null where none is */
  nextRealisedAt: string | null;
  currency: string;
  zone: string;
};

/** Fewer than this, and no share is given. */
export const LEAST_FOR_CHURN = 50;
export const LEAST_FOR_PRECISION = 10;
