import { describe, expect, test } from "vitest";
import { AdditivityError, assertAdditive } from "./assert-additive";
import { predictTrees, treeShap } from "./tree-shap";

describe("assertAdditive", () => {
  const margins = [1, -0.5];
  const contributions = [0.4, 0.6, 0.25, -0.75];

  test("returns the largest difference", () => {
    expect(assertAdditive({ margins, contributions, width: 2 })).toBe(0);
    expect(assertAdditive({ margins: [1, -0.50005], contributions, width: 2 })).toBeCloseTo(5e-5, 8);
  });

  test.each([
    [
      "a difference beyond the tolerance",
      { margins: [1, -0.4] },
      "Row 1: contributions and bias add up to -0.5, the margin is -0.4",
    ],
    ["a NaN contribution", { contributions: [0.4, Number.NaN, 0, 0] }, "Row 0"],
    ["a NaN margin", { margins: [Number.NaN, 0] }, "Row 0"],
    ["a wrong width", { width: 3 }, "4 contributions; expected 2 rows x 3 = 6"],
    ["a width of 0", { width: 0, contributions: [] }, "expected 2 rows x 0"],
  ])("refuses %s", (_rule, change, message) => {
    expect(() => assertAdditive({ margins, contributions, width: 2, ...change })).toThrow(AdditivityError);
    expect(() => assertAdditive({ margins, contributions, width: 2, ...change })).toThrow(message);
  });
});

describe("treeShap on a tree small enough for paper", () => {
  // x0 < 0 ? (x1 < 0 ? 0 : 8) : 4, half of the cover on each side of both splits; missing goes left.
  const tree = {
    left: Int32Array.of(1, 3, -1, -1, -1),
    right: Int32Array.of(2, 4, -1, -1, -1),
    feature: Int32Array.of(0, 1, 0, 0, 0),
    value: Float32Array.of(0, 0, 4, 0, 8),
    defaultLeft: Uint8Array.of(1, 1, 0, 0, 0),
    cover: Float32Array.of(8, 4, 4, 2, 2),
  };
  // Mean 4. With x0 < 0 and x1 >= 0: v({}) = 4, v({0}) = 4, v({1}) = (8 + 4) / 2 = 6, v({0,1}) = 8.
  test("gives the values of the definition", () => {
    const shap = treeShap({ trees: [tree], baseMargin: 1, row: [-1, 1] });
    expect(Array.from(shap)).toEqual([(4 - 4 + (8 - 6)) / 2, (6 - 4 + (8 - 4)) / 2, 1 + 4]);
  });

  test("sends missing values the default way", () => {
    expect(predictTrees({ trees: [tree], baseMargin: 1, row: [Number.NaN, Number.NaN] })).toBe(1);
    expect(predictTrees({ trees: [tree], baseMargin: 1, row: [Number.NaN, 0] })).toBe(9);
    expect(predictTrees({ trees: [tree], baseMargin: 1, row: [0, -5] })).toBe(5);
  });

  test("adds up to the prediction for every row", () => {
    for (const row of [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
      [Number.NaN, 1],
    ]) {
      const sum = treeShap({ trees: [tree, tree], baseMargin: -2, row }).reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(predictTrees({ trees: [tree, tree], baseMargin: -2, row }), 12);
    }
  });
});
