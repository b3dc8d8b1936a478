import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "@/lib/audit/contract";
import type { JobProgress, JobRunView } from "@/lib/job-runs/contract";
import { claimRun, getJobRun, requestJob } from "@/lib/job-runs/service";
import { RETRY_PAUSE_SECONDS, STALE_SECONDS } from "./claim-policy";
import { findJob } from "./registry";
import { runClaimed } from "./run-claimed";
import { WORKER_ID } from "./worker-id";

const LOOK_EVERY_MS = 1_000;

/**
 * Asks for a run and sees it through, by the same claim as any other run: here, in a child of this process, unless a
 * running server was faster to claim it; then it is followed until it ends.
 *
 * @returns the run as it ended
 * @throws DomainError where there is no such job or the payload does not fit it
 */
export async function runJobNow(args: {
  job: string;
  payload: unknown;
  actor: Actor;
  now: Date;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}): Promise<JobRunView> {
  const { id } = await requestJob(args);
  const definition = findJob(args.job);
  if (!definition) throw new Error(`No definition of the job "${args.job}"`);
  const claim = await claimRun({
    id,
    claimedBy: WORKER_ID,
    attemptsMax: definition.attemptsMax,
    staleSeconds: STALE_SECONDS,
    retryPauseSeconds: RETRY_PAUSE_SECONDS,
  });
  if (claim) await runClaimed({ ...args, claim, definition, whenStopped: "fail" });
  return follow({ id, signal: args.signal, onProgress: claim ? undefined : args.onProgress });
}

async function follow(args: {
  id: string;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}): Promise<JobRunView> {
  for (;;) {
    const run = await getJobRun(args.id);
    if (!run) throw new Error(`Job run ${args.id} has disappeared`);
    if (run.status === "succeeded" || run.status === "failed" || args.signal?.aborted) return run;
    if (run.progress) args.onProgress?.(run.progress);
    await pause(LOOK_EVERY_MS);
  }
}
