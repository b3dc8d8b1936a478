import type { WeekCalendar } from "@/lib/calendar/contract";
import { addDays, dayOf, startOfDay, weekStartsBetween, type Zone } from "@/lib/calendar/weeks";
import type { SourceName } from "./definitions/expression";

/** First and last of what is recorded, by source; null where a source holds nothing. Days are dates (YYYY-MM-DD). */
export type SourceHistory = {
  readonly usage: { readonly first: string; readonly last: string; readonly weekendRowsLately: boolean } | null;
  readonly ticket: { readonly first: Date; readonly last: Date } | null;
  readonly invoice: { readonly first: Date; readonly last: Date } | null;
  readonly subscription: { readonly first: Date; readonly last: Date } | null;
};

/** A sparse source whose first row comes within this of a window's start counts as recorded throughout. */
const SPARSE_DAYS = 7;

/**
 * Which sources reach back over their longest window at an as-of. Usage decides whether an as-of can be built at all:
 * with its window half recorded every trend would be an artefact (`usageTooShort`). A source that began later, or is
 * not there at all, leaves only its own features without a value.
 */
export function coverageAt(args: {
  asOf: Date;
  zone: Zone;
  history: SourceHistory;
  longest: ReadonlyMap<SourceName, number>;
}): { covered: Set<SourceName>; usageTooShort: boolean } {
  const { asOf, zone, history, longest } = args;
  const windowStart = (source: SourceName) => addDays(asOf, -(longest.get(source) ?? 0), zone);
  const covered = new Set<SourceName>(["subscription_change"]);
  const usageRecorded = history.usage !== null && startOfDay(history.usage.first, zone) < asOf;
  const usageTooShort = history.usage !== null && history.usage.first > dayOf(windowStart("usage_day"), zone);
  if (usageRecorded && !usageTooShort) covered.add("usage_day");
  for (const source of ["ticket", "invoice"] as const) {
    const { first } = history[source] ?? {};
    if (first && first < addDays(windowStart(source), SPARSE_DAYS, zone)) covered.add(source);
  }
  return { covered, usageTooShort };
}

/**
 * Until when the data is complete: the end of the last day with usage or, without usage, the last event. Where nobody
 * ever works at weekends, a Friday's usage completes its weekend. Null before anything is imported.
 */
export function watermarkOf(history: SourceHistory, zone: Zone): Date | null {
  if (history.usage) {
    const end = addDays(startOfDay(history.usage.last, zone), 1, zone);
    if (history.usage.weekendRowsLately) return end;
    const weekday = new Date(`${history.usage.last}T00:00:00Z`).getUTCDay();
    const weekendDaysLeft = weekday === 5 ? 2 : weekday === 6 ? 1 : 0;
    return addDays(end, weekendDaysLeft, zone);
  }
  const ends = [history.ticket, history.invoice, history.subscription].flatMap((source) =>
    source ? [source.last] : [],
  );
  return ends.length > 0 ? new Date(Math.max(...ends.map(Number))) : null;
}

/** The week starts from the first day of history to the watermark or `until`, whichever is earlier. */
export function coveredWeekStarts(args: { history: SourceHistory; calendar: WeekCalendar; until: Date }): Date[] {
  const { history, calendar, until } = args;
  const { zone } = calendar;
  const watermark = watermarkOf(history, zone);
  if (!watermark) return [];
  const first = history.usage ? startOfDay(history.usage.first, zone) : history.subscription?.first;
  return first ? weekStartsBetween(first, new Date(Math.min(Number(watermark), Number(until))), calendar) : [];
}
