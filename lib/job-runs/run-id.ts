import { createHash } from "node:crypto";

/** The id of a job's run for a slot: two processes that find the same slot due collide on the primary key. */
export function jobRunId(job: string, slot: Date): string {
  return createHash("sha256").update(`${job}\n${slot.toISOString()}`).digest("hex").slice(0, 32);
}
