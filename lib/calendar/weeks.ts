import { DateTime } from "luxon";
import { WEEK_STARTS, type WeekCalendar } from "./contract";

export type Zone = string;

/** The start (00:00) of the week that `now` falls into. Correct across DST: local midnight, not UTC. */
export function latestWeekStart(now: Date, { zone, weekStart }: WeekCalendar): Date {
  const today = inZone(now, zone).startOf("day");
  return today.minus({ days: (today.weekday - WEEK_STARTS[weekStart] + 7) % 7 }).toJSDate();
}

/** The week start `weeks` weeks after (or, negative, before) the week start `from`, by the calendar of `zone`. */
export function addWeeks(from: Date, weeks: number, zone: Zone): Date {
  return inZone(from, zone).plus({ weeks }).toJSDate();
}

/** The same local time `days` calendar days later in `zone`: 30 days from Monday 00:00 is a 00:00, whatever DST does. */
export function addDays(at: Date, days: number, zone: Zone): Date {
  return inZone(at, zone).plus({ days }).toJSDate();
}

/** All week starts from `first` to `last`, both included, ascending. */
export function weekStartsBetween(first: Date, last: Date, calendar: WeekCalendar): Date[] {
  const starts: Date[] = [];
  for (let at = latestWeekStart(first, calendar); at <= last; at = addWeeks(at, 1, calendar.zone)) {
    if (at >= first) starts.push(at);
  }
  return starts;
}

/** The calendar day (YYYY-MM-DD) that `at` falls on in `zone`. */
export function dayOf(at: Date, zone: Zone): string {
  return inZone(at, zone).toISODate() as string;
}

/**
 * The start of a calendar day in `zone`.
 * @throws RangeError where `day` is not a date of the form YYYY-MM-DD.
 */
export function startOfDay(day: string, zone: Zone): Date {
  const start = DateTime.fromISO(day, { zone });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !start.isValid)
    throw new RangeError(`"${day}" is not a date: expected YYYY-MM-DD`);
  return start.toJSDate();
}

function inZone(at: Date, zone: Zone): DateTime<true> {
  const local = DateTime.fromJSDate(at, { zone });
  if (!local.isValid)
    throw new RangeError(
      `${local.invalidExplanation}: expected a date and an IANA zone, got ${String(at)} in "${zone}"`,
    );
  return local;
}
