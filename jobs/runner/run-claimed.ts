import type { JobProgress } from "@/lib/job-runs/contract";
import { type ClaimedRun, finishRun, releaseRun } from "@/lib/job-runs/service";
import type { JobDefinition } from "./define-job";
import { type ChildOutcome, runInChild } from "./run-in-child";

/** Does a claimed run in a child process and writes how it ended. A run that was stopped waits again. */
export async function runClaimed(args: {
  claim: ClaimedRun;
  definition: JobDefinition;
  now: Date;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}): Promise<ChildOutcome> {
  const { claim } = args;
  const outcome = await runInChild(args);
  if (outcome.status === "stopped") await releaseRun(claim);
  if (outcome.status === "succeeded") {
    await finishRun({ ...claim, status: "succeeded", result: outcome.result, error: null });
  }
  if (outcome.status === "failed") {
    const { error, retryable } = outcome;
    await finishRun({ ...claim, status: "failed", result: { retryable }, error });
  }
  return outcome;
}
