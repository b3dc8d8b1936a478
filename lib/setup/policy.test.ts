import { describe, expect, test } from "vitest";
import type { SetUpFacts } from "./contract";
import { nextStep, setUpSteps } from "./policy";

const EMPTY: SetUpFacts = {
  company: {
    name: null,
    zone: "UTC",
    currency: "USD",
    weekStart: "monday",
    undecided: ["companyName", "zone", "currency"],
  },
  rule: { horizonDays: 30, graceDays: 14, settlementDays: 3 },
  data: { customers: 0, imports: 0, running: false, lastError: null },
  churnCheck: null,
  dataProblem: null,
  team: { csms: 0, accounts: 1, invited: 0, awaited: 0 },
  training: { running: false, lastRefusal: null, newestModel: null, champion: null },
  queue: { listed: null, running: false, lastError: null },
};
const DECIDED: SetUpFacts = {
  ...EMPTY,
  company: { name: "Harbour", zone: "UTC", currency: "EUR", weekStart: "sunday", undecided: [] },
};
const IMPORTED: SetUpFacts = {
  ...DECIDED,
  data: { ...EMPTY.data, customers: 1200, imports: 1 },
  churnCheck: { months: 18, survivorship: null, confirmation: null },
};
const STANDS = { state: "stands", because: null, confirmedBy: "Ada" } as const;
const CONFIRMED: SetUpFacts = { ...IMPORTED, churnCheck: { months: 18, survivorship: null, confirmation: STANDS } };
const TRAINED: SetUpFacts = { ...CONFIRMED, training: { ...EMPTY.training, newestModel: 1 } };
const APPOINTED: SetUpFacts = { ...TRAINED, training: { ...TRAINED.training, champion: 1 } };

function stateOf(facts: SetUpFacts): Record<string, string> {
  return Object.fromEntries(setUpSteps(facts).map(({ id, state }) => [id, state]));
}

function says(facts: SetUpFacts, id: string): string | undefined {
  return setUpSteps(facts).find((step) => step.id === id)?.says;
}

describe("what comes next", () => {
  test.each([
    ["the company, with nothing there", EMPTY, "company"],
    ["data, once the company is decided, before the team that nothing waits for", DECIDED, "data"],
    ["the churn check, once there are customers", IMPORTED, "churn-check"],
    ["training, once the churn is confirmed", CONFIRMED, "training"],
    ["making the model champion, which ends the training's step", TRAINED, "training"],
    ["the queue, once there is a champion", APPOINTED, "queue"],
    ["the team, where only that is left", { ...APPOINTED, queue: { ...EMPTY.queue, listed: 0 } }, "team"],
    [
      "nothing, with CSMs and a queue",
      { ...APPOINTED, team: { csms: 2, accounts: 3, invited: 0, awaited: 0 }, queue: { ...EMPTY.queue, listed: 12 } },
      null,
    ],
  ])("%s", (_rule, facts, expected) => {
    expect(nextStep(setUpSteps(facts))).toBe(expected);
  });
});

