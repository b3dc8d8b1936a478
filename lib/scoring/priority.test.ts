import { describe, expect, test } from "vitest";
import { bandOf, expectedMonths, MONTHLY_CHURN_ONCE_KEPT, priorityCents } from "./priority";

const parameters = { grossMargin: 0.8, months: 12, monthlyChurnOnceKept: MONTHLY_CHURN_ONCE_KEPT };

describe("bandOf", () => {
  test.each([
    [0, "below_70"],
    [0.7, "below_70"],
    [0.7000001, "band_70"],
    [0.8, "band_70"],
    [0.81, "band_80"],
    [0.9, "band_80"],
    [0.95, "band_90"],
    [1, "band_90"],
  ])("%d is %s", (probability, band) => {
    expect(bandOf(probability)).toBe(band);
  });
});

describe("expectedMonths", () => {
  test("is all months where nobody leaves", () => expect(expectedMonths(0, 12)).toBe(12));
  test("is none where everybody leaves at once", () => expect(expectedMonths(1, 12)).toBe(0));
  test("is the geometric series", () => expect(expectedMonths(0.5, 3)).toBeCloseTo(0.5 + 0.25 + 0.125, 12));
});

describe("priorityCents", () => {
  test("is probability x margin x revenue x expected months, in whole cents", () => {
    const months = (0.9 * (1 - 0.9 ** 12)) / 0.1;
    expect(priorityCents({ probability: 0.75, mrrCents: 25_000, parameters })).toBe(
      Math.round(0.75 * 0.8 * 25_000 * months),
    );
  });
  test("is nothing without revenue", () =>
    expect(priorityCents({ probability: 0.9, mrrCents: 0, parameters })).toBe(0));
});
