import { route } from "@/lib/http/route";
import { LeavingQuerySchema } from "@/lib/queue/contract";
import { readLeavingPage } from "@/lib/queue/service";

/** One page of the customers who have given notice. */
export const GET = route({
  roles: ["csm", "vp", "admin"],
  query: LeavingQuerySchema,
  handler: ({ user, query }) => readLeavingPage({ viewer: user, query }),
});
