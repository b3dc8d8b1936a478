import { type ErrorBody, ErrorBodySchema, type ErrorCode } from "./contract";

/** A refused or failed call, with the server's code to branch on and a message to show. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: ErrorCode | "unreachable",
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

/**
 * Calls our own API from the browser, for TanStack Query's functions.
 * @param args.body sent as JSON; with it the method defaults to POST
 * @throws ApiError with the server's code; "unreachable" where no answer of ours came back.
 */
export async function callApi<T>(
  path: `/api/${string}`,
  args: { method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const hasBody = args.body !== undefined;
  const response = await fetch(path, {
    method: args.method ?? (hasBody ? "POST" : "GET"),
    headers: { accept: "application/json", ...(hasBody && { "content-type": "application/json" }) },
    body: hasBody ? JSON.stringify(args.body) : undefined,
    signal: args.signal,
  }).catch((error: unknown) => {
    if (args.signal?.aborted) throw error;
    throw new ApiError("unreachable", "The server cannot be reached. Check the connection and try again.", null);
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw apiErrorOf(response.status, answer);
}

/** The error that an answer of ours tells of; where it is none of ours, its status. */
export function apiErrorOf(status: number, answer: unknown): ApiError {
  const error = readError(answer);
  return new ApiError(
    error?.code ?? "unreachable",
    error?.message ?? `The server answered with status ${status}.`,
    error?.requestId ?? null,
  );
}

function readError(answer: unknown): ErrorBody | null {
  const parsed = ErrorBodySchema.safeParse(answer);
  return parsed.success ? parsed.data : null;
}
