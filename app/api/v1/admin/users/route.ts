import { route } from "@/lib/http/route";
import { CreateUserSchema } from "@/lib/users/contract";
import { createUser } from "@/lib/users/service";

export const POST = route({
  roles: ["admin"],
  body: CreateUserSchema,
  handler: ({ user, body }) => createUser({ ...body, actor: { id: user.id, label: user.email } }),
});
