/** The address nearest to us in X-Forwarded-For: what stands before it was written by the client. */
export function clientAddress(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(",").at(-1)?.trim() || "unknown";
}
