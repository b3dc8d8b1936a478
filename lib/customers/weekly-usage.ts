import type { UsageWeek } from "./contract";

/** Weeks in the mean that stands beside the weekly figure: 28 days. */
const MEAN_WEEKS = 4;

/**
 * Daily usage added up to weeks. A day without a row is a day without use, but only where data was there to hold it:
 * a week that begins before `dataFrom` or ends after `dataTo` has no figure, which is not 0.
 * @param args.weeks days (YYYY-MM-DD) on which weeks begin, ascending and without gaps
 * @param args.dataFrom first day that data covers, or null where nothing was ever imported
 * @param args.dataTo first day that data does not cover any more
 */
export function weeklyUsage(args: {
  weeks: readonly string[];
  days: readonly { day: string; sessions: number; activeUsers: number }[];
  dataFrom: string | null;
  dataTo: string;
}): UsageWeek[] {
  const totals = new Map<string, { sessions: number; activeDays: number; peakUsers: number }>();
  let position = 0;
  for (const day of args.days) {
    while (position + 1 < args.weeks.length && (args.weeks[position + 1] as string) <= day.day) position += 1;
    const week = args.weeks[position];
    if (week === undefined || day.day < week) continue;
    const total = totals.get(week) ?? { sessions: 0, activeDays: 0, peakUsers: 0 };
    total.sessions += day.sessions;
    total.activeDays += day.activeUsers > 0 || day.sessions > 0 ? 1 : 0;
    total.peakUsers = Math.max(total.peakUsers, day.activeUsers);
    totals.set(week, total);
  }
  const covered = (index: number) => {
    const week = args.weeks[index];
    return week !== undefined && args.dataFrom !== null && week >= args.dataFrom && weekAfter(week) <= args.dataTo;
  };
  return args.weeks.map((week, index) => {
    if (!covered(index)) return { week, sessions: null, activeDays: null, peakUsers: null, sessionsMean28: null };
    const total = totals.get(week) ?? { sessions: 0, activeDays: 0, peakUsers: 0 };
    const first = index - MEAN_WEEKS + 1;
    const window = args.weeks.slice(Math.max(0, first), index + 1);
    const sum = window.reduce((all, w) => all + (totals.get(w)?.sessions ?? 0), 0);
    return { week, ...total, sessionsMean28: first >= 0 && covered(first) ? sum / MEAN_WEEKS : null };
  });
}

/** The day seven days after `day`; days have no zone, so their arithmetic is that of UTC. */
function weekAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
}
