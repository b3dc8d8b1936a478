import { z } from "zod";
import type { Measured } from "@/lib/retention/contract";
import type { Listing } from "@/lib/scoring/contract";

/** Listed in that week, or left within the label window without having been listed. */
export const BACKTEST_SHOWN = ["listed", "missed"] as const;

/** What of a backtest a page shows, as it stands in its address. */
export const BacktestQuerySchema = z.object({
  /** a training run; default: the champion's, else the newest with a model */
  run: z.coerce.number().int().min(1).max(999_999_999).optional(),
  /** a Monday's day, YYYY-MM-DD; default: the latest */
  week: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  show: z.enum(BACKTEST_SHOWN).default("listed"),
  after: z
    .string()
    .regex(/^\d{1,15}\.\d{1,9}$/)
    .optional(),
});
export type BacktestQuery = z.infer<typeof BacktestQuerySchema>;

/** One out-of-time week; money is revenue a month, in cents. Departures are those within the label window. */
export type BacktestWeekSummary = {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly scored: number;
  readonly flagged: number;
  readonly flaggedDeparted: number;
  readonly listed: number;
  readonly listedDeparted: number;
  readonly departed: number;
  readonly listedDepartedMrrCents: number;
  readonly departedMrrCents: number;
};

/** All weeks together, by customers: a customer who departed is in several weeks and counts once. */
export type BacktestCustomers = {
  readonly departed: number;
  /** Listed in none of the weeks before they left. */
  readonly missed: number;
  /** Listed in a week before they left. */
  readonly caught: Measured;
  /** Of the caught, in cents a month; as of the first week in which they would have been listed. */
  readonly caughtMrrCents: number;
  readonly departedMrrCents: number;
  /** Days from the first Monday on which they would have been listed to their departure; null where nobody was caught. */
  readonly warningDays: { readonly median: number; readonly least: number; readonly most: number } | null;
};

export type BacktestedCustomer = {
  readonly customerId: number;
  readonly name: string;
  readonly probability: number;
  readonly probabilityRank: number;
  readonly listing: Listing;
  readonly mrrCents: number;
  /** ISO; null: stayed. */
  readonly departedAt: string | null;
  /** Whole days from the Monday to the departure. */
  readonly warningDays: number | null;
  readonly reasons: readonly string[];
};

export type Backtest = {
  readonly runId: number;
  readonly modelNumber: number;
  readonly isChampion: boolean;
  readonly threshold: number;
  readonly capacity: number;
  readonly horizonDays: number;
  readonly weeks: readonly BacktestWeekSummary[];
  readonly customers: BacktestCustomers;
  readonly shown: {
    readonly day: string;
    readonly show: (typeof BACKTEST_SHOWN)[number];
    readonly rows: readonly BacktestedCustomer[];
    /** Hand back as `after`; null where this is the end. */
    readonly next: string | null;
  };
};

export const BACKTEST_PAGE_SIZE = 50;
/** Fewer departed customers than this make no share. */
export const LEAST_FOR_CAUGHT = 20;
