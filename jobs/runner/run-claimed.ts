import type { JobProgress } from "@/lib/job-runs/contract";
import { type ClaimedRun, finishRun, releaseRun } from "@/lib/job-runs/service";
import type { JobDefinition } from "./define-job";
import { type ChildOutcome, runInChild } from "./run-in-child";

/**
 * Does a claimed run in a child process and writes how it ended.
 *
 * @param args.whenStopped what becomes of a run that was told to stop: it waits for the next start, or has failed for good
 */
export async function runClaimed(args: {
  claim: ClaimedRun;
  definition: JobDefinition;
  now: Date;
  signal?: AbortSignal;
  whenStopped: "wait" | "fail";
  onProgress?: (progress: JobProgress) => void;
}): Promise<ChildOutcome> {
  const { claim } = args;
  const outcome = await runInChild(args);
  if (outcome.status === "stopped" && args.whenStopped === "wait") await releaseRun(claim);
  if (outcome.status === "stopped" && args.whenStopped === "fail") {
    await finishRun({ ...claim, status: "failed", result: { retryable: false }, error: "Stopped by hand" });
  }
  if (outcome.status === "succeeded") {
    await finishRun({ ...claim, status: "succeeded", result: outcome.result, error: null });
  }
  if (outcome.status === "failed") {
    const { error, retryable } = outcome;
    await finishRun({ ...claim, status: "failed", result: { retryable }, error });
  }
  return outcome;
}
