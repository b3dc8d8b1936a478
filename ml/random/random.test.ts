import { describe, expect, test } from "vitest";
import { drawMultiplicities, drawNormal } from "./distributions";
import { createRandom, createRandomFromState } from "./random";

describe("xoshiro128**", () => {
  test("gives the sequence of the published C code from state 1 2 3 4", () => {
    const random = createRandomFromState([1, 2, 3, 4]);
    const drawn = Array.from({ length: 10 }, () => random.nextUint32());
    expect(drawn).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849, 3_729_100_597,
      4_258_142_804,
    ]);
  });

  test("a state of zeros, from which it would never leave, is refused", () => {
    expect(() => createRandomFromState([0, 0, 0, 0])).toThrow("all zero");
  });
});

describe("createRandom", () => {
  test("the same seed gives the same stream, other seeds others", () => {
    const stream = (seed: string | number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.nextUint32()).join();
    };
    expect(stream("demo")).toBe(stream("demo"));
    expect(
      new Set([stream("demo"), stream("demo2"), stream(0), stream(1), stream(2 ** 32), stream(2 ** 40)]).size,
    ).toBe(6);
  });

  test("text in any script is a seed, also text that differs late", () => {
    expect(createRandom("zürich-1").nextUint32()).not.toBe(createRandom("zürich-2").nextUint32());
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])("seed %s is refused", (seed) => {
    expect(() => createRandom(seed)).toThrow(`seed is ${seed}`);
  });

  test("next is uniform on [0, 1): mean 1/2 and variance 1/12 within four standard errors", () => {
    const random = createRandom("uniform");
    const count = 100_000;
    const draws = Float64Array.from({ length: count }, () => random.next());
    const mean = draws.reduce((sum, value) => sum + value, 0) / count;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
    expect(Math.min(...draws.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws.subarray(0, 50_000))).toBeLessThan(1);
  });

  test("nextInt gives every number below the bound about equally often", () => {
    const random = createRandom(3);
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw++) counts[random.nextInt(7)]! += 1;
    // Chi-square with 6 degrees of freedom: 22.46 is its 99.9th percentile.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.46);
  });

  test.each([0, -3, 1.5, 2 ** 32 + 1, Number.NaN])("nextInt bound %s is refused", (bound) => {
    expect(() => createRandom(1).nextInt(bound)).toThrow(`bound is ${bound}`);
  });
});

test("drawNormal has mean 0, variance 1 and no skew within four standard errors", () => {
  const random = createRandom("normal");
  const count = 100_000;
  const draws = Float64Array.from({ length: count }, () => drawNormal(random));
  const moment = (power: number) => draws.reduce((sum, value) => sum + value ** power, 0) / count;
  expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(count));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / count));
});

test("drawMultiplicities adds up to the count and leaves about 1/e of the items out", () => {
  const drawn = drawMultiplicities(createRandom(9), 10_000);
  expect(drawn.reduce((sum, value) => sum + value, 0)).toBe(10_000);
  const left = drawn.filter((value) => value === 0).length / 10_000;
  expect(left).toBeCloseTo(1 / Math.E, 1);
});
