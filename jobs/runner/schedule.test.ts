import { describe, expect, test } from "vitest";
import { slotsBetween } from "./schedule";

const mondays = { dayOfWeek: 1, hour: 2, minute: 0 } as const;
const iso = (dates: Date[]) => dates.map((date) => date.toISOString());

describe("slotsBetween", () => {
  test.each([
    {
      rule: "weekly slots keep their local time across the end of daylight saving",
      schedule: mondays,
      zone: "America/New_York",
      after: "2026-10-20T00:00:00Z",
      until: "2026-11-10T00:00:00Z",
      expected: ["2026-10-26T06:00:00.000Z", "2026-11-02T07:00:00.000Z", "2026-11-09T07:00:00.000Z"],
    },
    {
      rule: "a local time that daylight saving skips is due once, an hour later",
      schedule: { hour: 2, minute: 30 },
      zone: "America/New_York",
      after: "2026-03-07T12:00:00Z",
      until: "2026-03-09T12:00:00Z",
      expected: ["2026-03-08T07:30:00.000Z", "2026-03-09T06:30:00.000Z"],
    },
    {
      rule: "a local time that comes twice is due once, the first time",
      schedule: { hour: 1, minute: 30 },
      zone: "America/New_York",
      after: "2026-10-31T12:00:00Z",
      until: "2026-11-02T12:00:00Z",
      expected: ["2026-11-01T05:30:00.000Z", "2026-11-02T06:30:00.000Z"],
    },
    {
      rule: "midnight that does not exist (Cairo, last Friday of April) is due when the day begins",
      schedule: { hour: 0, minute: 0 },
      zone: "Africa/Cairo",
      after: "2026-04-23T00:00:00Z",
      until: "2026-04-25T00:00:00Z",
      expected: ["2026-04-23T22:00:00.000Z", "2026-04-24T21:00:00.000Z"],
    },
    {
      rule: "the start is excluded, the end included",
      schedule: mondays,
      zone: "UTC",
      after: "2026-11-02T02:00:00Z",
      until: "2026-11-09T02:00:00Z",
      expected: ["2026-11-09T02:00:00.000Z"],
    },
    {
      rule: "nothing is due between two slots",
      schedule: mondays,
      zone: "Asia/Kolkata",
      after: "2026-11-02T00:00:00Z",
      until: "2026-11-08T20:29:59Z",
      expected: [],
    },
  ])("$rule", ({ schedule, zone, after, until, expected }) => {
    const calendar = { zone, weekStart: "monday" } as const;
    expect(iso(slotsBetween({ schedule, calendar, after: new Date(after), until: new Date(until) }))).toEqual(expected);
  });

  test("one local day has one slot for two years in any zone", () => {
    for (const zone of [
      "America/New_York",
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "America/Santiago",
      "Asia/Tehran",
    ]) {
      for (const hour of [0, 1, 2, 3]) {
        const slots = slotsBetween({
          schedule: { hour, minute: 30 },
          calendar: { zone, weekStart: "monday" },
          after: new Date("2026-01-01T12:00:00Z"),
          until: new Date("2028-01-01T12:00:00Z"),
        });
        expect(slots).toHaveLength(730);
        expect(new Set(iso(slots)).size).toBe(730);
      }
    }
  });

  test.each([
    ["saturday", "2026-11-07T02:00:00.000Z"],
    ["sunday", "2026-11-08T02:00:00.000Z"],
    ["monday", "2026-11-09T02:00:00.000Z"],
  ] as const)("where weeks begin on %s, their first day is that one", (weekStart, expected) => {
    const slots = slotsBetween({
      schedule: mondays,
      calendar: { zone: "UTC", weekStart },
      after: new Date("2026-11-04T00:00:00Z"),
      until: new Date("2026-11-10T23:00:00Z"),
    });
    expect(iso(slots)).toEqual([expected]);
  });

  test("an unknown zone is named", () => {
    const calendar = { zone: "Mars/Base", weekStart: "monday" } as const;
    expect(() => slotsBetween({ schedule: mondays, calendar, after: new Date(0), until: new Date(1) })).toThrow(
      /Mars\/Base/,
    );
  });
});
