import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { niceScale } from "./scale";

describe("niceScale", () => {
  it.each([
    [
      [0, 7],
      [0, 2, 4, 6, 8],
    ],
    [
      [3, 97],
      [0, 25, 50, 75, 100],
    ],
    [
      [0.012, 0.081],
      [0, 0.025, 0.05, 0.075, 0.1],
    ],
    [
      [-3, 5],
      [-4, -2, 0, 2, 4, 6],
    ],
    [[0], [0, 0.25]],
  ])("%j gets ticks %j", (values, ticks) => {
    expect(niceScale(values).ticks).toEqual(ticks);
  });

  it("no value at all is 0 to 1", () => {
    expect(niceScale([null, Number.NaN])).toEqual({ min: 0, max: 1, ticks: [0, 1] });
  });

  it("counts get no ticks between whole numbers", () => {
    expect(niceScale([0, 1], { wholeSteps: true }).ticks).toEqual([0, 1]);
  });

  it("may leave zero out", () => {
    expect(niceScale([50, 58], { fromZero: false }).ticks).toEqual([50, 52, 54, 56, 58]);
  });

  it("covers every value with evenly spaced ticks", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => Math.round(v * 1000) / 1000);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { min, max, ticks } = niceScale(values);
        expect(min).toBeLessThanOrEqual(Math.min(...values, 0) + 1e-6 * (max - min));
        expect(max).toBeGreaterThanOrEqual(Math.max(...values, 0) - 1e-6 * (max - min));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
