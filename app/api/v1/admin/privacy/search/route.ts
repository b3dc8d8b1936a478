import { route } from "@/lib/http/route";
import { SearchSchema } from "@/lib/privacy/contract";
import { searchSubjects } from "@/lib/privacy/service";

/** A POST, since it is written to the audit and names of people do not belong into addresses. */
export const POST = route({
  roles: ["admin"],
  body: SearchSchema,
  handler: ({ user, body }) => searchSubjects({ text: body.text, actor: { id: user.id, label: user.email } }),
});
