import { route } from "@/lib/http/route";
import { ProposalRequestSchema } from "@/lib/mapping-proposals/contract";
import { proposeForSamples } from "@/lib/mapping-proposals/service";

/** A mapping to start from, by the beginnings of the files. */
export const POST = route({
  roles: ["admin"],
  body: ProposalRequestSchema,
  handler: ({ body }) => proposeForSamples(body),
});
