import { route } from "@/lib/http/route";
import { EraseSchema } from "@/lib/privacy/contract";
import { erase } from "@/lib/privacy/erasure-service";

export const POST = route({
  roles: ["admin"],
  body: EraseSchema,
  handler: ({ user, body: { name, ...subject } }) =>
    erase({ subject, name, actor: { id: user.id, label: user.email } }),
});
