import { route } from "@/lib/http/route";
import { endSessions } from "@/lib/users/service";

export const POST = route({
  roles: ["csm", "data_scientist", "vp", "admin"],
  handler: ({ user }) => endSessions({ id: user.id, actor: { id: user.id, label: user.email } }),
});
