import { WEEK_START_NAMES, type WeekCalendar } from "@/lib/calendar/contract";
import { latestWeekStart, startOfDay } from "@/lib/calendar/weeks";
import { FinalJobError } from "./define-job";

/**
 * The week start that a run is about: the one it was asked for, else the latest one up to its slot that the data covers.
 *
 * @param args.asOf a calendar day of the zone, as asked for
 * @param args.coveredWeekStarts the week starts that the imported data covers, ascending
 * @throws FinalJobError where the day begins no week, lies ahead, or nothing is covered yet
 */
export function asOfOfSlot(args: {
  asOf: string | undefined;
  slot: Date;
  calendar: WeekCalendar;
  coveredWeekStarts: readonly Date[];
}): Date {
  const { calendar, coveredWeekStarts } = args;
  if (args.asOf === undefined) {
    const last = coveredWeekStarts.findLast((start) => start <= args.slot);
    if (!last) throw new FinalJobError("No week is covered by data yet: import data first.");
    return last;
  }
  const day = startOfDay(args.asOf, calendar.zone);
  if (day.getTime() !== latestWeekStart(day, calendar).getTime())
    throw new FinalJobError(
      `As-of is ${args.asOf}; expected a ${WEEK_START_NAMES[calendar.weekStart]} in ${calendar.zone}`,
    );
  if (!coveredWeekStarts.some((start) => start.getTime() === day.getTime())) {
    const range =
      coveredWeekStarts.length === 0 ? "nothing" : coveredWeekStarts.map((start) => start.toISOString().slice(0, 10));
    const span = typeof range === "string" ? range : `the weeks from ${range[0]} to ${range.at(-1)}`;
    throw new FinalJobError(`As-of is ${args.asOf}; the data covers ${span}`);
  }
  return day;
}
