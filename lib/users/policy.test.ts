import { describe, expect, test } from "vitest";
import { passwordProblem } from "./policy";

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
