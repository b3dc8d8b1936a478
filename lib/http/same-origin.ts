/**
 * Whether a request that changes something was sent by a page of this site. Browsers say where a request comes from in
 * Sec-Fetch-Site, older ones in Origin; a request with neither is not from a page of ours and is refused.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
