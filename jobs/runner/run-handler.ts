import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { DomainError } from "@/lib/http/domain-error";
import type { JobName, JobProgress } from "@/lib/job-runs/contract";
import { fenceOf } from "@/lib/job-runs/service";
import type { ChildReport, ChildTask } from "./child-messages";
import { FinalJobError, type JobContext, type JobHandler } from "./define-job";
import { loadHandler } from "./handlers";
import { findJob } from "./registry";

const REPORT_EVERY_MS = 250;

/** Does one claimed run in this process and says how it ended; it never throws. */
export async function runHandler(args: {
  task: ChildTask;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}): Promise<Extract<ChildReport, { type: "succeeded" | "failed" }>> {
  const { task } = args;
  const definition = findJob(task.job);
  if (!definition) return { type: "failed", error: `This version has no job "${task.job}"`, retryable: false };
  const payload = definition.payload.safeParse(task.payload);
  if (!payload.success) return { type: "failed", error: `Payload: ${payload.error.message}`, retryable: false };
  try {
    const handle = (await loadHandler[definition.name]()) as JobHandler<JobName>;
    const context: JobContext<JobName> = {
      payload: payload.data as JobContext<JobName>["payload"],
      slot: task.slot,
      now: task.now,
      fence: fenceOf(task),
      signal: args.signal,
      onProgress: throttled(args.onProgress),
      requestedBy:
        task.requestedBy === null ? SYSTEM_ACTOR : { id: task.requestedBy, label: `user ${task.requestedBy}` },
    };
    return { type: "succeeded", result: await handle(context) };
  } catch (error) {
    const retryable = !(error instanceof FinalJobError || error instanceof DomainError);
    return { type: "failed", error: messageOf(error), retryable };
  }
}

/** Passes on a change of step at once, other progress at most four times a second. */
function throttled(onProgress: (progress: JobProgress) => void): (progress: JobProgress) => void {
  let [step, at] = ["", 0];
  return (progress) => {
    const now = Date.now();
    if (progress.step === step && now - at < REPORT_EVERY_MS) return;
    [step, at] = [progress.step, now];
    onProgress(progress);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
