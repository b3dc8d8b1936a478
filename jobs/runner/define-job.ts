import type { z } from "zod";
import type { Actor } from "@/lib/audit/contract";
import type { Fence } from "@/lib/db/fence";
import { JOB_PAYLOADS, type JobName, type JobPayload, type JobProgress } from "@/lib/job-runs/contract";
import type { Schedule } from "./schedule";

/** What the runner needs to know of a job; the work itself stands in the job's handler, which only a child process loads. */
export type JobDefinition<N extends JobName = JobName> = {
  readonly name: N;
  readonly payload: (typeof JOB_PAYLOADS)[N] & z.ZodType;
  /** Absent: only by request. */
  readonly schedule?: Schedule;
  /** Which installations it is scheduled in; "own" are all but the demo. */
  readonly where: "everywhere" | "demo" | "own";
  /** How many of the newest slots missed are still worth running; they run newest first. */
  readonly catchUpMax: number;
  readonly timeoutMinutes: number;
  /** How often a run may be begun, the first time included. */
  readonly attemptsMax: number;
};

/** Declares a job; the payload schema is the one of the contract, since pages ask for runs by it. */
export function defineJob<N extends JobName>(definition: Omit<JobDefinition<N>, "payload">): JobDefinition<N> {
  return Object.freeze({ ...definition, payload: JOB_PAYLOADS[definition.name] as JobDefinition<N>["payload"] });
}

/** What a handler is given. */
export type JobContext<N extends JobName> = {
  readonly payload: JobPayload<N>;
  /** The time it was due or asked for. */
  readonly slot: Date;
  readonly now: Date;
  readonly fence: Fence;
  /** Aborted on shutdown: stop at the next safe point. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
  readonly requestedBy: Actor;
};

/** Does the work. @returns what the run's page shows. */
export type JobHandler<N extends JobName> = (context: JobContext<N>) => Promise<Record<string, unknown>>;

/** An error that trying again would not change, such as missing data: the run fails at once, with this message. */
export class FinalJobError extends Error {
  override readonly name = "FinalJobError";
}
