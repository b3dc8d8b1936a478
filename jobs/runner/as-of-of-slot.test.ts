import { describe, expect, test } from "vitest";
import { weekStartsBetween } from "@/lib/calendar/weeks";
import { asOfOfSlot } from "./as-of-of-slot";

const calendar = { zone: "America/New_York", weekStart: "monday" } as const;
const coveredWeekStarts = weekStartsBetween(
  new Date("2026-10-05T04:00:00Z"),
  new Date("2026-11-09T05:00:00Z"),
  calendar,
);
const asOf = (args: { asOf?: string; slot: string }) =>
  asOfOfSlot({ asOf: args.asOf, slot: new Date(args.slot), calendar, coveredWeekStarts }).toISOString();

describe("asOfOfSlot", () => {
  test("is the Monday of the slot", () => {
    expect(asOf({ slot: "2026-11-02T07:00:00Z" })).toBe("2026-11-02T05:00:00.000Z");
  });
  test("is the latest Monday with data where the data stops earlier", () => {
    expect(asOf({ slot: "2026-12-28T07:00:00Z" })).toBe("2026-11-09T05:00:00.000Z");
  });
  test("is the Monday asked for, at its own midnight before the end of daylight saving", () => {
    expect(asOf({ asOf: "2026-10-26", slot: "2026-11-10T00:00:00Z" })).toBe("2026-10-26T04:00:00.000Z");
  });
  test("a day that is no Monday is refused", () => {
    expect(() => asOf({ asOf: "2026-10-27", slot: "2026-11-10T00:00:00Z" })).toThrow(
      "As-of is 2026-10-27; expected a Monday",
    );
  });
  test("a Monday without data is refused, with the range there is", () => {
    expect(() => asOf({ asOf: "2026-11-16", slot: "2026-11-17T00:00:00Z" })).toThrow(
      "the data covers the weeks from 2026-10-05 to 2026-11-09",
    );
  });
  test("without any data it says so", () => {
    expect(() => asOfOfSlot({ asOf: undefined, slot: new Date(), calendar, coveredWeekStarts: [] })).toThrow(
      /import data/,
    );
  });
});
