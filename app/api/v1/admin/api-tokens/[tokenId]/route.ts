import { z } from "zod";
import { revokeApiToken } from "@/lib/api-tokens/service";
import { route } from "@/lib/http/route";

export const DELETE = route({
  roles: ["admin"],
  params: z.object({ tokenId: z.coerce.number().int().positive().max(2_147_483_647) }).strict(),
  handler: ({ user, params }) =>
    revokeApiToken({ id: params.tokenId, actor: { id: user.id, label: user.email }, now: new Date() }),
});
