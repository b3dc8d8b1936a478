import { DateTime } from "luxon";
import type { Zone } from "./weeks";

/** A calendar month of a zone, [from, to); `month` is YYYY-MM. */
export type MonthSpan = { readonly month: string; readonly from: Date; readonly to: Date };

/** `count` calendar months of `zone`, ascending, the last of them the one that `last` falls into. */
export function monthsUpTo(args: { last: Date; count: number; zone: Zone }): MonthSpan[] {
  const lastStart = DateTime.fromJSDate(args.last, { zone: args.zone }).startOf("month");
  return Array.from({ length: args.count }, (_, i) => {
    const start = lastStart.plus({ months: i + 1 - args.count });
    return { month: start.toFormat("yyyy-MM"), from: start.toJSDate(), to: start.plus({ months: 1 }).toJSDate() };
  });
}
