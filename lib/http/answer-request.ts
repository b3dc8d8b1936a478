import type { ZodType, z } from "zod";
import { errorResponse, invalidInput } from "./error-response";

/**
 * Answers what `work` gives back: as JSON, nothing as 204, a Response as it is. Every error goes through one mapper
 * (error-response).
 */
export async function answerRequest(
  request: Request,
  work: (requestId: string) => Promise<unknown>,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const result = await work(requestId);
    if (result instanceof Response) return result;
    const headers = { "x-request-id": requestId, "cache-control": "no-store" };
    return result === undefined ? new Response(null, { status: 204, headers }) : Response.json(result, { headers });
  } catch (error) {
    return errorResponse(error, { requestId, method: request.method, path: new URL(request.url).pathname });
  }
}

export type Parsed<S extends ZodType | undefined> = S extends ZodType ? z.output<S> : undefined;

/** A part of a request by its schema; without a schema it is not read. @throws DomainError naming what does not fit */
export function parsePart<S extends ZodType | undefined>(
  schema: S | undefined,
  place: string,
  value: unknown,
): Parsed<S> {
  if (!schema) return undefined as Parsed<S>;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(place, parsed.error);
  return parsed.data as Parsed<S>;
}

/** The query by name; a name given more than once becomes a list. */
export function readQuery(search: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(search.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = search.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
