import { describe, expect, it } from "vitest";
import { byWeek, type DayCount, findGaps, findSilence, findSteps } from "./policy";

const DAY_MS = 86_400_000;
/** A Monday. */
const START = Date.UTC(2026, 0, 5);

/** `rows` of each of so many days from a Monday on. */
function days(count: number, rows: (index: number, weekday: number) => number): DayCount[] {
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(START + index * DAY_MS).toISOString().slice(0, 10),
    rows: rows(index, index % 7),
  }));
}
const weekend = (weekday: number) => weekday > 4;

describe("gaps", () => {
  it.each<[string, DayCount[], { from: string; to: string; days: number }[]]>([
    ["nothing has no gap", [], []],
    ["weekends that are always empty are none", days(70, (_, weekday) => (weekend(weekday) ? 0 : 50)), []],
    ["a sparse source has none", days(200, (index) => (index % 5 === 0 ? 3 : 0)), []],
    ["small numbers prove nothing", days(70, (index) => (index === 30 ? 0 : 4)), []],
    [
      "one empty day among full ones is one",
      days(70, (index) => (index === 30 ? 0 : 50)),
      [{ from: "2026-02-04", to: "2026-02-04", days: 1 }],
    ],
    [
      "empty working days on both sides of a weekend are one gap",
      days(70, (index, weekday) => (weekend(weekday) || (index >= 31 && index <= 36) ? 0 : 50)),
      [{ from: "2026-02-05", to: "2026-02-10", days: 6 }],
    ],
    [
      "a gap of weeks is one gap, although its neighbours are in it too",
      days(140, (index) => (index >= 60 && index < 100 ? 0 : 50)),
      [{ from: "2026-03-06", to: "2026-04-14", days: 40 }],
    ],
    ["what is before the first and after the last day is none", days(70, (index) => (index < 50 ? 50 : 0)), []],
  ])("%s", (_rule, counts, expected) => {
    expect(findGaps(counts).map(({ expected: _, ...gap }) => gap)).toEqual(expected);
  });

  it("say how many rows were to be expected", () => {
    expect(
      findGaps(days(70, (index, weekday) => ([30, 31].includes(index) ? 0 : 10 * (weekday + 1))))[0],
    ).toMatchObject({
      days: 2,
      expected: 30 + 40,
    });
  });
});

describe("steps", () => {
  const weeks = (values: readonly (number | null)[]) =>
    values.map((value, index) => ({ week: new Date(START + index * 7 * DAY_MS).toISOString().slice(0, 10), value }));
  const level = (count: number, value: number) => Array.from({ length: count }, () => value);
  it.each<[string, (number | null)[], { week: string; before: number; after: number }[]]>([
    ["a level that stays has none", level(20, 100), []],
    ["growth by a tenth a week has none", Array.from({ length: 20 }, (_, i) => 100 * 1.1 ** i), []],
    ["one bad week has none", [...level(8, 100), 10, ...level(8, 100)], []],
    ["two weeks of holidays have none", [...level(8, 100), 30, 30, ...level(8, 100)], []],
    ["numbers below the least have none", [...level(8, 3), ...level(8, 9)], []],
    ["too few weeks have none", [...level(3, 100), ...level(3, 300)], []],
    [
      "a level that halves for good is one, at its first week",
      [...level(8, 100), ...level(8, 40)],
      [{ week: "2026-03-02", before: 100, after: 40 }],
    ],
    [
      "a level that trebles is one",
      [...level(8, 100), ...level(8, 300)],
      [{ week: "2026-03-02", before: 100, after: 300 }],
    ],
    [
      "up and down again are two",
      [...level(8, 100), ...level(8, 300), ...level(8, 100)],
      [
        { week: "2026-03-02", before: 100, after: 300 },
        { week: "2026-04-27", before: 300, after: 100 },
      ],
    ],
    ["a source that stops is one", [...level(8, 100), ...level(8, 0)], [{ week: "2026-03-02", before: 100, after: 0 }]],
    ["weeks without a value are not judged", [...level(8, 100), null, null, null, null, ...level(3, 300)], []],
  ])("%s", (_rule, values, expected) => {
    expect(findSteps(weeks(values), 20)).toEqual(expected);
  });
});

describe("silence", () => {
  it.each<[string, DayCount[], string, { days: number; expected: number } | null]>([
    ["nothing is not silent", [], "2026-04-01", null],
    ["a source that goes to the end is not", days(84, () => 5), "2026-03-30", null],
    ["two days are a weekend", days(84, () => 50), "2026-04-01", null],
    ["three days of a busy source are", days(84, () => 50), "2026-04-02", { days: 3, expected: 150 }],
    ["three days of a source with a row a week are not", days(84, (i) => (i % 7 === 6 ? 1 : 0)), "2026-04-02", null],
    ["two months of it are", days(84, (i) => (i % 7 === 6 ? 1 : 0)), "2026-05-25", { days: 56, expected: 8 }],
  ])("%s", (_rule, counts, end, expected) => {
    expect(findSilence(counts, end)).toEqual(expected);
  });
});

describe("weeks", () => {
  it("are whole ones, with 0 where there is nothing", () => {
    const counts = days(30, (index) => (index >= 14 && index < 21 ? 0 : 2));
    expect(byWeek(counts, "2026-02-04")).toEqual([
      { week: "2026-01-12", value: 14 },
      { week: "2026-01-19", value: 0 },
      { week: "2026-01-26", value: 14 },
    ]);
    expect(byWeek([], "2026-02-04")).toEqual([]);
  });
});
