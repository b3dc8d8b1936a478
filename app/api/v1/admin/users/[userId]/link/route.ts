import { route } from "@/lib/http/route";
import { UserIdSchema } from "@/lib/users/contract";
import { makeAccountLink, revokeAccountLink } from "@/lib/users/link-service";

/** A new link in place of an open one. */
export const POST = route({
  roles: ["admin"],
  params: UserIdSchema,
  handler: ({ user, params }) =>
    makeAccountLink({ id: params.userId, actor: { id: user.id, label: user.email }, now: new Date() }),
});

export const DELETE = route({
  roles: ["admin"],
  params: UserIdSchema,
  handler: ({ user, params }) =>
    revokeAccountLink({ id: params.userId, actor: { id: user.id, label: user.email }, now: new Date() }),
});
