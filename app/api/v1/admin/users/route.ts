import { route } from "@/lib/http/route";
import { InviteUserSchema } from "@/lib/users/contract";
import { inviteUser } from "@/lib/users/link-service";

export const POST = route({
  roles: ["admin"],
  body: InviteUserSchema,
  handler: ({ user, body }) => inviteUser({ ...body, actor: { id: user.id, label: user.email }, now: new Date() }),
});
