import type { ErrorCode } from "./contract";

/** An expected refusal, with a code that callers branch on and a message fit for the person who asked. */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly code: Exclude<ErrorCode, "internal">,
    message: string,
  ) {
    super(message);
  }
}

/** Unknown, or not for this user: the two must look alike, so both use this one message. */
export function notFoundError(): DomainError {
  return new DomainError("not_found", "Nothing was found at this address.");
}
