import { CreateApiTokenSchema } from "@/lib/api-tokens/contract";
import { createApiToken } from "@/lib/api-tokens/service";
import { route } from "@/lib/http/route";

export const POST = route({
  roles: ["admin"],
  body: CreateApiTokenSchema,
  handler: ({ user, body }) => createApiToken({ ...body, actor: { id: user.id, label: user.email }, now: new Date() }),
});
