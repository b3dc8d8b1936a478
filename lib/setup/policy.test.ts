import { describe, expect, test } from "vitest";
import type { SetUpFacts } from "./contract";
import { nextStep, setUpSteps } from "./policy";

const EMPTY: SetUpFacts = {
  company: { name: null, zone: "UTC", currency: "USD", undecided: ["companyName", "zone", "currency"] },
  rule: { horizonDays: 30, graceDays: 14, settlementDays: 3 },
  data: { customers: 0, imports: 0, running: false, lastError: null },
  team: { csms: 0, active: 1 },
  training: { running: false, lastRefusal: null, newestModel: null, champion: null },
  queue: { listed: null, running: false, lastError: null },
};
const DECIDED: SetUpFacts = { ...EMPTY, company: { name: "Harbour", zone: "UTC", currency: "EUR", undecided: [] } };
const IMPORTED: SetUpFacts = { ...DECIDED, data: { ...EMPTY.data, customers: 1200, imports: 1 } };
const TRAINED: SetUpFacts = { ...IMPORTED, training: { ...EMPTY.training, newestModel: 1 } };
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
    ["training, once there are customers", IMPORTED, "training"],
    ["making the model champion, which ends the training's step", TRAINED, "training"],
    ["the queue, once there is a champion", APPOINTED, "queue"],
    ["the team, where only that is left", { ...APPOINTED, queue: { ...EMPTY.queue, listed: 0 } }, "team"],
    [
      "nothing, with CSMs and a queue",
      { ...APPOINTED, team: { csms: 2, active: 3 }, queue: { ...EMPTY.queue, listed: 12 } },
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
      team: "open",
      training: "waiting",
      queue: "waiting",
    });
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
    ["a training under way", { running: true }, "running", "under way"],
    ["a refused training, by its reason", { lastRefusal: "9 departures" }, "stopped", "9 departures"],
    ["a model that waits, whatever a later training came to", { newestModel: 2, lastRefusal: "x" }, "open", "Model 2"],
    ["a champion, whatever runs", { champion: 1, running: true }, "done", "Model 1 is the champion"],
  ])("training: %s", (_case, change, state, words) => {
    const facts = { ...IMPORTED, training: { ...IMPORTED.training, ...change } };
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
