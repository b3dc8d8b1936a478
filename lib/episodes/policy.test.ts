import { describe, expect, test } from "vitest";
import type { Listing } from "@/lib/scoring/contract";
import { decideEpisodes, type WeekScore } from "./policy";

const DAY = 86_400_000;
const monday = (week: number) => new Date(Date.UTC(2026, 9, 5) + week * 7 * DAY);

/** Weeks 0, 1, 2 … as [probability, listing]. */
type Weeks = [number, Listing][];
const score = (week: number, [probability, listing]: [number, Listing]): WeekScore => ({
  asOf: monday(week),
  probability,
  listing,
});

/** Publishes the week after `past` for customer 7, which has an open episode where there is a past. */
function publish(past: Weeks, now: [number, Listing] | null) {
  return decideEpisodes({
    asOf: monday(past.length),
    scores: new Map(now ? [[7, score(past.length, now)]] : []),
    openEpisodes:
      past.length > 0 ? [{ id: 1, customerId: 7, weeks: past.map((week, index) => score(index, week)) }] : [],
    exitThreshold: 0.6,
    windowEnd: (asOf) => new Date(asOf.getTime() + 30 * DAY),
  });
}

describe("decideEpisodes", () => {
  test.each<[string, [number, Listing], number[]]>([
    ["a flagged customer gets an episode", [0.8, "flagged"], [7]],
    ["a watched customer gets an episode", [0.3, "watch"], [7]],
    ["an unlisted customer gets none", [0.3, "unlisted"], []],
  ])("%s", (_rule, now, open) => {
    expect(publish([], now)).toEqual({ open, extend: [], close: [] });
  });

  test.each<{ rule: string; past: Weeks; now: [number, Listing] | null; extended: boolean; closed: string | null }>([
    {
      rule: "listed again adds a week",
      past: [[0.8, "flagged"]],
      now: [0.75, "flagged"],
      extended: true,
      closed: null,
    },
    {
      rule: "one calm Monday is not a recovery",
      past: [[0.8, "flagged"]],
      now: [0.2, "unlisted"],
      extended: true,
      closed: null,
    },
    {
      rule: "two calm Mondays are",
      past: [
        [0.8, "flagged"],
        [0.59, "unlisted"],
      ],
      now: [0.1, "unlisted"],
      extended: true,
      closed: "recovered",
    },
    {
      rule: "at the exit threshold is not below it",
      past: [
        [0.8, "flagged"],
        [0.6, "unlisted"],
      ],
      now: [0.1, "unlisted"],
      extended: true,
      closed: null,
    },
    {
      rule: "a watched customer has not recovered, however low",
      past: [
        [0.3, "watch"],
        [0.2, "watch"],
      ],
      now: [0.2, "watch"],
      extended: true,
      closed: null,
    },
    {
      rule: "unlisted but above the exit threshold, it matures when the window of its last listed week has passed",
      past: [
        [0.8, "flagged"],
        [0.65, "unlisted"],
        [0.65, "unlisted"],
        [0.65, "unlisted"],
        [0.65, "unlisted"],
      ],
      now: [0.65, "unlisted"],
      extended: true,
      closed: "matured",
    },
    {
      rule: "and not a week earlier",
      past: [
        [0.8, "flagged"],
        [0.65, "unlisted"],
        [0.65, "unlisted"],
        [0.65, "unlisted"],
      ],
      now: [0.65, "unlisted"],
      extended: true,
      closed: null,
    },
    {
      rule: "while it is listed it never matures",
      past: Array.from({ length: 12 }, () => [0.8, "flagged"]),
      now: [0.8, "flagged"],
      extended: true,
      closed: null,
    },
    {
      rule: "who is scored no more has departed",
      past: [[0.9, "flagged"]],
      now: null,
      extended: false,
      closed: "departed",
    },
  ])("$rule", ({ past, now, extended, closed }) => {
    const decision = publish(past, now);
    expect(decision.open).toEqual([]);
    expect(decision.extend).toEqual(extended ? [{ id: 1, customerId: 7 }] : []);
    expect(decision.close).toEqual(closed ? [{ id: 1, reason: closed }] : []);
  });
});
