import { expect, test } from "vitest";
import { missingSlots } from "./plan-slots";
import { JOBS } from "./registry";

const due = (from: string, now: string) =>
  missingSlots({
    jobs: JOBS.filter((job) => job.where !== "demo"),
    existing: new Map(),
    from: new Date(from),
    now: new Date(now),
    calendar: { zone: "UTC", weekStart: "monday" },
  });

test("in the night to the week's first day files are imported before features are built, and these before scores", () => {
  const night = due("2026-11-23T00:00:00Z", "2026-11-23T05:00:00Z").sort((a, b) => a.slot.getTime() - b.slot.getTime());
  expect(night.map(({ job }) => job)).toEqual(["import-files", "build-features", "score-accounts"]);
});

test("after a downtime the newest of every job are made up for in the same order", () => {
  const newest = due("2026-11-20T00:00:00Z", "2026-11-24T12:00:00Z").map(({ job }) => job);
  expect(newest.slice(0, 3)).toEqual(["import-files", "build-features", "score-accounts"]);
});
