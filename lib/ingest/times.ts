import { DateTime } from "luxon";
import { startOfDay, type Zone } from "@/lib/calendar/weeks";

const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;
/** Files repeat times; beyond this many different ones the memory starts anew. */
const REMEMBERED_MAX = 20_000;
const MS_PER_HOUR = 3_600_000;

/** Reads the times of import files; one per import, since it remembers what it has read. */
export type TimeReader = {
  /** ISO 8601 to UTC with milliseconds; without offset in the company's zone. Undefined where it is none. */
  read(text: string): string | undefined;
  /** A UTC time of `read`, later by the lag of historical imports. */
  plusLag(utc: string): string;
  /** When a day's total counts as known in a historical import: its start plus the lag, never before its end. */
  dayKnown(day: string): string;
};

export function createTimeReader(args: { zone: Zone; lagHours: number }): TimeReader {
  const lagMs = args.lagHours * MS_PER_HOUR;
  return {
    read: remembering((text) => readIsoTime(text, args.zone)),
    plusLag: remembering((utc) => new Date(Date.parse(utc) + lagMs).toISOString()),
    dayKnown: remembering((day) => {
      const start = startOfDay(day, args.zone);
      const end = DateTime.fromJSDate(start, { zone: args.zone }).plus({ days: 1 });
      return new Date(Math.max(start.getTime() + lagMs, end.toMillis())).toISOString();
    }),
  };
}

/** Whether `text` is a date of the calendar, YYYY-MM-DD, in the years 1990 to 2100. */
export const isDay: (text: string) => boolean = remembering((text) => {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return match !== null && isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]));
});

/** ISO 8601 to UTC with milliseconds; without offset in `zone`. Undefined where it is none, or not in the years 1990 to 2100. */
export function readIsoTime(text: string, zone: Zone): string | undefined {
  const match = ISO_TIME.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (!isCalendarDay(year, month, dayOfMonth) || hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  const offset = match[8];
  if (offset === undefined) {
    const local = DateTime.fromObject({ year, month, day: dayOfMonth, hour, minute, second, millisecond }, { zone });
    return local.isValid ? local.toUTC().toJSDate().toISOString() : undefined;
  }
  const offsetMinutes = readOffset(offset);
  if (offsetMinutes === undefined) return undefined;
  const utc = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second, millisecond) - offsetMinutes * 60_000;
  return new Date(utc).toISOString();
}

/** Minutes east of UTC. */
function readOffset(offset: string): number | undefined {
  if (offset === "Z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function isCalendarDay(year: number, month: number, dayOfMonth: number): boolean {
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || dayOfMonth < 1) return false;
  return dayOfMonth <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Keeps what was computed of a text, for a bounded number of texts. */
export function remembering<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    if (known.size >= REMEMBERED_MAX) known.clear();
    const value = compute(text);
    known.set(detached(text), value);
    return value;
  };
}

/** A copy of its own: a field is a slice that would keep the whole chunk it was read from in memory. */
function detached(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
