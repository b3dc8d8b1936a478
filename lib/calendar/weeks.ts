import { DateTime } from "luxon";

export type Zone = string;

/** The start (00:00) of the latest Monday in `zone` that is not after `now`. Correct across DST: local midnight, not UTC. */
export function latestMonday(now: Date, zone: Zone): Date {
  return inZone(now, zone).startOf("week").toJSDate();
}

/** The start of the Monday `weeks` weeks after (or, negative, before) the Monday `monday`, by the calendar of `zone`. */
export function addWeeks(monday: Date, weeks: number, zone: Zone): Date {
  return inZone(monday, zone).plus({ weeks }).toJSDate();
}

/** The same local time `days` calendar days later in `zone`: 30 days from Monday 00:00 is a 00:00, whatever DST does. */
export function addDays(at: Date, days: number, zone: Zone): Date {
  return inZone(at, zone).plus({ days }).toJSDate();
}

/** All Mondays from `first` to `last`, both included, ascending. */
export function mondaysBetween(first: Date, last: Date, zone: Zone): Date[] {
  const mondays: Date[] = [];
  for (let monday = latestMonday(first, zone); monday <= last; monday = addWeeks(monday, 1, zone)) {
    if (monday >= first) mondays.push(monday);
  }
  return mondays;
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
