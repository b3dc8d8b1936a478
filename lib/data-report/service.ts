import { addDays, dayOf, startOfDay } from "@/lib/calendar/weeks";
import { dataWatermark } from "@/lib/features/service";
import { keptCounts } from "@/lib/labels/kept-counts";
import { getSettings } from "@/lib/settings/service";
import {
  type DataReport,
  LATELY_DAYS,
  MONTHS_SHOWN,
  REPORTED_SOURCES,
  type ReportedSource,
  type SourceReport,
} from "./contract";
import { findingsOf } from "./findings";
import { type DayRecord, findCoverage, findDays, findOddRows } from "./repository";

const DAY_MS = 86_400_000;

type Measured = {
  watermark: Date;
  days: Record<ReportedSource, DayRecord[]>;
  coverage: Awaited<ReturnType<typeof findCoverage>>;
  odd: Awaited<ReturnType<typeof findOddRows>>;
};

/**
 * What is imported, what of it is missing or odd, and what that means; null before anything with a date is imported.
 * The caller has checked the permission.
 */
export async function readDataReport(now: Date): Promise<DataReport | null> {
  const { zone } = await getSettings();
  // They change with an import only, and take a scan of all usage.
  const measured = await keptCounts(`data report ${zone}`, () => measure(zone));
  return measured && reportOf(measured, { zone, now });
}

async function measure(zone: string): Promise<Measured | null> {
  const watermark = await dataWatermark();
  if (!watermark) return null;
  const since = addDays(watermark, -LATELY_DAYS, zone);
  const [coverage, odd, ...found] = await Promise.all([
    findCoverage({ at: watermark, since, zone }),
    findOddRows(),
    ...REPORTED_SOURCES.map((source) => findDays(source, zone)),
  ]);
  const days = Object.fromEntries(REPORTED_SOURCES.map((source, index) => [source, found[index]!]));
  return { watermark, coverage, odd, days: days as Measured["days"] };
}

function reportOf(
  { watermark, days, coverage, odd }: Measured,
  { zone, now }: { zone: string; now: Date },
): DataReport {
  // The watermark is the midnight after the last whole day, or a moment within it.
  const end = dayOf(new Date(watermark.getTime() - 1), zone);
  const endExclusive = dayOf(addDays(startOfDay(end, zone), 1, zone), zone);
  const months = monthsUntil(end, firstMonth(days));
  const sources = REPORTED_SOURCES.map((source) => sourceReport({ source, records: days[source], months, coverage }));
  const [paying, withoutUsage] = [coverage.paying, coverage.withoutUsage];
  const counts = Object.fromEntries(REPORTED_SOURCES.map((source) => [source, upTo(days[source], end)]));
  return {
    watermark: watermark.toISOString(),
    sources,
    months,
    paying,
    withoutUsage,
    withoutUsageLately: paying - coverage.customers.usage,
    findings: findingsOf({
      sources,
      days: counts as Record<ReportedSource, DayRecord[]>,
      counters: upTo(days.usage, end).map(({ day, counters }) => ({ day, sums: counters })),
      end: endExclusive,
      ageDays: Math.floor((now.getTime() - watermark.getTime()) / DAY_MS),
      paying,
      withoutUsage,
      odd,
    }),
  };
}

/** Ends that are announced ahead of their time lie behind where the data ends, and say nothing of how it comes in. */
function upTo(records: readonly DayRecord[], end: string): DayRecord[] {
  return records.filter(({ day }) => day <= end);
}

function sourceReport(args: {
  source: ReportedSource;
  records: readonly DayRecord[];
  months: readonly string[];
  coverage: Measured["coverage"];
}): SourceReport {
  const { source, records, months, coverage } = args;
  const byMonth = new Map<string, number>();
  const total = { rows: 0, assumed: 0, received: 0 };
  for (const { day, rows, assumed, received } of records) {
    byMonth.set(day.slice(0, 7), (byMonth.get(day.slice(0, 7)) ?? 0) + rows);
    total.rows += rows;
    total.assumed += assumed;
    total.received += received;
  }
  return {
    source,
    ...total,
    firstDay: records[0]?.day ?? null,
    lastDay: records.at(-1)?.day ?? null,
    covered: coverage.paying > 0 ? { customers: coverage.customers[source], of: coverage.paying } : null,
    rowsByMonth: months.map((month) => byMonth.get(month) ?? 0),
  };
}

function firstMonth(days: Measured["days"]): string {
  const firsts = (["subscriptions", "usage", "tickets", "payments"] as const).flatMap((source) =>
    days[source].slice(0, 1).map(({ day }) => day.slice(0, 7)),
  );
  return firsts.sort()[0] ?? "";
}

/** Newest first, at most MONTHS_SHOWN. */
function monthsUntil(end: string, first: string): string[] {
  const months: string[] = [];
  let [year, month] = end.split("-").map(Number) as [number, number];
  while (months.length < MONTHS_SHOWN) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    if (name < first) break;
    months.push(name);
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
  }
  return months;
}
