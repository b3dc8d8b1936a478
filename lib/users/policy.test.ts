import { describe, expect, test } from "vitest";
import { accessProblem, accountState, passwordProblem } from "./policy";

const person = { email: "maya.lindqvist@techflow.example", name: "Maya Lindqvist" };

describe("passwordProblem", () => {
  test.each([
    ["an ordinary long password passes", "harbour-lamp-42-violet", null],
    ["few different characters are refused", "aaaaabbbbbcc", "different characters"],
    ["the e-mail's local part is refused in any case", "xx-MAYA.lindqvist-1", "e-mail"],
    ["the name is refused, also run together", "1234mayalindqvist!", "the name"],
  ])("%s", (_rule, password, expected) => {
    const problem = passwordProblem({ ...person, password });
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toContain(expected);
  });

  test("a local part of under four letters says nothing about a password", () => {
    expect(passwordProblem({ email: "al@x.example", name: "Al", password: "salted-walnut-tree" })).toBeNull();
  });
});

describe("accountState", () => {
  const at = new Date("2026-11-22T12:00:00Z");
  test.each([
    ["with a password it is active", true, null, "active"],
    ["without one it is invited", false, null, "invited"],
    ["deactivated goes before a password", true, at, "deactivated"],
    ["and before an invitation", false, at, "deactivated"],
  ] as const)("%s", (_rule, hasPassword, deactivatedAt, state) => {
    expect(accountState({ hasPassword, deactivatedAt })).toBe(state);
  });
});

describe("accessProblem", () => {
  test.each([
    ["another administrator may be deactivated", 2, [1, 2], { active: false }, null],
    ["and demoted", 2, [1, 2], { role: "csm" }, null],
    ["the last one may not be deactivated", 2, [2], { active: false }, "last active administrator"],
    ["nor demoted", 2, [2], { role: "vp" }, "last active administrator"],
    ["the last one may be told to be an administrator still", 2, [2], { role: "admin" }, null],
    ["whoever is no administrator may be deactivated where there is one only", 5, [1], { active: false }, null],
    ["an administrator who cannot sign in yet is not the last one", 3, [1], { active: false }, null],
    ["nobody deactivates themselves", 1, [1, 2], { active: false }, "your own account"],
    ["nobody takes away their own role", 1, [1, 2], { role: "csm" }, "your own role"],
    ["one's own name may change, whoever else there is", 1, [1], {}, null],
    ["reactivating is always fine", 2, [1], { active: true }, null],
  ] as const)("%s", (_rule, id, adminIds, change, expected) => {
    const problem = accessProblem({ id, actorId: 1, adminIds, change });
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toContain(expected);
  });
});
