import { z } from "zod";
import { route } from "@/lib/http/route";
import { setUserActive } from "@/lib/users/service";

export const PATCH = route({
  roles: ["admin"],
  params: z.object({ userId: z.coerce.number().int().positive().max(2_147_483_647) }).strict(),
  body: z.object({ active: z.boolean() }).strict(),
  handler: ({ user, params, body }) =>
    setUserActive({
      id: params.userId,
      active: body.active,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    }),
});
