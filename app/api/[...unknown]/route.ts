import { notFoundError } from "@/lib/http/domain-error";
import { route } from "@/lib/http/route";
import { ROLES } from "@/lib/users/contract";

/** Addresses of the API that do not exist answer as those that are not for this user. */
const unknown = route({
  roles: ROLES,
  handler: async () => {
    throw notFoundError();
  },
});

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
