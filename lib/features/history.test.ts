import { describe, expect, it } from "vitest";
import { coverageAt, coveredWeekStarts, type SourceHistory, watermarkOf } from "./history";

const ZONE = "America/New_York";
const CALENDAR = { zone: ZONE, weekStart: "monday" } as const;
const ASOF = new Date("2026-11-02T05:00:00Z");
const NOTHING: SourceHistory = { usage: null, ticket: null, invoice: null, subscription: null };
const usage = (first: string, last: string, weekendRowsLately = true) => ({ first, last, weekendRowsLately });
const events = (first: string, last: string) => ({ first: new Date(first), last: new Date(last) });
const longest = new Map([
  ["usage_day", 84],
  ["ticket", 84],
  ["invoice", 84],
] as const);

describe("coverage at an as-of", () => {
  // 84 days before Monday 2 November, over the end of summer time, is 10 August.
  it.each([
    ["2026-08-10", false],
    ["2026-08-11", true],
    ["2026-11-02", true],
  ])("usage from %s: window cut off is %s", (first, tooShort) => {
    const at = coverageAt({
      asOf: ASOF,
      zone: ZONE,
      history: { ...NOTHING, usage: usage(first, "2026-11-01") },
      longest,
    });
    expect([at.usageTooShort, at.covered.has("usage_day")]).toEqual([tooShort, !tooShort]);
  });

  it("without any usage leaves the as-of buildable, its usage features without a value", () => {
    const at = coverageAt({ asOf: ASOF, zone: ZONE, history: NOTHING, longest });
    expect([at.usageTooShort, [...at.covered]]).toEqual([false, ["subscription_change"]]);
  });

  it.each([
    ["2026-08-16T12:00:00Z", true],
    ["2026-08-17T12:00:00Z", false],
  ])("counts tickets from %s as reaching back: %s", (first, covers) => {
    const history = { ...NOTHING, ticket: events(first, "2026-11-01T00:00:00Z") };
    expect(coverageAt({ asOf: ASOF, zone: ZONE, history, longest }).covered.has("ticket")).toBe(covers);
  });
});

describe("the watermark", () => {
  it.each([
    ["a Sunday", usage("2026-01-01", "2026-11-01"), "2026-11-02T05:00:00.000Z"],
    ["a Friday, where weekends are worked", usage("2026-01-01", "2026-10-30"), "2026-10-31T04:00:00.000Z"],
    ["a Friday, where they never are", usage("2026-01-01", "2026-10-30", false), "2026-11-02T05:00:00.000Z"],
    ["a Saturday, where they never are", usage("2026-01-01", "2026-10-31", false), "2026-11-02T05:00:00.000Z"],
    ["a Thursday, where they never are", usage("2026-01-01", "2026-10-29", false), "2026-10-30T04:00:00.000Z"],
  ])("after usage up to %s", (_what, given, expected) => {
    expect(watermarkOf({ ...NOTHING, usage: given }, ZONE)?.toISOString()).toBe(expected);
  });

  it("without usage is the last event, without data is null", () => {
    const history = {
      ...NOTHING,
      ticket: events("2026-01-01", "2026-03-01"),
      subscription: events("2026-01-01", "2026-05-01"),
    };
    expect(watermarkOf(history, ZONE)).toEqual(new Date("2026-05-01"));
    expect(watermarkOf(NOTHING, ZONE)).toBeNull();
    expect(coveredWeekStarts({ history: NOTHING, calendar: CALENDAR, until: ASOF })).toEqual([]);
  });

  it("bounds the Mondays, as does until", () => {
    const history = { ...NOTHING, usage: usage("2026-10-12", "2026-10-25") };
    const mondays = (until: string) =>
      coveredWeekStarts({ history, calendar: CALENDAR, until: new Date(until) }).map((at) =>
        at.toISOString().slice(0, 10),
      );
    expect(mondays("2027-01-01")).toEqual(["2026-10-12", "2026-10-19", "2026-10-26"]);
    expect(mondays("2026-10-19T04:00:00Z")).toEqual(["2026-10-12", "2026-10-19"]);
  });

  it("bounds other week starts likewise", () => {
    const history = { ...NOTHING, usage: usage("2026-10-12", "2026-10-25") };
    const calendar = { zone: ZONE, weekStart: "sunday" } as const;
    const starts = coveredWeekStarts({ history, calendar, until: new Date("2027-01-01") });
    expect(starts.map((at) => at.toISOString().slice(0, 10))).toEqual(["2026-10-18", "2026-10-25"]);
  });
});
