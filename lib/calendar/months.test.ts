import { expect, it } from "vitest";
import { monthsUpTo } from "./months";

const months = (last: string, zone: string) =>
  monthsUpTo({ last: new Date(last), count: 2, zone }).map(({ month, from, to }) => [
    month,
    from.toISOString(),
    to.toISOString(),
  ]);

it("gives the zone's months, an hour longer or shorter where clocks change, across the turn of the year", () => {
  expect(months("2026-03-31T21:59:59Z", "Europe/Berlin")).toEqual([
    ["2026-02", "2026-01-31T23:00:00.000Z", "2026-02-28T23:00:00.000Z"],
    ["2026-03", "2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"],
  ]);
  expect(months("2026-01-01T04:59:00Z", "America/New_York").map(([month]) => month)).toEqual(["2025-11", "2025-12"]);
});

it("the first moment of a month belongs to it", () => {
  expect(months("2026-03-31T22:00:00Z", "Europe/Berlin").map(([month]) => month)).toEqual(["2026-03", "2026-04"]);
});
