import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import type { Fence } from "@/lib/db/fence";
import { DomainError } from "@/lib/http/domain-error";
import {
  JOB_PAYLOADS,
  JOB_TITLES,
  type JobName,
  JobNameSchema,
  type JobProgress,
  JobProgressSchema,
  type JobRunPage,
  type JobRunView,
} from "./contract";
import {
  type ClaimedRun,
  fenceOfClaim,
  findRun,
  findRunning,
  findRuns,
  insertWaitingRuns,
  type JobRunRow,
} from "./repository";
import { jobRunId } from "./run-id";

export type { ClaimedRun } from "./repository";
export {
  claimRun,
  failExhaustedRuns,
  findInstallation,
  findOpenRuns,
  findRunningByWorker,
  findSlots,
  finishRun,
  forgetHeartbeat,
  insertWaitingRuns,
  releaseRun,
  updateHeartbeat,
} from "./repository";

/**
 * Asks for one run of a job, now; the scheduler begins it within seconds. The caller has checked that the actor may.
 * @throws DomainError where there is no such job or the payload does not fit it.
 */
export async function requestJob(args: {
  job: string;
  payload?: unknown;
  actor: Actor;
  now: Date;
}): Promise<{ id: string }> {
  const { job, payload } = checkRequest(args.job, args.payload ?? {});
  const id = jobRunId(job, args.now);
  await insertWaitingRuns([{ id, job, slot: args.now, payload, requestedBy: args.actor.id }]);
  await recordAudit({
    actor: args.actor,
    action: "job.request",
    subjectType: "job_run",
    subjectId: id,
    detail: { job, payload },
  });
  return { id };
}

/** The job and payload of a request. @throws DomainError naming what does not fit. */
export function checkRequest(job: string, payload: unknown): { job: JobName; payload: Record<string, unknown> } {
  const name = JobNameSchema.safeParse(job);
  if (!name.success) {
    throw new DomainError(
      "invalid_input",
      `There is no job "${job}"; expected one of ${Object.keys(JOB_PAYLOADS).join(", ")}`,
    );
  }
  const parsed = JOB_PAYLOADS[name.data].safeParse(payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError(
      "invalid_input",
      `Payload of ${job}${issue?.path.length ? `, ${issue.path.join(".")}` : ""}: ${issue?.message ?? "does not fit"}`,
    );
  }
  return { job: name.data, payload: parsed.data };
}

/** The fence that a job's transactions check. */
export function fenceOf(claim: Pick<ClaimedRun, "id" | "fencingToken">): Fence {
  return fenceOfClaim(claim);
}

/**
 * Runs newest first.
 * @param args.limit 1 to 200
 * @param args.before `nextBefore` of the page before
 * @throws DomainError where `before` is not one
 */
export async function listJobRuns(args: { limit: number; before?: string | null }): Promise<JobRunPage> {
  const limit = Math.min(200, Math.max(1, Math.trunc(args.limit)));
  const rows = await findRuns({ limit: limit + 1, before: args.before ? parseBefore(args.before) : null });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    runs: shown.map(toView),
    nextBefore: rows.length > limit && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  };
}

/** One run, or null where there is none of that id. */
export async function getJobRun(id: string): Promise<JobRunView | null> {
  const row = await findRun(id);
  return row && toView(row);
}

/** What is being done at this moment, the one begun first coming first. */
export async function listRunning(): Promise<{ job: string; title: string; progress: JobProgress | null }[]> {
  return (await findRunning()).map((run) => {
    const name = JobNameSchema.safeParse(run.job);
    const progress = JobProgressSchema.safeParse(run.progress);
    return {
      job: run.job,
      title: name.success ? JOB_TITLES[name.data] : run.job,
      progress: progress.success ? progress.data : null,
    };
  });
}

function parseBefore(before: string): { createdAt: Date; id: string } {
  const [time = "", id = ""] = before.split("_");
  const createdAt = new Date(time);
  if (Number.isNaN(createdAt.getTime()) || id === "")
    throw new DomainError("invalid_input", `before is "${before}"; expected the nextBefore of a page`);
  return { createdAt, id };
}

function toView(row: JobRunRow): JobRunView {
  const name = JobNameSchema.safeParse(row.job);
  const progress = JobProgressSchema.safeParse(row.progress);
  return {
    id: row.id,
    job: row.job,
    title: name.success ? JOB_TITLES[name.data] : row.job,
    slot: row.slot.toISOString(),
    status: row.status,
    attempt: row.attempt,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    requestedBy: row.requestedBy === null ? null : { id: row.requestedBy, name: row.requestedByName ?? "unknown" },
    payload: row.payload,
    progress: progress.success ? progress.data : null,
    result: row.result,
    error: row.error,
  };
}
