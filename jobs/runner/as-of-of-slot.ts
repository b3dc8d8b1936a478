import { latestMonday, startOfDay, type Zone } from "@/lib/calendar/weeks";
import { FinalJobError } from "./define-job";

/**
 * The Monday that a run is about: the one it was asked for, else the latest one up to its slot that the data covers.
 *
 * @param args.asOf a calendar day of the zone, as asked for
 * @param args.coveredMondays the Mondays that the imported data covers, ascending
 * @throws FinalJobError where the day is no Monday, lies ahead, or nothing is covered yet
 */
export function asOfOfSlot(args: {
  asOf: string | undefined;
  slot: Date;
  zone: Zone;
  coveredMondays: readonly Date[];
}): Date {
  const { zone, coveredMondays } = args;
  if (args.asOf === undefined) {
    const last = coveredMondays.findLast((monday) => monday <= args.slot);
    if (!last) throw new FinalJobError("No week is covered by data yet: import data first.");
    return last;
  }
  const day = startOfDay(args.asOf, zone);
  if (day.getTime() !== latestMonday(day, zone).getTime())
    throw new FinalJobError(`As-of is ${args.asOf}; expected a Monday in ${zone}`);
  if (!coveredMondays.some((monday) => monday.getTime() === day.getTime())) {
    const range =
      coveredMondays.length === 0 ? "nothing" : coveredMondays.map((monday) => monday.toISOString().slice(0, 10));
    const span = typeof range === "string" ? range : `the Mondays from ${range[0]} to ${range.at(-1)}`;
    throw new FinalJobError(`As-of is ${args.asOf}; the data covers ${span}`);
  }
  return day;
}
