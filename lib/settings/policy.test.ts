import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./contract";
import { frozenProblem, settingsProblem } from "./policy";

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
    ["other settings stay free", ["grossMargin"] as const, true, null],
  ])("%s", (_rule, keys, hasCustomers, expected) => {
    const problem = frozenProblem(keys, hasCustomers);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});
