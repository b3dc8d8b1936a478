import { z } from "zod";
import type { Count } from "./suite";

const CountSchema = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() });

const VitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A file that could not be loaded has no tests and counts as one failure. */
export function readVitest(text: string): Count {
  const report = VitestReportSchema.parse(JSON.parse(text));
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const PlaywrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** A journey that passed only when tried again has failed. */
export function readPlaywright(text: string): Count {
  const { expected, unexpected, flaky, skipped } = PlaywrightReportSchema.parse(JSON.parse(text)).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** What scripts/survive.ts writes. */
export function readSurvival(text: string): Count {
  return CountSchema.parse(JSON.parse(text));
}
