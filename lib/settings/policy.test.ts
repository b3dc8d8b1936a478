import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./contract";
import { frozenProblem, settingsProblem, settingsToStore, undecidedAmong } from "./policy";

describe("settingsProblem", () => {
  test.each([
    ["the defaults hold together", {}, null],
    ["the exit may equal the threshold", { exitThreshold: 0.7 }, null],
    ["the exit may not lie above the threshold", { exitThreshold: 0.71 }, /exitThreshold is 0.71: .*which is 0.7$/],
    ["the floor may not reach the exit", { watchFloor: 0.6 }, /watchFloor is 0.6: .*which is 0.6$/],
  ])("%s", (_rule, change, expected) => {
    const problem = settingsProblem({ ...DEFAULT_SETTINGS, ...change });
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});

describe("frozenProblem", () => {
  test.each([
    ["the zone is free before customers came in", ["zone"] as const, false, null],
    ["the zone is fixed once customers came in", ["zone"] as const, true, /^zone cannot change/],
    ["so is the currency, among others", ["grossMargin", "currency"] as const, true, /^currency cannot change/],
    ["so is the day that weeks begin on", ["weekStart"] as const, true, /^weekStart cannot change/],
    ["other settings stay free", ["grossMargin"] as const, true, null],
  ])("%s", (_rule, keys, hasCustomers, expected) => {
    const problem = frozenProblem(keys, hasCustomers);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});

describe("what comes before the data", () => {
  test.each([
    ["with nothing stored all three are undecided", {}, ["companyName", "zone", "currency"]],
    ["a stored value decides, also where it is the default", { zone: "America/New_York" }, ["companyName", "currency"]],
    ["other settings need no decision", { companyName: "A", zone: "UTC", currency: "EUR" }, []],
  ])("%s", (_rule, stored, expected) => {
    expect(undecidedAmong(stored)).toEqual(expected);
  });

  test.each([
    ["a value that is sent as it is, undecided: stored", { zone: "America/New_York" }, {}, ["zone"]],
    ["a value that is sent as it is, decided: not stored", { zone: "UTC" }, { zone: "UTC" }, []],
    ["an undecided value that was not sent: not stored", { grossMargin: 0.5 }, {}, ["grossMargin"]],
    ["another setting sent as it is: not stored", { grossMargin: 0.8 }, {}, []],
  ])("%s", (_rule, sent, stored, expected) => {
    const before = { ...DEFAULT_SETTINGS, ...stored };
    expect(settingsToStore({ stored, before, after: { ...before, ...sent }, sent: Object.keys(sent) })).toEqual(
      expected,
    );
  });
});