describe("where a step stands", () => {
  test("everything after the company waits while it is undecided, but for the team", () => {
    expect(stateOf(EMPTY)).toEqual({
      company: "open",
      "churn-rule": "done",
      data: "waiting",
      "churn-check": "waiting",
      team: "open",
      training: "waiting",
      queue: "waiting",
    });
  });

  test("a decided company is told whole, with the day that its weeks begin on", () => {
    expect(says(DECIDED, "company")).toBe("Harbour, days and weeks in UTC, amounts in EUR. Weeks begin on Sunday.");
  });

  test("what is undecided is named", () => {
    const company = { ...EMPTY.company, undecided: ["zone", "currency"] as const };
    expect(says({ ...EMPTY, company }, "company")).toContain("Not decided yet: time zone and currency.");
  });

  test.each([
    ["an import under way", { ...DECIDED.data, running: true }, "running", "under way"],
    ["a refused import, by its reason", { ...DECIDED.data, lastError: "no header" }, "stopped", "refused: no header"],
    ["an import without customers", { ...DECIDED.data, imports: 1 }, "stopped", "no customer"],
    [
      "one customer, whatever the last import came to",
      { ...IMPORTED.data, customers: 1, lastError: "x" },
      "done",
      "1 customer from 1 import.",
    ],
  ])("data: %s", (_case, data, state, words) => {
    expect(stateOf({ ...DECIDED, data }).data).toBe(state);
    expect(says({ ...DECIDED, data }, "data")).toContain(words);
  });

  test.each([
    ["files without anyone who left, by what they show", { survivorship: "Nobody left." }, "stopped", "Nobody left."],
    ["no whole month", { months: 0 }, "stopped", "no whole month"],
    ["months to confirm", {}, "open", "churn of 18 months"],
    [
      "a confirmation that lapsed, by its reason",
      { confirmation: { state: "lapsed", because: "March differs.", confirmedBy: "Ada" } as const },
      "open",
      "by Ada holds no more: March differs.",
    ],
    ["a confirmation that stands", { confirmation: STANDS }, "done", "Confirmed by Ada"],
  ])("churn check: %s", (_case, change, state, words) => {
    const check = { months: 18, survivorship: null, confirmation: null };
    const facts: SetUpFacts = { ...IMPORTED, churnCheck: { ...check, ...change } };
    expect(stateOf(facts)["churn-check"]).toBe(state);
    expect(says(facts, "churn-check")).toContain(words);
  });

  test("training waits for a churn that is confirmed, not for one that lapsed", () => {
    const confirmation = { state: "lapsed", because: "x", confirmedBy: "Ada" } as const;
    expect(stateOf({ ...IMPORTED, churnCheck: { months: 18, survivorship: null, confirmation } }).training).toBe(
      "waiting",
    );
    expect(stateOf(CONFIRMED).training).toBe("open");
  });

  test("data that can't carry a model stops the training, by what is wrong with it", () => {
    const facts = { ...CONFIRMED, dataProblem: "Too few departures. 9 of 100." };
    expect([stateOf(facts).training, says(facts, "training")]).toEqual(["stopped", "Too few departures. 9 of 100."]);
    expect(says({ ...TRAINED, dataProblem: "Near chance." }, "training")).toBe("Near chance.");
    expect(stateOf({ ...TRAINED, dataProblem: "Near chance." }).training).toBe("stopped");
    expect(stateOf({ ...APPOINTED, dataProblem: "Near chance." }).training).toBe("done");
  });

  test("people who were invited count as the team, and are told apart", () => {
    const facts = { ...EMPTY, team: { csms: 2, accounts: 3, invited: 1, awaited: 0 } };
    expect(says(facts, "team")).toBe("3 accounts, 2 CSMs among them. 1 invitation not followed yet.");
  });

  test.each([
    ["one owner", 1, "The data names 1 owner who has no account yet."],
    ["several owners", 1200, "The data names 1,200 owners who have no account yet."],
  ])(
    "%s whom the data names and who have no account are told of, with a team and without",
    (_rule, awaited, expected) => {
      expect(says({ ...EMPTY, team: { ...EMPTY.team, awaited } }, "team")).toContain(expected);
      expect(says({ ...EMPTY, team: { csms: 2, accounts: 3, invited: 0, awaited } }, "team")).toContain(expected);
    },
  );

  test.each([
    ["a training under way", { running: true }, "running", "under way"],
    ["a refused training, by its reason", { lastRefusal: "9 departures" }, "stopped", "9 departures"],
    ["a model that waits, whatever a later training came to", { newestModel: 2, lastRefusal: "x" }, "open", "Model 2"],
    ["a champion, whatever runs", { champion: 1, running: true }, "done", "Model 1 is the champion"],
  ])("training: %s", (_case, change, state, words) => {
    const facts = { ...CONFIRMED, training: { ...CONFIRMED.training, ...change } };
    expect(stateOf(facts).training).toBe(state);
    expect(says(facts, "training")).toContain(words);
  });

  test.each([
    ["scoring under way", { running: true, lastError: "x" }, "running"],
    ["a scoring that failed", { lastError: "no features" }, "stopped"],
    ["a published queue that lists nobody", { listed: 0 }, "done"],
  ])("queue: %s", (_case, change, state) => {
    expect(stateOf({ ...APPOINTED, queue: { ...EMPTY.queue, ...change } }).queue).toBe(state);
  });
});
