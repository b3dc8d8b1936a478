import type { ZodType } from "zod";
import { currentUser } from "@/lib/auth/service";
import type { Role, SignedInUser } from "@/lib/users/contract";
import { answerRequest, type Parsed, parsePart, readQuery } from "./answer-request";
import { DomainError, notFoundError } from "./domain-error";
import { isSameOrigin } from "./same-origin";

const BODY_BYTES_MAX = 1_000_000;

type RouteSpec<P extends ZodType | undefined, Q extends ZodType | undefined, B extends ZodType | undefined> = {
  /** Who may ask; others get the answer of an unknown address. */
  roles: readonly [Role, ...Role[]];
  /** Strict schemas: what is not named is refused. Without a schema the part is not read. */
  params?: P;
  query?: Q;
  body?: B;
  handler: (args: {
    user: SignedInUser;
    params: Parsed<P>;
    query: Parsed<Q>;
    body: Parsed<B>;
    request: Request;
    requestId: string;
  }) => Promise<unknown>;
};

/**
 * Makes a route handler: signs in, checks role and origin, parses, calls `handler` and answers its result as JSON
 * (undefined: 204; a Response: as it is). Every error goes through one mapper (error-response).
 *
 * @example export const POST = route({ roles: ["admin"], params: IdSchema, body: ReasonSchema, handler: … })
 */
export function route<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
>(
  spec: RouteSpec<P, Q, B>,
): (request: Request, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response> {
  return (request, context) =>
    answer(request, async (requestId) => {
      const user = await currentUser();
      if (!user) throw new DomainError("unauthenticated", "Sign in first: there is no session, or it has ended.");
      if (!spec.roles.includes(user.role)) throw notFoundError();
      return spec.handler({
        user,
        params: parsePart(spec.params, "path", await context.params),
        query: parsePart(spec.query, "query", readQuery(new URL(request.url).searchParams)),
        body: spec.body ? parsePart(spec.body, "body", await readJson(request)) : (undefined as Parsed<B>),
        request,
        requestId,
      });
    });
}

/**
 * Makes a route handler for people who are not signed in; `handler` itself decides what they may, by a secret that they
 * have. Otherwise like `route`.
 */
export function publicRoute<B>(spec: {
  body: ZodType<B>;
  handler: (args: { body: B; request: Request }) => Promise<unknown>;
}): (request: Request) => Promise<Response> {
  return (request) =>
    answer(request, async () => spec.handler({ body: parsePart(spec.body, "body", await readJson(request)), request }));
}

/** For browsers, which send cookies along: what changes something must come from a page of this site. */
function answer(request: Request, work: (requestId: string) => Promise<unknown>): Promise<Response> {
  return answerRequest(request, async (requestId) => {
    if (request.method !== "GET" && !isSameOrigin(request.headers))
      throw new DomainError("cross_site", "This request did not come from a page of this site.");
    return work(requestId);
  });
}

async function readJson(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    throw new DomainError("invalid_input", "body: expected content-type application/json");
  const text = await request.text().catch(() => {
    // Whoever sent it has gone away, as a page does that asks anew: nothing that failed here.
    throw new DomainError("invalid_input", "body: ended before all of it had come");
  });
  if (text.length > BODY_BYTES_MAX)
    throw new DomainError("invalid_input", `body: expected at most ${BODY_BYTES_MAX} characters, got ${text.length}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("invalid_input", "body: expected JSON");
  }
}
