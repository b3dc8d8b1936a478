import { clientAddress } from "@/lib/http/client-address";
import { route } from "@/lib/http/route";
import { ChangePasswordSchema } from "@/lib/users/contract";
import { changeOwnPassword } from "@/lib/users/service";

export const POST = route({
  roles: ["csm", "data_scientist", "vp", "admin"],
  body: ChangePasswordSchema,
  handler: ({ user, body, request }) =>
    changeOwnPassword({
      userId: user.id,
      address: clientAddress(request.headers.get("x-forwarded-for")),
      now: new Date(),
      ...body,
    }),
});
