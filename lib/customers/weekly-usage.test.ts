import { describe, expect, it } from "vitest";
import { weeklyUsage } from "./weekly-usage";

const weeks = ["2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"];
const day = (date: string, sessions: number, activeUsers: number) => ({ day: date, sessions, activeUsers });

describe("weeklyUsage", () => {
  it("adds days up by week, and a week without any row is 0", () => {
    const days = [day("2026-10-05", 4, 2), day("2026-10-11", 6, 5), day("2026-10-19", 3, 1)];
    const usage = weeklyUsage({ weeks, days, dataFrom: "2026-01-01", dataTo: "2026-11-09" });
    expect(usage.map((week) => [week.sessions, week.activeDays, week.peakUsers])).toEqual([
      [10, 2, 5],
      [0, 0, 0],
      [3, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("gives the mean of four weeks once four are covered", () => {
    const days = weeks.map((week, i) => day(week, 4 * i, 1));
    const usage = weeklyUsage({ weeks, days, dataFrom: "2026-01-01", dataTo: "2026-11-09" });
    expect(usage.map((week) => week.sessionsMean28)).toEqual([null, null, null, 6, 10]);
  });

  it("has no figure for weeks that data does not cover whole", () => {
    const usage = weeklyUsage({ weeks, days: [day("2026-10-15", 9, 1)], dataFrom: "2026-10-14", dataTo: "2026-11-05" });
    expect(usage.map((week) => week.sessions)).toEqual([null, null, 0, 0, null]);
  });

  it("has no figure at all where no usage was ever imported", () => {
    const usage = weeklyUsage({ weeks, days: [], dataFrom: null, dataTo: "2026-11-09" });
    expect(usage.every((week) => week.sessions === null && week.sessionsMean28 === null)).toBe(true);
  });
});
