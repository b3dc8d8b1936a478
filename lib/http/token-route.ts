import type { ZodType } from "zod";
import type { ApiTokenGrant } from "@/lib/api-tokens/contract";
import { authenticateApiToken } from "@/lib/api-tokens/service";
import { answerRequest, type Parsed, parsePart, readQuery } from "./answer-request";
import { DomainError } from "./domain-error";

/**
 * Makes a route handler for programs: asks for a bearer token, parses path and query, calls `handler` and answers its result
 * as `route` does. The body is the handler's. Cookies count for nothing here, so another site's page can do nothing.
 */
export function tokenRoute<P extends ZodType | undefined = undefined, Q extends ZodType | undefined = undefined>(spec: {
  params?: P;
  query?: Q;
  handler: (args: {
    grant: ApiTokenGrant;
    params: Parsed<P>;
    query: Parsed<Q>;
    request: Request;
    requestId: string;
  }) => Promise<unknown>;
}): (request: Request, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response> {
  return (request, context) =>
    answerRequest(request, async (requestId) => {
      const grant = await authenticateApiToken(request.headers.get("authorization"), new Date());
      if (!grant) throw new DomainError("unauthenticated", "Expected a valid token: Authorization: Bearer tdl_…");
      const params = parsePart(spec.params, "path", await context.params);
      const query = parsePart(spec.query, "query", readQuery(new URL(request.url).searchParams));
      return spec.handler({ grant, params, query, request, requestId });
    });
}
