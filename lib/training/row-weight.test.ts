import { describe, expect, test } from "vitest";
import { rowWeight } from "./row-weight";

describe("rowWeight", () => {
  test.each([
    { rule: "without a comparison group every row counts once", row: { listed: true, arm: null, share: 0 }, weight: 1 },
    { rule: "an unlisted treated customer counts once", row: { listed: false, arm: "treated", share: 0.1 }, weight: 1 },
    {
      rule: "an unlisted comparison customer counts once",
      row: { listed: false, arm: "comparison", share: 0.1 },
      weight: 1,
    },
    {
      rule: "a listed comparison customer stands for 1 / share",
      row: { listed: true, arm: "comparison", share: 0.1 },
      weight: 10,
    },
    { rule: "a listed treated customer does not count", row: { listed: true, arm: "treated", share: 0.1 }, weight: 0 },
    { rule: "who was in no arm counts once", row: { listed: true, arm: null, share: 0.1 }, weight: 1 },
  ] as const)("$rule", ({ row, weight }) => {
    expect(rowWeight(row)).toBeCloseTo(weight, 12);
  });

  test.each([-0.1, 1, Number.NaN])("a share of %d is refused", (share) => {
    expect(() => rowWeight({ listed: true, arm: "treated", share })).toThrow(/share/);
  });
});
