import { BringFilesQuerySchema } from "@/lib/deliveries/contract";
import { receiveDelivery } from "@/lib/deliveries/service";
import { route } from "@/lib/http/route";
import { bytesExpected, uploadedFiles } from "@/lib/http/uploaded-files";

/** Takes files that a person brings, as multipart/form-data; a job checks them, and the person then decides. */
export const POST = route({
  roles: ["admin"],
  query: BringFilesQuerySchema,
  handler: ({ user, query, request }) =>
    receiveDelivery({
      source: query.source,
      channel: "browser",
      historical: query.historical,
      sender: { id: user.id, label: user.email, tokenId: null },
      files: uploadedFiles(request, undefined),
      bytesExpected: bytesExpected(request),
      now: new Date(),
    }),
});
