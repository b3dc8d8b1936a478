import { SendFilesPathSchema, SendFilesQuerySchema } from "@/lib/deliveries/contract";
import { receiveDelivery } from "@/lib/deliveries/service";
import { notFoundError } from "@/lib/http/domain-error";
import { tokenRoute } from "@/lib/http/token-route";
import { bytesExpected, uploadedFiles } from "@/lib/http/uploaded-files";

/** Takes one CSV file as the body (`?file=NAME`), or several as multipart/form-data; a job imports them. */
export const POST = tokenRoute({
  params: SendFilesPathSchema,
  query: SendFilesQuerySchema,
  handler: async ({ grant, params, query, request, requestId }) => {
    if (params.source !== grant.source) throw notFoundError();
    const received = await receiveDelivery({
      source: params.source,
      channel: "api",
      historical: query.historical,
      sender: { id: null, label: `token ${grant.name}`, tokenId: grant.tokenId },
      files: uploadedFiles(request, query.file),
      bytesExpected: bytesExpected(request),
      now: new Date(),
    });
    const location = `/api/v1/imports/deliveries/${received.delivery.id}`;
    const headers = { "x-request-id": requestId, "cache-control": "no-store", location };
    return Response.json({ ...received, location }, { status: received.repeated ? 200 : 202, headers });
  },
});
