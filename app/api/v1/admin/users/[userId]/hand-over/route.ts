import { route } from "@/lib/http/route";
import { handOver } from "@/lib/users/access-service";
import { HandOverSchema, UserIdSchema } from "@/lib/users/contract";

export const POST = route({
  roles: ["admin"],
  params: UserIdSchema,
  body: HandOverSchema,
  handler: ({ user, params, body }) =>
    handOver({ id: params.userId, to: body, actor: { id: user.id, label: user.email }, now: new Date() }),
});
