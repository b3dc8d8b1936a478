import { dayOf, startOfDay, type Zone } from "@/lib/calendar/weeks";

/** A calendar day as a whole number: days since 1970-01-01. Days are those of TechFlow's zone. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;

/** When the nightly export takes what happened the day before, in ms after midnight; it closes five minutes later. */
const EXPORT_MS = 10 * 60_000;
const EXPORT_CLOSES_MS = 15 * 60_000;

/** Days, their instants and their working rhythm in one zone. Instants are cached: one zone computation per day. */
export class DayCalendar {
  readonly #midnights = new Map<DayNumber, number>();
  readonly #rhythms = new Map<DayNumber, DayRhythm>();
  readonly #exports = new Map<DayNumber, string>();

  constructor(readonly zone: Zone) {}

  dayNumberAt(at: Date): DayNumber {
    return dayNumberOf(dayOf(at, this.zone));
  }

  /** The day's first instant, epoch ms. */
  midnightMs(day: DayNumber): number {
    let midnight = this.#midnights.get(day);
    if (midnight === undefined) {
      midnight = startOfDay(isoDay(day), this.zone).getTime();
      this.#midnights.set(day, midnight);
    }
    return midnight;
  }

  /** When the nightly export that runs on `day` records a row about an earlier day. */
  exportedAt(day: DayNumber): string {
    let text = this.#exports.get(day);
    if (text === undefined) {
      text = new Date(this.midnightMs(day) + EXPORT_MS).toISOString();
      this.#exports.set(day, text);
    }
    return text;
  }

  /** Facts recorded before this instant belong to the files made on `day`; later ones to the next. */
  exportClosesMs(day: DayNumber): number {
    return this.midnightMs(day) + EXPORT_CLOSES_MS;
  }

  /** The first day whose export still takes a fact recorded at that instant. */
  exportDayOf(recordedMs: number): DayNumber {
    let day = Math.floor(recordedMs / MS_PER_DAY);
    while (recordedMs >= this.exportClosesMs(day)) day++;
    while (recordedMs < this.exportClosesMs(day - 1)) day--;
    return day;
  }

  rhythm(day: DayNumber): DayRhythm {
    let rhythm = this.#rhythms.get(day);
    if (rhythm === undefined) {
      rhythm = rhythmOf(day);
      this.#rhythms.set(day, rhythm);
    }
    return rhythm;
  }
}

export type DayRhythm = {
  /** Saturday, Sunday or a US holiday. */
  readonly resting: boolean;
  /** How much is worked, 1 on an ordinary day: lower in summer, around Christmas, on Fridays. */
  readonly activity: number;
  /** Weeks in which companies close or people are away. */
  readonly holidaySeason: boolean;
};

export function dayNumberOf(isoDate: string): DayNumber {
  return Date.parse(`${isoDate}T00:00:00Z`) / MS_PER_DAY;
}

export function isoDay(day: DayNumber): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The same day of the month `months` later, or the month's last day where it has no such day. */
export function addMonths(day: DayNumber, months: number): DayNumber {
  const date = new Date(day * MS_PER_DAY);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const dayOfMonth = Math.min(date.getUTCDate(), lastOfMonth.getUTCDate());
  return Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), dayOfMonth) / MS_PER_DAY;
}

function rhythmOf(day: DayNumber): DayRhythm {
  const date = new Date(day * MS_PER_DAY);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  const weekday = weekdayOf(day);
  const yearEnd = (month === 12 && dayOfMonth >= 23) || (month === 1 && dayOfMonth <= 1);
  const summer = (month === 7 || month === 8) && !(month === 8 && dayOfMonth > 24);
  const friday = weekday === 4 ? 0.93 : 1;
  const season = yearEnd ? 0.6 : summer ? 0.94 : 1;
  return {
    resting: weekday >= 5 || isUsHoliday({ month, dayOfMonth, weekday }),
    activity: friday * season,
    holidaySeason: yearEnd || summer,
  };
}

function isUsHoliday(date: { month: number; dayOfMonth: number; weekday: number }): boolean {
  const { month, dayOfMonth, weekday } = date;
  const nthMonday = (n: number) => weekday === 0 && Math.ceil(dayOfMonth / 7) === n;
  const fixed = [101, 619, 704, 1111, 1225].includes(month * 100 + dayOfMonth);
  const memorialDay = month === 5 && weekday === 0 && dayOfMonth > 24;
  // Thanksgiving is the fourth Thursday of November; the Friday after it is free almost everywhere.
  const thanksgiving = month === 11 && weekday === 3 && Math.ceil(dayOfMonth / 7) === 4;
  const dayAfter = month === 11 && weekday === 4 && Math.ceil((dayOfMonth - 1) / 7) === 4;
  const monday =
    (month === 1 && nthMonday(3)) || (month === 2 && nthMonday(3)) || (month === 9 && nthMonday(1)) || memorialDay;
  return fixed || monday || thanksgiving || dayAfter;
}
