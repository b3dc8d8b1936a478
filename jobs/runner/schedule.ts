import { DateTime } from "luxon";
import { WEEK_STARTS, type WeekCalendar } from "@/lib/calendar/contract";

/** When a job is due, in the company's zone: each day, or each week on a day, at a local time. */
export type Schedule = {
  /** 1 the first day of the company's week … 7 its last; absent: every day. */
  readonly dayOfWeek?: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly hour: number;
  readonly minute: number;
};

/**
 * The times a schedule is due in `(after, until]`, ascending. One slot per local day, whatever daylight saving does: a local
 * time that is skipped counts as the moment it would have been (02:30 becomes 03:30), of one that comes twice the first.
 *
 * @throws RangeError where the zone is unknown
 */
export function slotsBetween(args: { schedule: Schedule; after: Date; until: Date; calendar: WeekCalendar }): Date[] {
  const { dayOfWeek, hour, minute } = args.schedule;
  const { zone, weekStart } = args.calendar;
  const first = DateTime.fromJSDate(args.after, { zone });
  if (!first.isValid) throw new RangeError(`Zone is "${zone}"; expected an IANA zone such as America/New_York`);
  const slots: Date[] = [];
  // From the day before on: a skipped local time may fall after midnight of its day.
  for (let day = first.startOf("day").minus({ days: 1 }); day.toJSDate() <= args.until; day = day.plus({ days: 1 })) {
    if (dayOfWeek !== undefined && ((day.weekday - WEEK_STARTS[weekStart] + 7) % 7) + 1 !== dayOfWeek) continue;
    const slot = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone });
    // Which of two it would take depends on the time of year it is asked, so both are looked at.
    const at = new Date(Math.min(...slot.getPossibleOffsets().map((possible) => possible.toMillis())));
    if (at > args.after && at <= args.until) slots.push(at);
  }
  return slots;
}
