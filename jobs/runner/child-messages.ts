import { z } from "zod";
import { JobProgressSchema } from "@/lib/job-runs/contract";

/** What the runner tells the child: once, at its start. */
export const ChildTaskSchema = z.object({
  id: z.string(),
  job: z.string(),
  slot: z.coerce.date(),
  now: z.coerce.date(),
  fencingToken: z.string(),
  payload: z.unknown(),
  requestedBy: z.number().nullable(),
  timeoutMs: z.number(),
});
export type ChildTask = z.infer<typeof ChildTaskSchema>;

/** What the child tells the runner: how far it is, then how it ended. */
export const ChildReportSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("progress"), progress: JobProgressSchema }),
  z.object({ type: z.literal("succeeded"), result: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.literal("failed"), error: z.string(), retryable: z.boolean() }),
]);
export type ChildReport = z.infer<typeof ChildReportSchema>;
