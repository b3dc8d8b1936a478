import { route } from "@/lib/http/route";
import { ChangePasswordSchema } from "@/lib/users/contract";
import { changeOwnPassword } from "@/lib/users/service";

export const POST = route({
  roles: ["csm", "data_scientist", "vp", "admin"],
  body: ChangePasswordSchema,
  handler: ({ user, body }) => changeOwnPassword({ userId: user.id, now: new Date(), ...body }),
});
