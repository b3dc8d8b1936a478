import cron from "node-cron";
import { jobRunId } from "@/lib/job-runs/run-id";
import {
  claimRun,
  failExhaustedRuns,
  findInstallation,
  findOpenRuns,
  findRunningByWorker,
  findSlots,
  forgetHeartbeat,
  insertWaitingRuns,
} from "@/lib/job-runs/service";
import { getSettings } from "@/lib/settings/service";
import { RETRY_PAUSE_SECONDS, STALE_SECONDS } from "./claim-policy";
import type { JobDefinition } from "./define-job";
import { lookBackFrom, missingSlots, orderOpenRuns } from "./plan-slots";
import { findJob, JOBS } from "./registry";
import { runClaimed } from "./run-claimed";
import { isGone, MACHINE_PREFIX, WORKER_ID } from "./worker-id";

export type Scheduler = {
  /** Looks for work now, without waiting for the next wake-up. Resolves when there is none left. */
  wake(): Promise<void>;
  /** Stops waking up and ends the run under way, which then waits for the next start. */
  stop(): Promise<void>;
};

/** node-cron only wakes; what is due is worked out from the calendar and the runs that exist. */
const WAKE_UPS = "*/5 * * * * *";

/**
 * Starts doing the jobs of this installation: at once what was missed, then what becomes due or is asked for. One run at a
 * time in this process; several processes share the work by claims. Nothing is scheduled before the installation is ready.
 *
 * @param args.log gets one line for each run that begins or ends, and for a wake-up that failed
 */
export function startScheduler(args: { now?: () => Date; log?: (line: string) => void } = {}): Scheduler {
  const now = args.now ?? (() => new Date());
  const log = args.log ?? (() => {});
  const stopping = new AbortController();
  let working: Promise<void> | undefined;

  const wake = () => {
    working ??= workThrough({ now, log, signal: stopping.signal })
      .catch((error: unknown) => log(`Jobs: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        working = undefined;
      });
    return working;
  };
  const task = cron.schedule(WAKE_UPS, wake, { name: "tideline-jobs", suppressMissedWarning: true });
  void wake();
  return {
    wake,
    stop: async () => {
      stopping.abort();
      await task.destroy();
      await working;
    },
  };
}

async function workThrough(args: { now: () => Date; log: (line: string) => void; signal: AbortSignal }): Promise<void> {
  const installation = await findInstallation();
  if (!installation?.readyAt) return;
  await forgetDeadWorkers();
  while (!args.signal.aborted) {
    await insertMissingRuns({ mode: installation.mode, readyAt: installation.readyAt, now: args.now() });
    if (!(await runNext(args))) return;
  }
}

/** Workers of this machine that are gone need not be waited for: a restart goes on at once. */
async function forgetDeadWorkers(): Promise<void> {
  for (const run of await findRunningByWorker(MACHINE_PREFIX)) {
    if (isGone(run.claimedBy)) await forgetHeartbeat(run);
  }
  for (const job of JOBS) {
    await failExhaustedRuns({ job: job.name, attemptsMax: job.attemptsMax, staleSeconds: STALE_SECONDS });
  }
}

async function insertMissingRuns(args: { mode: string; readyAt: Date; now: Date }): Promise<void> {
  const calendar = await getSettings();
  const jobs = JOBS.filter((job) => job.schedule && isFor(job.where, args.mode));
  const from = lookBackFrom(args);
  const existing = new Map<string, Date[]>();
  for (const job of jobs) existing.set(job.name, await findSlots(job.name, from));
  const missing = missingSlots({ jobs, existing, from, now: args.now, calendar });
  await insertWaitingRuns(
    missing.map(({ job, slot }) => ({ id: jobRunId(job, slot), job, slot, payload: {}, requestedBy: null })),
  );
}

function isFor(where: JobDefinition["where"], mode: string): boolean {
  return where === "everywhere" || (where === "demo") === (mode === "demo");
}

/** Claims and does the first run that can be had. @returns whether there was one. */
async function runNext(args: { now: () => Date; log: (line: string) => void; signal: AbortSignal }): Promise<boolean> {
  const runs = await findOpenRuns({ staleSeconds: STALE_SECONDS });
  for (const open of orderOpenRuns({ runs, jobs: JOBS })) {
    const definition = findJob(open.job);
    if (!definition) continue;
    const claim = await claimRun({
      id: open.id,
      claimedBy: WORKER_ID,
      attemptsMax: definition.attemptsMax,
      staleSeconds: STALE_SECONDS,
      retryPauseSeconds: RETRY_PAUSE_SECONDS,
    });
    if (!claim) continue;
    const which = `${claim.job} of ${claim.slot.toISOString()}`;
    args.log(`Job ${which}: begun, attempt ${claim.attempt}`);
    const outcome = await runClaimed({ claim, definition, now: args.now(), signal: args.signal, whenStopped: "wait" });
    args.log(`Job ${which}: ${outcome.status}${outcome.status === "failed" ? `: ${outcome.error}` : ""}`);
    return true;
  }
  return false;
}
