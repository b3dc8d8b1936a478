/** The request header in which the server finds the page's own address (set by proxy.ts, trusted for nothing but the way back). */
export const PATH_HEADER = "x-tideline-path";

/** The error code of a sign-in that was refused unread, because there were too many before it. */
export const TOO_MANY_ATTEMPTS = "TooManyAttempts";

/**
 * Where to go after signing in: `next` where it is a path of this site, else the start page. Anything that a browser could read
 * as another host (`//host`, `/\host`, a scheme) or that holds control characters is not followed.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return "/";
  for (const character of next) if (character < " " || character === "\\") return "/";
  return next;
}
