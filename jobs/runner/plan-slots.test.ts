import { describe, expect, test } from "vitest";
import { lookBackFrom, missingSlots, orderOpenRuns } from "./plan-slots";

const build = { name: "build-features", schedule: { dayOfWeek: 1, hour: 2, minute: 0 }, catchUpMax: 3 } as const;
const score = { name: "score-accounts", schedule: { dayOfWeek: 1, hour: 4, minute: 0 }, catchUpMax: 1 } as const;
const train = { name: "train-model", catchUpMax: 1 } as const;
const plan = (args: { from: string; now: string; existing?: Record<string, string[]> }) =>
  missingSlots({
    jobs: [build, score, train],
    existing: new Map(
      Object.entries(args.existing ?? {}).map(([job, slots]) => [job, slots.map((slot) => new Date(slot))]),
    ),
    from: new Date(args.from),
    now: new Date(args.now),
    calendar: { zone: "UTC", weekStart: "monday" },
  }).map(({ job, slot }) => `${job} ${slot.toISOString().slice(0, 16)}`);

describe("missingSlots", () => {
  test.each([
    {
      rule: "before the first slot nothing is due",
      args: { from: "2026-11-03T00:00:00Z", now: "2026-11-09T01:59:00Z" },
      expected: [],
    },
    {
      rule: "a slot is due from its time on",
      args: { from: "2026-11-03T00:00:00Z", now: "2026-11-09T02:00:00Z" },
      expected: ["build-features 2026-11-09T02:00"],
    },
    {
      rule: "after weeks down the newest of every job come first, older ones only as many as are useful",
      args: { from: "2026-09-01T00:00:00Z", now: "2026-11-10T00:00:00Z" },
      expected: [
        "build-features 2026-11-09T02:00",
        "score-accounts 2026-11-09T04:00",
        "build-features 2026-11-02T02:00",
        "build-features 2026-10-26T02:00",
      ],
    },
    {
      rule: "slots with a run are not due again, whatever became of it",
      args: {
        from: "2026-09-01T00:00:00Z",
        now: "2026-11-10T00:00:00Z",
        existing: { "build-features": ["2026-11-09T02:00:00Z"], "score-accounts": ["2026-11-09T04:00:00Z"] },
      },
      expected: ["build-features 2026-11-02T02:00", "build-features 2026-10-26T02:00"],
    },
    {
      rule: "a newest slot that is done does not make an older one useful",
      args: {
        from: "2026-09-01T00:00:00Z",
        now: "2026-11-10T00:00:00Z",
        existing: {
          "build-features": ["2026-11-09T02:00:00Z", "2026-11-02T02:00:00Z", "2026-10-26T02:00:00Z"],
          "score-accounts": ["2026-11-09T04:00:00Z"],
        },
      },
      expected: [],
    },
    {
      rule: "nothing before the installation was ready is made up for",
      args: { from: "2026-11-09T03:00:00Z", now: "2026-11-09T05:00:00Z" },
      expected: ["score-accounts 2026-11-09T04:00"],
    },
  ])("$rule", ({ args, expected }) => {
    expect(plan(args)).toEqual(expected);
  });
});

describe("lookBackFrom", () => {
  const now = new Date("2026-11-09T00:00:00Z");
  test("is when the installation became ready", () => {
    expect(lookBackFrom({ now, readyAt: new Date("2026-11-01T00:00:00Z") })).toEqual(new Date("2026-11-01T00:00:00Z"));
  });
  test("is never longer ago than 120 days", () => {
    expect(lookBackFrom({ now, readyAt: new Date("2020-01-01T00:00:00Z") })).toEqual(new Date("2026-07-12T00:00:00Z"));
  });
});

describe("orderOpenRuns", () => {
  const open = (id: string, job: string, slot: string, requested = false) => ({
    id,
    job,
    slot: new Date(slot),
    requested,
  });
  test("takes requests first, then this week's runs in the order of the jobs, then older ones", () => {
    const runs = [
      open("old score", "score-accounts", "2026-11-02T04:00:00Z"),
      open("old build", "build-features", "2026-11-02T02:00:00Z"),
      open("new score", "score-accounts", "2026-11-09T04:00:00Z"),
      open("second request", "train-model", "2026-11-09T10:00:00Z", true),
      open("new build", "build-features", "2026-11-09T02:00:00Z"),
      open("first request", "score-accounts", "2026-11-09T09:00:00Z", true),
    ];
    expect(orderOpenRuns({ runs, jobs: [build, score, train] }).map(({ id }) => id)).toEqual([
      "first request",
      "second request",
      "new build",
      "new score",
      "old build",
      "old score",
    ]);
  });
});
