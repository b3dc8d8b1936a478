import { route } from "@/lib/http/route";
import { SubjectSchema } from "@/lib/privacy/contract";
import { viewSubject } from "@/lib/privacy/service";

/** What is kept of one contact or customer, and what erasing would do. A POST, since it is written to the audit. */
export const POST = route({
  roles: ["admin"],
  body: SubjectSchema,
  handler: ({ user, body }) => viewSubject({ subject: body, actor: { id: user.id, label: user.email } }),
});
