import { describe, expect, it } from "vitest";
import { readPlaywright, readSurvival, readVitest } from "./read-reports";

describe("counts of a suite's report", () => {
  it("Vitest: a file that could not be loaded has no tests and counts as one failure", () => {
    const testResults = [
      { status: "passed", assertionResults: [{}, {}] },
      { status: "failed", assertionResults: [] },
    ];
    const report = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults };
    expect(readVitest(JSON.stringify(report))).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("Playwright: a journey that passed only when tried again has failed", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } };
    expect(readPlaywright(JSON.stringify(report))).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  it("a report of another form is refused", () => {
    expect(() => readSurvival('{"passed":"all"}')).toThrow();
  });
});
