import type { PoolClient } from "pg";
import type { Fence } from "@/lib/db/fence";
import { pool } from "@/lib/db/pool";
import type { JobProgress, JobStatus } from "./contract";

/** A claimed run as the runner holds it. */
export type ClaimedRun = {
  id: string;
  job: string;
  slot: Date;
  attempt: number;
  fencingToken: string;
  payload: unknown;
  requestedBy: number | null;
};

export type JobRunRow = {
  id: string;
  job: string;
  slot: Date;
  status: JobStatus;
  attempt: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  requestedBy: number | null;
  requestedByName: string | null;
  payload: unknown;
  progress: unknown;
  result: unknown;
  error: string | null;
};

const CLAIMED = `id, job, slot, attempt, fencing_token::text AS "fencingToken", payload, requested_by AS "requestedBy"`;

/** Adds runs that wait to be claimed; a slot that has one already is left as it is. @returns how many were new. */
export async function insertWaitingRuns(
  runs: readonly { id: string; job: string; slot: Date; payload: unknown; requestedBy: number | null }[],
): Promise<number> {
  if (runs.length === 0) return 0;
  const { rowCount } = await pool().query(
    `INSERT INTO job_run (id, job, slot, status, payload, requested_by)
     SELECT id, job, slot, 'waiting', payload, requested_by
     FROM jsonb_to_recordset($1::jsonb) AS r(id text, job text, slot timestamptz, payload jsonb, requested_by integer)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(runs.map(({ requestedBy, ...run }) => ({ ...run, requested_by: requestedBy })))],
  );
  return rowCount ?? 0;
}

/**
 * Claims one run if it may be begun: it waits; or it failed, may be tried again and its pause is over; or it runs but its
 * worker has not been heard of. A claim raises the fencing token, so that the worker before can write no more. A row that
 * the worker's own open transaction has locked (the fence) is skipped: that worker lives.
 */
export async function claimRun(args: {
  id: string;
  claimedBy: string;
  attemptsMax: number;
  staleSeconds: number;
  retryPauseSeconds: number;
}): Promise<ClaimedRun | null> {
  const { rows } = await pool().query<ClaimedRun>(
    `UPDATE job_run SET status = 'running', attempt = attempt + 1, fencing_token = fencing_token + 1, claimed_by = $2,
       heartbeat_at = now(), started_at = now(), finished_at = NULL, progress = NULL, result = NULL, error = NULL
     WHERE id = (
       SELECT id FROM job_run
       WHERE id = $1 AND (
         status = 'waiting'
         OR (status = 'failed' AND attempt < $3 AND coalesce((result->>'retryable')::boolean, true)
             AND finished_at < now() - make_interval(secs => $5 * attempt))
         OR (status = 'running' AND attempt < $3 AND heartbeat_at < now() - make_interval(secs => $4)))
       FOR UPDATE SKIP LOCKED)
     RETURNING ${CLAIMED}`,
    [args.id, args.claimedBy, args.attemptsMax, args.staleSeconds, args.retryPauseSeconds],
  );
  return rows[0] ?? null;
}

/** Runs that a claim might get; claimRun decides. */
export async function findOpenRuns(args: {
  staleSeconds: number;
}): Promise<{ id: string; job: string; slot: Date; requested: boolean }[]> {
  const { rows } = await pool().query(
    `SELECT id, job, slot, requested_by IS NOT NULL AS requested FROM job_run
     WHERE status = 'waiting'
        OR (status = 'failed' AND coalesce((result->>'retryable')::boolean, true) AND finished_at > now() - interval '1 day')
        OR (status = 'running' AND heartbeat_at < now() - make_interval(secs => $1))
     ORDER BY slot, id`,
    [args.staleSeconds],
  );
  return rows;
}

/** Runs of workers whose id begins with `prefix`, such as those of this machine. */
export async function findRunningByWorker(prefix: string): Promise<{ id: string; claimedBy: string }[]> {
  const { rows } = await pool().query(
    `SELECT id, claimed_by AS "claimedBy" FROM job_run WHERE status = 'running' AND starts_with(claimed_by, $1)`,
    [prefix],
  );
  return rows;
}

/** Runs under way, and how far they are. */
export async function findRunning(): Promise<{ job: string; progress: unknown }[]> {
  const { rows } = await pool().query("SELECT job, progress FROM job_run WHERE status = 'running' ORDER BY started_at");
  return rows;
}

/** Says that the worker of a run is known to be dead: the next claim need not wait until it is stale. */
export async function forgetHeartbeat(run: { id: string; claimedBy: string }): Promise<void> {
  await pool().query(
    "UPDATE job_run SET heartbeat_at = '-infinity' WHERE id = $1 AND claimed_by = $2 AND status = 'running'",
    [run.id, run.claimedBy],
  );
}

/** Gives up runs that were begun as often as allowed and whose worker has not been heard of. @returns their ids. */
export async function failExhaustedRuns(args: {
  job: string;
  attemptsMax: number;
  staleSeconds: number;
}): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `UPDATE job_run SET status = 'failed', finished_at = now(), fencing_token = fencing_token + 1, result = '{"retryable": false}',
       error = format('Its process was lost; given up after %s attempts.', attempt)
     WHERE id IN (SELECT id FROM job_run WHERE job = $1 AND status = 'running' AND attempt >= $2
                  AND heartbeat_at < now() - make_interval(secs => $3) FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [args.job, args.attemptsMax, args.staleSeconds],
  );
  return rows.map((row) => row.id);
}

/**
 * Tells that the worker lives, and how far it is. A row that the worker's transaction has locked is skipped, since that
 * lock says as much. @returns false where the claim is no longer this worker's.
 */
export async function updateHeartbeat(args: {
  id: string;
  fencingToken: string;
  progress: JobProgress | null;
}): Promise<boolean> {
  const { rows } = await pool().query<{ mine: boolean }>(
    `WITH held AS (SELECT id FROM job_run WHERE id = $1 AND fencing_token = $2 AND status = 'running' FOR UPDATE SKIP LOCKED),
       beat AS (UPDATE job_run SET heartbeat_at = now(), progress = coalesce($3, progress) WHERE id IN (SELECT id FROM held))
     SELECT fencing_token = $2 AND status = 'running' AS mine FROM job_run WHERE id = $1`,
    [args.id, args.fencingToken, args.progress === null ? null : JSON.stringify(args.progress)],
  );
  return rows[0]?.mine ?? false;
}

/** Ends a run, if the claim is still this worker's. @returns whether it was. */
export async function finishRun(args: {
  id: string;
  fencingToken: string;
  status: "succeeded" | "failed";
  result: unknown;
  error: string | null;
}): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE job_run SET status = $3, finished_at = now(), heartbeat_at = now(), result = $4, error = $5
     WHERE id = $1 AND fencing_token = $2 AND status = 'running'`,
    [args.id, args.fencingToken, args.status, JSON.stringify(args.result ?? null), args.error],
  );
  return rowCount === 1;
}

/** Puts a run back to wait, its attempt not counted: its worker was told to stop. */
export async function releaseRun(args: { id: string; fencingToken: string }): Promise<void> {
  await pool().query(
    `UPDATE job_run SET status = 'waiting', attempt = attempt - 1, fencing_token = fencing_token + 1, claimed_by = NULL,
       heartbeat_at = NULL, started_at = NULL, progress = NULL
     WHERE id = $1 AND fencing_token = $2 AND status = 'running'`,
    [args.id, args.fencingToken],
  );
}

/** Slots of a job, from a time on, that have a run. */
export async function findSlots(job: string, from: Date): Promise<Date[]> {
  const { rows } = await pool().query<{ slot: Date }>("SELECT slot FROM job_run WHERE job = $1 AND slot >= $2", [
    job,
    from,
  ]);
  return rows.map((row) => row.slot);
}

/** What kind of installation this is and since when it has been ready; null before it is set up. */
export async function findInstallation(): Promise<{ mode: string; readyAt: Date | null } | null> {
  const { rows } = await pool().query<{ mode: string; readyAt: Date | null }>(
    `SELECT mode, ready_at AS "readyAt" FROM installation`,
  );
  return rows[0] ?? null;
}

/**
 * The fence of a claim. It locks the run's row until the transaction ends, so nobody can claim the run between the check
 * and the commit.
 */
export function fenceOfClaim(claim: { id: string; fencingToken: string }): Fence {
  return async (client: PoolClient) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM job_run WHERE id = $1 AND fencing_token = $2 AND status = 'running' FOR SHARE",
      [claim.id, claim.fencingToken],
    );
    if (rowCount !== 1)
      throw new Error(`Job run ${claim.id} is no longer held with token ${claim.fencingToken}: another worker has it`);
  };
}

/** A page of runs, newest first. `before` is where the page before ended. */
export async function findRuns(args: {
  limit: number;
  before: { createdAt: Date; id: string } | null;
}): Promise<JobRunRow[]> {
  const { rows } = await pool().query<JobRunRow>(
    `SELECT r.id, r.job, r.slot, r.status, r.attempt, r.created_at AS "createdAt", r.started_at AS "startedAt",
       r.finished_at AS "finishedAt", r.requested_by AS "requestedBy", u.name AS "requestedByName", r.payload, r.progress,
       r.result, r.error
     FROM job_run r LEFT JOIN app_user u ON u.id = r.requested_by
     WHERE $2::timestamptz IS NULL OR (r.created_at <= $2 AND (r.created_at < $2 OR r.id < $3))
     ORDER BY r.created_at DESC, r.id DESC LIMIT $1`,
    [args.limit, args.before?.createdAt ?? null, args.before?.id ?? null],
  );
  return rows;
}

export async function findRun(id: string): Promise<JobRunRow | null> {
  const { rows } = await pool().query<JobRunRow>(
    `SELECT r.id, r.job, r.slot, r.status, r.attempt, r.created_at AS "createdAt", r.started_at AS "startedAt",
       r.finished_at AS "finishedAt", r.requested_by AS "requestedBy", u.name AS "requestedByName", r.payload, r.progress,
       r.result, r.error
     FROM job_run r LEFT JOIN app_user u ON u.id = r.requested_by WHERE r.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
