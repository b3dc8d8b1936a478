import { describe, expect, it } from "vitest";
import type { Measured } from "@/lib/retention/contract";
import type { CheckedMonth } from "./contract";
import { averagedMonths, differences, judgeConfirmation, noteProblem, survivorshipOf } from "./policy";

describe("survivorship", () => {
  const lastMonthFrom = new Date("2026-06-01");
  const company = {
    customers: 1200,
    ends: 40,
    firstEndAt: new Date("2025-09-01"),
    firstStartAt: new Date("2025-01-01"),
    lastMonthFrom,
  };
  it.each([
    ["departures over the months: none", company, null],
    [
      "no customers: nothing is said",
      { ...company, customers: 0, ends: 0, firstEndAt: null, firstStartAt: null },
      null,
    ],
    ["not one end: nobody left", { ...company, ends: 0, firstEndAt: null }, "nobody_left"],
    [
      "the first end in the last month, with customers before",
      { ...company, firstEndAt: lastMonthFrom },
      "last_month_only",
    ],
    ["the first end just before the last month", { ...company, firstEndAt: new Date(+lastMonthFrom - 1) }, null],
    [
      "a history of no more than that month: too short, not survivorship",
      { ...company, firstEndAt: new Date("2026-06-20"), firstStartAt: lastMonthFrom },
      null,
    ],
  ])("%s", (_rule, evidence, kind) => {
    expect(survivorshipOf(evidence)?.kind ?? null).toBe(kind);
  });

  it("says how many customers, how many ends, and what to export", () => {
    expect(survivorshipOf({ ...company, firstEndAt: lastMonthFrom })?.says).toMatch(
      /1,200 customers, and all 40 ends or notices.*Export those who left/,
    );
  });
});

const month = (name: string, atStart: number, departures: number) => ({ month: name, atStart, departures });
const SEEN = [month("2026-04", 100, 2), month("2026-05", 101, 3)];

describe("months seen and months now", () => {
  it.each([
    ["the same: no difference", SEEN, []],
    ["another count of departures", [SEEN[0]!, month("2026-05", 101, 4)], ["2026-05 was 3 of 101 and is 4 of 101"]],
    ["another count at start", [SEEN[0]!, month("2026-05", 99, 3)], ["2026-05 was 3 of 101 and is 3 of 99"]],
    ["a month more", [...SEEN, month("2026-06", 98, 1)], ["2026-06 is new: 1 of 98"]],
    ["a month less", [SEEN[1]!], ["2026-04 is not counted any more"]],
  ])("%s", (_rule, present, expected) => {
    expect(differences(SEEN, present)).toEqual(expected);
  });
});

describe("a confirmation", () => {
  const confirmation = { labelRuleId: 1, finalMonths: SEEN };
  it.each([
    ["stands with the same counts", 1, SEEN, "stands"],
    ["stands as months are added", 1, [...SEEN, month("2026-06", 98, 1)], "stands"],
    ["stands as months pass out of the window", 1, [SEEN[1]!, month("2026-06", 98, 1)], "stands"],
    ["lapses where a month that was final has another count", 1, [SEEN[0]!, month("2026-05", 101, 4)], "lapsed"],
    ["lapses where a month that was final is missing in the middle", 1, [SEEN[0]!, month("2026-06", 98, 1)], "lapsed"],
    ["lapses where all its months have passed out of the window", 1, [month("2026-06", 98, 1)], "lapsed"],
    ["lapses with another rule, whatever the counts", 2, SEEN, "lapsed"],
  ])("%s", (_rule, labelRuleId, months, state) => {
    const judged = judgeConfirmation({ confirmation, labelRuleId, months });
    expect(judged.state).toBe(state);
    expect(judged.because === null).toBe(state === "stands");
  });

  it("of months that were all provisional says nothing of their counts", () => {
    const provisional = { labelRuleId: 1, finalMonths: [] };
    expect(judgeConfirmation({ confirmation: provisional, labelRuleId: 1, months: SEEN }).state).toBe("stands");
  });
});

describe("a note", () => {
  const average: Measured = {
    state: "measured",
    proportion: { hits: 24, n: 1000, share: 0.024, low: 0.016, high: 0.035 },
  };
  it.each([
    ["is not needed where finance's figure lies in the interval", { financeRate: 0.02, note: null }, null],
    ["is needed without a figure", { financeRate: null, note: null }, /without finance's figure/],
    ["is needed where the figure lies outside", { financeRate: 0.05, note: null }, /5\.0% lies outside 1\.6% to 3\.5%/],
    ["settles a difference", { financeRate: 0.05, note: "Finance counts seats." }, null],
    ["of a few letters settles nothing", { financeRate: 0.05, note: "ok" }, /at least 10 characters/],
  ])("%s", (_rule, sent, expected) => {
    const problem = noteProblem({ ...sent, average });
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});

it("the average is over the last months that are final, provisional ones left out", () => {
  const checked = (name: string, departures: number, state: CheckedMonth["state"]): CheckedMonth => ({
    ...month(name, 100, departures),
    churn: { state: "none" },
    state,
  });
  const months = [
    checked("2026-01", 50, "whole"),
    checked("2026-02", 2, "whole"),
    checked("2026-03", 3, "whole"),
    checked("2026-04", 9, "provisional"),
  ];
  expect(averagedMonths(months, 2)).toEqual({ months: 2, atStart: 200, departures: 5 });
});
