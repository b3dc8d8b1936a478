import { describe, expect, it } from "vitest";
import { departureShortage } from "./departure-shortage";

const part = (departedCustomers: number) => ({ weeks: 6, customers: 500, departedCustomers });
const ENOUGH = { train: part(100), earlyStopping: part(10), calibration: part(10), test: part(10) };

describe("too few departures", () => {
  it.each([
    ["the least in every part is enough", ENOUGH, null],
    ["one fewer in training, by the setting", { ...ENOUGH, train: part(99) }, "train"],
    ["one fewer in early stopping", { ...ENOUGH, earlyStopping: part(9) }, "earlyStopping"],
    ["one fewer in calibration", { ...ENOUGH, calibration: part(9) }, "calibration"],
    ["one fewer in the test", { ...ENOUGH, test: part(9) }, "test"],
    ["of several the first in time", { ...ENOUGH, train: part(0), test: part(0) }, "train"],
  ])("%s", (_rule, counts, expected) => {
    expect(departureShortage({ counts, minimumDepartures: 100 })?.part ?? null).toBe(expected);
  });

  it("is said with its counts", () => {
    expect(departureShortage({ counts: { ...ENOUGH, test: part(9) }, minimumDepartures: 100 })?.says).toBe(
      "Too few departures for a model: 9 of 500 customers left in the 6 test weeks; at least 10 are needed",
    );
  });
});
