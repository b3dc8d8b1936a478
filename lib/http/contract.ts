import { z } from "zod";

/** The closed list of codes that an API answer can carry, with their HTTP status. */
export const ERROR_STATUS = {
  invalid_input: 400,
  unauthenticated: 401,
  cross_site: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  refused: 422,
  too_many_attempts: 429,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const ErrorBodySchema = z.object({
  code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  requestId: z.string(),
});

export type ErrorBody = z.infer<typeof ErrorBodySchema>;
