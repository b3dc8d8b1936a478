import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatInstant,
  formatMoney,
  formatNumber,
  formatPercent,
} from "./format";

const NEW_YORK = "America/New_York";

describe("formatDay", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  test.each([
    ["the day is the zone's, not UTC's", "2026-11-16T03:00:00Z", "Sun 15 Nov"],
    ["midnight belongs to the day it starts", "2026-11-16T05:00:00Z", "Mon 16 Nov"],
    ["another year is named", "2025-11-17T05:00:00Z", "Mon 17 Nov 2025"],
  ])("%s", (_rule, iso, expected) => {
    expect(formatDay(iso, NEW_YORK, now)).toBe(expected);
  });
});

test("formatInstant gives the zone's wall clock, midnight as 00:00", () => {
  expect(formatInstant("2026-07-01T04:00:00Z", NEW_YORK)).toBe("1 Jul 2026, 00:00");
});

test.each([
  [formatMoney(123_456, "USD"), "$1,235"],
  [formatMoney(123_456, "USD", true), "$1,234.56"],
  [formatCount(12_345), "12,345"],
  [formatPercent(0.7239), "72.4%"],
  [formatNumber(1234.5), "1,235"],
  [formatNumber(0.012345), "0.0123"],
  [formatNumber(0), "0"],
  [formatDuration(840), "840 ms"],
  [formatDuration(59_700), "1 min 0 s"],
  [formatDuration(185_000), "3 min 5 s"],
  [formatDuration(7_800_000), "2 h 10 min"],
  [formatBytes(0), "0 B"],
  [formatBytes(1_234_567), "1.2 MB"],
])("%s is %s", (shown, expected) => {
  expect(shown).toBe(expected);
});
