import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env/env";
import type { JobProgress } from "@/lib/job-runs/contract";
import { type ClaimedRun, updateHeartbeat } from "@/lib/job-runs/service";
import { xgboostProcessEnv } from "@/ml/xgboost/process-env";
import { ChildReportSchema, type ChildTask } from "./child-messages";
import type { JobDefinition } from "./define-job";

/** How a child's run ended: `stopped` by us, `lost` where another worker has claimed the run meanwhile. */
export type ChildOutcome =
  | { status: "succeeded"; result: Record<string, unknown> }
  | { status: "failed"; error: string; retryable: boolean }
  | { status: "stopped" }
  | { status: "lost" };

const HEARTBEAT_MS = 3_000;
const PATIENCE_AFTER_SIGTERM_MS = 5_000;
const STDERR_TAIL = 2_000;
const childScript = fileURLToPath(new URL("./child.ts", import.meta.url));
const root = path.resolve(path.dirname(childScript), "../..");

/**
 * Does a claimed run in a child process of its own: the native library, its memory and its crashes stay out of this
 * process. Writes heartbeat and progress to the run while the child works.
 *
 * @param args.signal asks the child to stop; it is ended by force a few seconds later
 */
export async function runInChild(args: {
  claim: ClaimedRun;
  definition: JobDefinition;
  now: Date;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}): Promise<ChildOutcome> {
  const child = fork(childScript, [], {
    cwd: root,
    execArgv: ["--import", "tsx", "--conditions=react-server"],
    env: { ...process.env, ...xgboostProcessEnv({ threads: env().TIDELINE_THREADS }) },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const timeoutMs = args.definition.timeoutMinutes * 60_000;
  const watch = watchChild({ ...args, child, timeoutMs });
  const { id, job, slot, fencingToken, payload, requestedBy } = args.claim;
  const task: ChildTask = { id, job, slot, now: args.now, fencingToken, payload, requestedBy, timeoutMs };
  child.send(task);
  return watch;
}

function watchChild(args: {
  child: ChildProcess;
  claim: ClaimedRun;
  timeoutMs: number;
  definition: JobDefinition;
  signal?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}): Promise<ChildOutcome> {
  const { child, claim } = args;
  let reported: ChildOutcome | undefined;
  let ended: ChildOutcome | undefined;
  let progress: JobProgress | null = null;
  let stderr = "";

  const end = (outcome: ChildOutcome, signal: NodeJS.Signals) => {
    ended ??= outcome;
    child.kill(signal);
  };
  const stop = () => {
    end({ status: "stopped" }, "SIGTERM");
    timers.push(setTimeout(() => child.kill("SIGKILL"), PATIENCE_AFTER_SIGTERM_MS));
  };
  const beat = async () => {
    const latest = progress;
    progress = null;
    // A database that is away for a moment is no reason to end the work: its writes are fenced anyway.
    const mine = await updateHeartbeat({ ...claim, progress: latest }).catch(() => true);
    if (!mine) end({ status: "lost" }, "SIGKILL");
  };
  const timers: NodeJS.Timeout[] = [
    setInterval(() => void beat(), HEARTBEAT_MS),
    setTimeout(
      () =>
        end(
          { status: "failed", error: `Not done after ${args.definition.timeoutMinutes} minutes`, retryable: true },
          "SIGKILL",
        ),
      args.timeoutMs,
    ),
  ];
  if (args.signal?.aborted) stop();
  args.signal?.addEventListener("abort", stop, { once: true });

  child.stderr?.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-STDERR_TAIL);
  });
  child.on("message", (message) => {
    const report = ChildReportSchema.parse(message);
    if (report.type === "progress") {
      progress = report.progress;
      args.onProgress?.(report.progress);
    } else if (report.type === "succeeded") reported = { status: "succeeded", result: report.result };
    else if (report.type === "failed")
      reported = { status: "failed", error: report.error, retryable: report.retryable };
  });

  return new Promise((resolve) => {
    const settle = (fallback: ChildOutcome) => {
      for (const timer of timers) clearTimeout(timer);
      args.signal?.removeEventListener("abort", stop);
      // What was done is done, even where we had begun to end it.
      resolve(reported?.status === "succeeded" ? reported : (ended ?? reported ?? fallback));
    };
    child.once("error", (error) =>
      settle({ status: "failed", error: `The job's process could not be started: ${error.message}`, retryable: true }),
    );
    child.once("close", (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `left with code ${code}`;
      const said = stderr.trim() === "" ? "" : `; its last words: ${stderr.trim()}`;
      settle({ status: "failed", error: `The job's process ${how}${said}`, retryable: true });
    });
  });
}
