import { z } from "zod";

/** A calendar day of the company's zone that is a Monday; handlers check the weekday against the zone. */
const AsOfDay = z.iso.date("expected a date of the form YYYY-MM-DD").optional();

/** What each job can be asked for; also the closed list of jobs. */
export const JOB_PAYLOADS = {
  "simulate-week": z.object({}).strict(),
  /** Without `inbox: false` what lies in the inbox is taken too, not only what was sent. */
  "import-files": z.object({ inbox: z.boolean().optional() }).strict(),
  "build-features": z.object({ asOf: AsOfDay }).strict(),
  "score-accounts": z.object({ asOf: AsOfDay }).strict(),
  "resolve-outcomes": z.object({}).strict(),
  "train-model": z
    .object({
      /** Seed of the fit and of the intervals; the same seed on the same data gives the same model. */
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
    })
    .strict(),
} as const;

export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOB_PAYLOADS)[N]>;

export const JOB_NAMES = Object.keys(JOB_PAYLOADS) as [JobName, ...JobName[]];
export const JobNameSchema = z.enum(JOB_NAMES);

/** What each job does, in a line. */
export const JOB_TITLES: Record<JobName, string> = {
  "simulate-week": "Simulate the demo company's week",
  "import-files": "Import files that came in",
  "build-features": "Build feature rows",
  "score-accounts": "Score customers and publish the queue",
  "resolve-outcomes": "Resolve labels and outcomes",
  "train-model": "Train a model",
};

/** How far a run is: `fraction` from 0 to 1, null where it cannot be told. */
export const JobProgressSchema = z.object({
  step: z.string(),
  fraction: z.number().min(0).max(1).nullable(),
  message: z.string().optional(),
});
export type JobProgress = z.infer<typeof JobProgressSchema>;

export const JOB_STATUSES = ["waiting", "running", "succeeded", "failed"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** One execution of one slot, as pages see it; times are ISO. */
export type JobRunView = {
  id: string;
  job: string;
  title: string;
  slot: string;
  status: JobStatus;
  /** How often it was begun. */
  attempt: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Who asked for it; null where the schedule did. */
  requestedBy: { id: number; name: string } | null;
  payload: unknown;
  progress: JobProgress | null;
  result: unknown;
  error: string | null;
};

/** A page of runs, newest first; `nextBefore` is the `before` of the next page. */
export type JobRunPage = { runs: JobRunView[]; nextBefore: string | null };
