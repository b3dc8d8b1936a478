import { clientAddress } from "@/lib/http/client-address";
import { publicRoute } from "@/lib/http/route";
import { UseLinkSchema } from "@/lib/users/link-contract";
import { followAccountLink } from "@/lib/users/link-service";

export const POST = publicRoute({
  body: UseLinkSchema,
  handler: ({ body, request }) =>
    followAccountLink({
      ...body,
      address: clientAddress(request.headers.get("x-forwarded-for")),
      now: new Date(),
    }),
});
