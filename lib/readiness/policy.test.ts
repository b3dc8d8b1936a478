import { describe, expect, it } from "vitest";
import type { ChurnCheck } from "@/lib/churn-check/contract";
import type { IntervalEstimateView } from "@/lib/model-registry/contract";
import { CHECKS, FAILED_STATES, type ReadinessCheck } from "./contract";
import {
  checksOfChurn,
  departuresCheck,
  featureGap,
  featuresCheck,
  historyCheck,
  isNearChance,
  judgeReadiness,
  type ModelWorth,
  modelCheck,
  skillOf,
} from "./policy";

const check = (id: ReadinessCheck["id"], state: ReadinessCheck["state"]): ReadinessCheck => ({
  id,
  state,
  says: `${id} ${state}`,
  helps: state === "failed" ? `help ${id}` : null,
});
const allBut = (...others: ReadinessCheck[]) =>
  CHECKS.map((id) => others.find((other) => other.id === id) ?? check(id, "passed"));

describe("the verdict", () => {
  it.each(CHECKS.map((id) => [FAILED_STATES[id], id] as const))("is %s where %s fails", (state, id) => {
    expect(judgeReadiness(allBut(check(id, "failed")))).toMatchObject({
      state,
      says: `${id} failed`,
      helps: `help ${id}`,
    });
  });

  it("is the first of several that fail, whatever the order they come in", () => {
    const checks = allBut(check("churn", "failed"), check("departures", "failed")).reverse();
    const readiness = judgeReadiness(checks);
    expect(readiness.state).toBe("too_few_departures");
    expect(readiness.checks.map(({ id }) => id)).toEqual(CHECKS);
  });

  it("is usable once a model has passed, and trainable before one is trained", () => {
    expect(judgeReadiness(allBut()).state).toBe("usable");
    expect(judgeReadiness(allBut(check("model", "unknown"), check("features", "unknown"))).state).toBe("trainable");
    expect(judgeReadiness(allBut(check("churn", "skipped"))).state).toBe("usable");
  });
});

const CHURN: ChurnCheck = {
  rule: { id: 1, version: 1, graceDays: 14 },
  customers: 1200,
  countedTo: "2026-07-01T04:00:00.000Z",
  months: [],
  average: { months: 0, churn: { state: "none" } },
  survivorship: null,
  confirmation: {
    state: "stands",
    because: null,
    confirmedAt: "2026-07-02T04:00:00.000Z",
    confirmedBy: "Ada",
    financeRate: 0.02,
    note: null,
  },
  zone: "UTC",
};

describe("what the churn check says", () => {
  const states = (churn: ChurnCheck, isDemo = false) =>
    Object.fromEntries(checksOfChurn(churn, isDemo).map(({ id, state }) => [id, state]));
  const lapsed = { ...CHURN.confirmation!, state: "lapsed" as const, because: "2026-03 was 2 of 59 and is 3 of 59" };
  it.each([
    ["confirmed, with customers who left", CHURN, { data: "passed", leavers: "passed", churn: "passed" }],
    ["nothing imported", { ...CHURN, customers: 0 }, { data: "failed", leavers: "unknown", churn: "unknown" }],
    [
      "only who is still there",
      { ...CHURN, survivorship: { kind: "nobody_left" as const, says: "Nobody." } },
      { data: "passed", leavers: "failed", churn: "passed" },
    ],
    ["never confirmed", { ...CHURN, confirmation: null }, { data: "passed", leavers: "passed", churn: "failed" }],
    [
      "confirmed and lapsed",
      { ...CHURN, confirmation: lapsed },
      { data: "passed", leavers: "passed", churn: "failed" },
    ],
  ])("%s", (_case, churn, expected) => {
    expect(states(churn)).toEqual(expected);
  });

  it("a demo is not asked for a confirmation", () => {
    expect(states({ ...CHURN, confirmation: null }, true).churn).toBe("skipped");
  });

  it("why a confirmation lapsed is said", () => {
    const [, , churn] = checksOfChurn({ ...CHURN, confirmation: lapsed }, false);
    expect(churn?.says).toContain("2026-03 was 2 of 59 and is 3 of 59");
  });
});

describe("history", () => {
  it("of the fewest weeks passes, of one week fewer fails and says how many more", () => {
    expect(historyCheck({ weeks: 19, needed: 19, maturityDays: 47 }).state).toBe("passed");
    const short = historyCheck({ weeks: 18, needed: 19, maturityDays: 47 });
    expect(short.state).toBe("failed");
    expect(short.says).toContain("18 weeks can be learnt from, at least 19 are needed");
    expect(short.helps).toMatch(/^1 week more .* 47 days/);
  });
});

