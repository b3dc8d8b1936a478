import { route } from "@/lib/http/route";
import { UserIdSchema } from "@/lib/users/contract";
import { endSessions } from "@/lib/users/service";

export const POST = route({
  roles: ["admin"],
  params: UserIdSchema,
  handler: ({ user, params }) => endSessions({ id: params.userId, actor: { id: user.id, label: user.email } }),
});
