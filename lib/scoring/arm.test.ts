import { describe, expect, test } from "vitest";
import { armOf } from "./arm";

const draw = (share: number, experimentKey = "2026-h2") =>
  Array.from({ length: 20_000 }, (_, customerId) => armOf({ experimentKey, accountGroup: null, customerId, share }));
const comparisons = (arms: string[]) => arms.filter((arm) => arm === "comparison").length;

describe("armOf", () => {
  test("a share of 0 holds nobody out", () => expect(comparisons(draw(0))).toBe(0));

  test("the share of the comparison group is the share asked for", () => {
    // 4 standard deviations of a binomial
    expect(Math.abs(comparisons(draw(0.1)) - 2000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.1 * 0.9));
  });

  test("is fixed for an experiment and drawn anew for another", () => {
    expect(draw(0.1)).toEqual(draw(0.1));
    expect(draw(0.1, "2027-h1")).not.toEqual(draw(0.1));
  });

  test("a larger share keeps who was in the smaller", () => {
    const [small, large] = [draw(0.1), draw(0.2)];
    expect(small.every((arm, customer) => arm === "treated" || large[customer] === "comparison")).toBe(true);
  });

  test("customers of one account group are in one arm", () => {
    for (const accountGroup of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
      const arms = [1, 2, 3].map((customerId) => armOf({ experimentKey: "x", accountGroup, customerId, share: 0.5 }));
      expect(new Set(arms).size).toBe(1);
    }
  });

  test.each([-0.1, 1, Number.NaN])("a share of %d is refused", (share) => {
    expect(() => armOf({ experimentKey: "x", accountGroup: null, customerId: 1, share })).toThrow(/share/);
  });
});
