import { describe, expect, it } from "vitest";
import { addDays, addWeeks, dayOf, latestWeekStart, startOfDay, weekStartsBetween } from "./weeks";

const BERLIN = "Europe/Berlin";
const MONDAYS = { zone: BERLIN, weekStart: "monday" } as const;

describe("weeks are those of the business's zone", () => {
  it.each([
    ["a Monday's first instant belongs to its own week", "2026-11-15T23:00:00Z", "2026-11-15T23:00:00Z"],
    ["the instant before it to the week before", "2026-11-15T22:59:59Z", "2026-11-08T23:00:00Z"],
    ["the week in which summer time ends starts in summer time", "2026-10-26T12:00:00Z", "2026-10-25T23:00:00Z"],
    ["the week in which summer time begins starts in winter time", "2026-03-29T12:00:00Z", "2026-03-22T23:00:00Z"],
  ])("%s", (_rule, now, monday) => {
    expect(latestWeekStart(new Date(now), MONDAYS)).toEqual(new Date(monday));
  });

  it.each([
    ["the Sunday itself", "sunday", "2026-11-15T12:00:00Z", "2026-11-14T23:00:00Z"],
    ["a Saturday belongs to the week of the Sunday before", "sunday", "2026-11-14T12:00:00Z", "2026-11-07T23:00:00Z"],
    ["a Friday belongs to the week of the Saturday before", "saturday", "2026-11-13T12:00:00Z", "2026-11-06T23:00:00Z"],
    ["Sunday 25 October has 25 hours and begins its week", "sunday", "2026-10-25T22:59:00Z", "2026-10-24T22:00:00Z"],
  ] as const)("weeks may begin on another day: %s", (_rule, weekStart, now, expected) => {
    expect(latestWeekStart(new Date(now), { zone: BERLIN, weekStart })).toEqual(new Date(expected));
  });

  it("a week across the end of summer time has 169 hours", () => {
    const monday = new Date("2026-10-18T22:00:00Z");
    expect(addWeeks(monday, 1, BERLIN)).toEqual(new Date("2026-10-25T23:00:00Z"));
  });

  it("30 days from a midnight is a midnight across DST", () => {
    expect(addDays(new Date("2026-10-18T22:00:00Z"), 30, BERLIN)).toEqual(new Date("2026-11-17T23:00:00Z"));
  });

  it("Mondays between two times are ascending and inclusive", () => {
    const mondays = weekStartsBetween(new Date("2026-10-18T22:00:00Z"), new Date("2026-11-01T23:00:00Z"), MONDAYS);
    expect(mondays.map((monday) => dayOf(monday, BERLIN))).toEqual(["2026-10-19", "2026-10-26", "2026-11-02"]);
  });

  it.each(["2026-02-30", "tomorrow", "2026-2-3"])("%s is refused as a day", (day) => {
    expect(() => startOfDay(day, BERLIN)).toThrow("expected YYYY-MM-DD");
  });

  it("an unknown zone is refused by name", () => {
    expect(() => latestWeekStart(new Date(), { zone: "Europe/Atlantis", weekStart: "monday" })).toThrow(
      "Europe/Atlantis",
    );
  });
});
