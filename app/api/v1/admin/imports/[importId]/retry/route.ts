import { z } from "zod";
import { route } from "@/lib/http/route";
import { retryQuarantined } from "@/lib/ingest/retry-service";

/** Tries the quarantined rows of an import again. */
export const POST = route({
  roles: ["admin"],
  params: z.strictObject({ importId: z.coerce.number().int().positive().max(2_147_483_647) }),
  handler: ({ user, params }) => retryQuarantined({ ...params, actor: { id: user.id, label: user.email } }),
});
