import { z } from "zod";
import { route } from "@/lib/http/route";
import { JobNameSchema } from "@/lib/job-runs/contract";
import { listJobRuns, requestJob } from "@/lib/job-runs/service";

export const GET = route({
  roles: ["admin"],
  query: z.object({ before: z.string().max(100).optional() }).strict(),
  handler: ({ query }) => listJobRuns({ limit: 50, before: query.before }),
});

/** The payload is checked by the service against the job's own schema. */
export const POST = route({
  roles: ["admin"],
  body: z.object({ job: JobNameSchema, payload: z.record(z.string(), z.unknown()).optional() }).strict(),
  handler: ({ user, body }) => requestJob({ ...body, actor: { id: user.id, label: user.email }, now: new Date() }),
});