describe("departures", () => {
  const shortage = {
    part: "train" as const,
    weeks: 30,
    customers: 500,
    departedCustomers: 38,
    least: 100,
    says: "Too few departures for a model: 38 of 500",
  };
  it("too few says how many more, and how long that takes at the present pace", () => {
    const failed = departuresCheck({ shortage, departed: 38, weeks: 30, perMonth: 2.1 });
    expect(failed).toMatchObject({ state: "failed", says: "Too few departures for a model: 38 of 500." });
    expect(failed.helps).toMatch(/^62 more departures.*2\.1 departures a month that takes about 3 years\.$/);
  });

  it.each([
    [62, "about 1 month."],
    [2.6, "about 24 months."],
    [2.5, "about 3 years."],
    [0.5, "more than ten years."],
  ])("at %d a month, 62 more take %s", (perMonth, time) => {
    expect(departuresCheck({ shortage, departed: 38, weeks: 30, perMonth }).helps).toContain(`that takes ${time}`);
  });

  it.each([
    ["an unknown pace", { shortage, perMonth: null }],
    ["no departures at all", { shortage, perMonth: 0 }],
    [
      "a part of fixed length, which waiting does not fill",
      { shortage: { ...shortage, part: "test" as const }, perMonth: 2 },
    ],
  ])("with %s no time is given", (_case, change) => {
    expect(departuresCheck({ departed: 38, weeks: 30, ...change }).helps).not.toContain("month");
  });

  it("enough says how many", () => {
    expect(departuresCheck({ shortage: null, departed: 140, weeks: 30, perMonth: 9 })).toMatchObject({
      state: "passed",
      says: "140 customers left in the 30 training weeks.",
    });
  });
});

describe("features", () => {
  const columns = (...rates: number[]) => rates.map((missingRate) => ({ missingRate, sources: ["usage"] }));
  it.each([
    ["half of the columns empty", columns(0.9, 1, 0, 0.5), "passed"],
    ["more than half empty", columns(0.9, 1, 0.95, 0.5), "failed"],
    ["a column that has values for a tenth and more", columns(0.89, 0.89, 0.89), "passed"],
  ])("%s: %s", (_case, given, state) => {
    expect(featuresCheck(featureGap(given)).state).toBe(state);
  });

  it("names what the empty ones are made of, once each, and is unknown before a build", () => {
    const gap = featureGap([
      { missingRate: 1, sources: ["usage"] },
      { missingRate: 1, sources: ["usage", "payments"] },
      { missingRate: 0, sources: ["subscriptions"] },
    ]);
    expect(featuresCheck(gap)).toMatchObject({
      says: "Most features are missing: 2 of 3 features have no value for nine in ten customers.",
      helps: "Import what they are made of: payments, usage.",
    });
    expect(featuresCheck(null).state).toBe("unknown");
  });
});

describe("a model", () => {
  const auc = (estimate: number, low: number, high: number): IntervalEstimateView => ({
    status: "ok",
    estimate,
    low,
    high,
    resamples: 500,
  });
  /** A test of 1,000 rows, 100 of them departures: the average rate given to everyone has a log loss of 0.3251. */
  const worth = (rocAuc: IntervalEstimateView, logLoss = 0.25): ModelWorth => ({
    rocAuc,
    logLoss: auc(logLoss, logLoss - 0.05, logLoss + 0.05),
    rows: 1000,
    departureRows: 100,
    customers: 400,
    departedCustomers: 21,
  });
  it.each<[string, ModelWorth, boolean]>([
    ["interval above one half", worth(auc(0.62, 0.51, 0.7)), false],
    ["interval that begins at one half", worth(auc(0.62, 0.5, 0.7)), true],
    ["interval around one half", worth(auc(0.52, 0.44, 0.6)), true],
    ["interval below one half", worth(auc(0.4, 0.31, 0.49)), true],
    ["no interval", worth({ status: "no_interval", estimate: 0.8, reason: "few" }), true],
    ["no AUC", worth({ status: "undefined", reason: "none left" }), true],
    ["a log loss a twentieth below the average's", worth(auc(0.66, 0.57, 0.75), 0.3088), false],
    ["a log loss less than a twentieth below it", worth(auc(0.66, 0.57, 0.75), 0.3089), true],
    ["a log loss above it", worth(auc(0.66, 0.57, 0.75), 0.34), true],
    ["no log loss", { ...worth(auc(0.66, 0.57, 0.75)), logLoss: { status: "undefined", reason: "none" } }, true],
  ])("with %s: near chance %s", (_case, metrics, expected) => {
    expect(isNearChance(metrics)).toBe(expected);
    expect(modelCheck({ metrics, gates: { passed: 0, of: 3 } }).state).toBe(expected ? "failed" : "passed");
  });

  it("says the figures, of how many, and the gates", () => {
    const metrics = worth(auc(0.52, 0.44, 0.6), 0.33);
    expect(modelCheck({ metrics, gates: { passed: 0, of: 3 } }).says).toBe(
      "The model is near chance: AUC 0.52 (95% interval 0.44 to 0.60; 0.50 is chance), probabilities 1.5% worse than the average for everyone, on 400 customers of later weeks, 21 of whom left. 0 of 3 gates passed.",
    );
  });

  it("the skill of the average itself is none, of certainty that is right all", () => {
    const average = -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9));
    expect(skillOf(worth(auc(0.5, 0.4, 0.6), average))).toBeCloseTo(0, 12);
    expect(skillOf(worth(auc(1, 1, 1), 0))).toBe(1);
    expect(skillOf({ ...worth(auc(1, 1, 1)), departureRows: 0 })).toBeNull();
  });

  it("that found no order has failed, and one that was never trained is unknown", () => {
    expect(modelCheck({ metrics: null, gates: null }).state).toBe("failed");
    expect(modelCheck(null).state).toBe("unknown");
  });
});
