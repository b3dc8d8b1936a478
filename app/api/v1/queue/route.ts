import { route } from "@/lib/http/route";
import { QueuePageQuerySchema } from "@/lib/queue/contract";
import { readQueuePage } from "@/lib/queue/service";

/** One page of the queue, as the signed-in user may see it. */
export const GET = route({
  roles: ["csm", "vp", "admin"],
  query: QueuePageQuerySchema,
  handler: ({ user, query: { after, ...query } }) => readQueuePage({ viewer: user, query, after }),
});
