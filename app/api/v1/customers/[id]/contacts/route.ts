import { CustomerParamsSchema, ViewContactsSchema } from "@/lib/customers/contract";
import { readContacts } from "@/lib/customers/service";
import { route } from "@/lib/http/route";

/** The people at a customer. A POST, since each reading is written to the audit. */
export const POST = route({
  roles: ["csm", "vp", "admin"],
  params: CustomerParamsSchema,
  body: ViewContactsSchema,
  handler: ({ user, params, body }) => readContacts({ customerId: params.id, viewer: user, reason: body.reason }),
});
