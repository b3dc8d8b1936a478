import { route } from "@/lib/http/route";
import { changeUser } from "@/lib/users/access-service";
import { ChangeUserSchema, UserIdSchema } from "@/lib/users/contract";

export const PATCH = route({
  roles: ["admin"],
  params: UserIdSchema,
  body: ChangeUserSchema,
  handler: ({ user, params, body }) =>
    changeUser({
      id: params.userId,
      change: body,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    }),
});
