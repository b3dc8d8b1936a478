import { authenticateApiToken } from "@/lib/api-tokens/service";
import { DomainError } from "@/lib/http/domain-error";
import { errorResponse } from "@/lib/http/error-response";

/** What the token in the Authorization header may do: a way to try one out. */
export async function GET(request: Request): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const grant = await authenticateApiToken(request.headers.get("authorization"), new Date());
    if (!grant) throw new DomainError("unauthenticated", "Expected a valid token: Authorization: Bearer tdl_…");
    const { name, source } = grant;
    const headers = { "x-request-id": requestId, "cache-control": "no-store" };
    return Response.json({ name, source, may: ["import"] }, { headers });
  } catch (error) {
    return errorResponse(error, { requestId, method: "GET", path: "/api/v1/token" });
  }
}
