import { describe, expect, it } from "vitest";
import { peerGroupOf, peerGroupWords } from "./peer-group";

describe("peer groups", () => {
  it.each([
    ["Team", 1, "Team|1", "Team accounts of 1 seat"],
    ["Team", 4, "Team|2-4", "Team accounts of 2–4 seats"],
    ["Team", 5, "Team|5-9", "Team accounts of 5–9 seats"],
    ["A|B", 99, "A|B|25-99", "A|B accounts of 25–99 seats"],
    [null, 100, "unknown plan|100+", "unknown plan accounts of 100 or more seats"],
  ])("%s with %d seats", (plan, seats, key, words) => {
    expect(peerGroupOf(plan, seats)).toBe(key);
    expect(peerGroupWords(key)).toBe(words);
  });

  it("everyone, and a key of another form", () => {
    expect([peerGroupWords("*"), peerGroupWords("Team")]).toEqual(["all accounts", "Team"]);
  });
});
