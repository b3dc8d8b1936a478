import { describe, expect, it } from "vitest";
import { leakIn } from "./oracle-comparison";

describe("a leak", () => {
  const performance = { rocAuc: 0.9, precision: 0.8, recall: 0.6 };
  const comparison = { rows: 100, departures: 10, threshold: 0.7, oracle: performance, model: performance };

  it("is a model above the oracle by more than chance", () => {
    expect(leakIn({ ...comparison, gap: { estimate: 0.02, low: 0.01, high: 0.03 } })).toBeNull();
    expect(leakIn({ ...comparison, gap: { estimate: -0.01, low: -0.03, high: 0.01 } })).toBeNull();
    expect(leakIn({ ...comparison, gap: null })).toBeNull();
    expect(leakIn({ ...comparison, gap: { estimate: -0.03, low: -0.05, high: -0.01 } })).toContain("leaks the future");
  });
});
