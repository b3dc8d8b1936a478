import { expect, it } from "vitest";
import { USAGE_COUNTERS } from "@/lib/ingest/contract";
import { REPORTED_SOURCES, type ReportedSource, type SourceReport } from "./contract";
import { findingsOf, type ReportFacts } from "./findings";
import type { DayCount } from "./policy";

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5);
const END = "2026-06-22";
const DAYS = (Date.parse(END) - FIRST) / DAY_MS;

function counts(rows: (index: number) => number): DayCount[] {
  return Array.from({ length: DAYS }, (_, index) => ({
    day: new Date(FIRST + index * DAY_MS).toISOString().slice(0, 10),
    rows: rows(index),
  }));
}

/** 100 rows a day of every source, all as they should be. */
function facts(changes: Partial<Record<ReportedSource, Partial<SourceReport>>> = {}): ReportFacts {
  const steady = counts(() => 100);
  const sources = REPORTED_SOURCES.map(
    (source): SourceReport => ({
      source,
      rows: steady.length * 100,
      firstDay: "2026-01-05",
      lastDay: "2026-06-21",
      assumed: 0,
      received: 0,
      covered: { customers: 200, of: 200 },
      rowsByMonth: [],
      ...changes[source],
    }),
  );
  const days = Object.fromEntries(REPORTED_SOURCES.map((source) => [source, steady])) as Record<
    ReportedSource,
    DayCount[]
  >;
  const sums = Object.fromEntries(USAGE_COUNTERS.map((name) => [name, 300]));
  return {
    sources,
    days,
    counters: steady.map(({ day }) => ({ day, sums })),
    end: END,
    ageDays: 1,
    paying: 200,
    withoutUsage: 0,
    odd: { rows: 10_000, beforeSignUp: 10, outsideSubscription: 40 },
  };
}

const shown = (given: ReportFacts) => findingsOf(given).map(({ severity, fact }) => `${severity}: ${fact}`);

it.each<[string, ReportFacts, string[]]>([
  ["good data has no findings", facts(), []],
  [
    "data that ended over a week ago is serious",
    { ...facts(), ageDays: 9 },
    [`serious: The data ends before ${END}, 9 days ago.`],
  ],
  [
    "a source without a row is named",
    facts({ tickets: { rows: 0 }, usage: { rows: 0, covered: { customers: 0, of: 200 } } }),
    ["serious: Usage: nothing is imported.", "notable: Tickets: nothing is imported."],
  ],
  [
    "history that is known only since its import is serious",
    facts({ payments: { received: 16_000 } }),
    ["serious: Payments: 95% of 16800 rows count as known from the moment of their import on."],
  ],
  [
    "assumed times of recording are notable, all sources together",
    facts({ subscriptions: { assumed: 8_400 }, tickets: { assumed: 16_800 } }),
    ["notable: The time of recording is assumed in Subscription events (50% of 16800), Tickets (100% of 16800)."],
  ],
  [
    "rows of a time when their customer was none are serious where they are many",
    { ...facts(), odd: { rows: 32_000, beforeSignUp: 17_000, outsideSubscription: 18_400 } },
    [
      "serious: 18400 of 32000 rows of usage, tickets and payments (57%) are of a time at which no subscription covered their customer, 17000 of a time before it signed up.",
    ],
  ],
  [
    "many payers without usage are serious, a few are not named",
    { ...facts({ usage: { covered: { customers: 100, of: 200 } } }), withoutUsage: 20 },
    ["serious: 100 of 200 paying customers (50%) have no usage in the last 84 days, 20 have none at all."],
  ],
  [
    "one in twenty-five without usage is nothing to name",
    facts({ usage: { covered: { customers: 192, of: 200 } } }),
    [],
  ],
  [
    "a source that falls silent before the others is serious",
    { ...facts(), days: { ...facts().days, tickets: counts((index) => (index < DAYS - 10 ? 100 : 0)) } },
    ["serious: Tickets: nothing in the last 10 days of the data, where about 1000 rows were to be expected."],
  ],
  [
    "days of sign-up are no rows that come in: nothing is said of their gaps, steps and silence",
    {
      ...facts(),
      days: {
        ...facts().days,
        customers: counts((index) => (index < 84 ? 100 : index < 90 ? 0 : 250 * Number(index < DAYS - 9))),
      },
    },
    [],
  ],
  [
    "a gap of days in usage is serious",
    { ...facts(), days: { ...facts().days, usage: counts((index) => (index >= 50 && index < 54 ? 0 : 100)) } },
    ["serious: Usage: no rows on 2026-02-24 to 2026-02-27 (about 400 rows to be expected)."],
  ],
  [
    "a level that doubles for good is notable",
    { ...facts(), days: { ...facts().days, payments: counts((index) => (index < 84 ? 100 : 250)) } },
    ["notable: Payments: from 700 to 1750 rows a week in the week of 2026-03-30, and it stayed there."],
  ],
  [
    "a counter that nobody fills is notable, and one that halves a customer and day too",
    {
      ...facts(),
      counters: counts((index) => index).map(({ day, rows: index }) => ({
        day,
        sums: { ...facts().counters[0]!.sums, exports: 0, tasks: index < 84 ? 300 : 100 },
      })),
    },
    [
      "notable: Usage: exports is 0 in every row.",
      "notable: Usage: tasks went from 3.0 to 1.0 a customer and day in the week of 2026-03-30.",
    ],
  ],
])("%s", (_rule, given, expected) => {
  expect(shown(given)).toEqual(expected);
});
