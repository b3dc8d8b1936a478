import { z } from "zod";
import type { Measured } from "@/lib/retention/contract";

export const MONTHS_CHECKED = 24;
/** The average that is compared with finance's figure is over this many months at most. */
export const MONTHS_AVERAGED = 12;
export const NOTE_LENGTH_MIN = 10;

export const MonthCountsSchema = z
  .object({
    /** YYYY-MM */
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "expected a month such as 2026-03"),
    /** customers who paid and were not on notice when the month began */
    atStart: z.number().int().min(0),
    /** of them, how many left in it */
    departures: z.number().int().min(0),
  })
  .strict();
export type MonthCounts = z.infer<typeof MonthCountsSchema>;

/** A confirmation as it is sent: with the months that were seen, so that nobody confirms what has changed since. */
export const ConfirmChurnSchema = z
  .object({
    labelRuleId: z.number().int().positive(),
    months: z.array(MonthCountsSchema).min(1).max(MONTHS_CHECKED),
    /** monthly churn that finance reports, 0 to 1; null where there is no such figure */
    financeRate: z.number().min(0).max(1).nullable(),
    note: z
      .string()
      .trim()
      .min(NOTE_LENGTH_MIN, `expected at least ${NOTE_LENGTH_MIN} characters`)
      .max(1000)
      .nullable(),
  })
  .strict();
export type ConfirmChurn = z.infer<typeof ConfirmChurnSchema>;

/**
 * whole: nothing in it can change any more · provisional: coverage that ended in it may still begin anew in time ·
 * before_departures: it begins before the first departure on record, so that its zero is no rate
 */
export type CheckedMonth = MonthCounts & { churn: Measured; state: "whole" | "provisional" | "before_departures" };

/** Files that hold only those who are still there teach no model who leaves; `says` has the counts and what helps. */
export type Survivorship = { kind: "nobody_left" | "last_month_only"; says: string };

/** stands: of the rule in force and the same counts · lapsed: for the reason in `because` */
export type Confirmation = {
  state: "stands" | "lapsed";
  because: string | null;
  confirmedAt: string;
  confirmedBy: string;
  financeRate: number | null;
  note: string | null;
};

/** Times are ISO. */
export type ChurnCheck = {
  rule: { id: number; version: number; graceDays: number };
  /** customers with paid coverage at any time */
  customers: number;
  /** where the data ends; null before any */
  countedTo: string | null;
  /** months that the data covers in full and that somebody paid at the start of, ascending */
  months: CheckedMonth[];
  /** departures by customers at start, over the last whole months; months are as many as that */
  average: { months: number; churn: Measured };
  survivorship: Survivorship | null;
  confirmation: Confirmation | null;
  zone: string;
};
