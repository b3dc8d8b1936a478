import { describe, expect, test } from "vitest";
import { decideListings } from "./listing";

/** Rows as [probability, priority]; ids are 10, 20, 30 … */
function list(rows: [number, number][], rule: { threshold?: number; floor?: number; capacity: number }) {
  return decideListings({
    probabilities: rows.map(([probability]) => probability),
    priorities: rows.map(([, priority]) => priority),
    customerIds: rows.map((_, index) => (index + 1) * 10),
    threshold: 0.7,
    floor: 0.15,
    ...rule,
  });
}

describe("decideListings", () => {
  test.each<{ rule: string; rows: [number, number][]; capacity: number; expected: string[] }>([
    {
      rule: "exactly at the threshold is not flagged",
      rows: [
        [0.7, 9],
        [0.71, 1],
      ],
      capacity: 1,
      expected: ["unlisted", "flagged"],
    },
    {
      rule: "all above the threshold are flagged, also beyond the capacity",
      rows: [
        [0.9, 1],
        [0.8, 1],
        [0.75, 1],
        [0.6, 99],
      ],
      capacity: 2,
      expected: ["flagged", "flagged", "flagged", "unlisted"],
    },
    {
      rule: "the rest of the capacity goes to the highest priority, not the highest probability",
      rows: [
        [0.9, 5],
        [0.6, 10],
        [0.3, 90],
        [0.5, 50],
      ],
      capacity: 3,
      expected: ["flagged", "unlisted", "watch", "watch"],
    },
    {
      rule: "nobody at or below the floor is watched, however valuable",
      rows: [
        [0.15, 1e9],
        [0.16, 1],
      ],
      capacity: 5,
      expected: ["unlisted", "watch"],
    },
    {
      rule: "equal priorities go to the higher probability, then the lower id",
      rows: [
        [0.3, 7],
        [0.4, 7],
        [0.3, 7],
      ],
      capacity: 2,
      expected: ["watch", "watch", "unlisted"],
    },
    { rule: "no rows give an empty list", rows: [], capacity: 5, expected: [] },
  ])("$rule", ({ rows, capacity, expected }) => {
    expect(list(rows, { capacity }).listing).toEqual(expected);
  });

  test("ranks by probability, ties by customer id, and counts", () => {
    const result = list(
      [
        [0.5, 1],
        [0.9, 1],
        [0.5, 2],
        [0.1, 3],
      ],
      { capacity: 2 },
    );
    expect([...result.probabilityRank]).toEqual([2, 1, 3, 4]);
    expect([result.flagged, result.watched]).toEqual([1, 1]);
  });
});
