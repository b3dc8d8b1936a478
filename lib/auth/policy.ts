/** Failures within WINDOW_MINUTES after which further attempts are refused unread. */
export const ATTEMPT_WINDOW_MINUTES = 15;
export const ACCOUNT_FAILURES_MAX = 10;
export const ADDRESS_FAILURES_MAX = 50;

/** Whether an attempt may be looked at, given the failures in the window before it. */
export function mayAttempt(args: { accountFailures: number; addressFailures: number }): boolean {
  return args.accountFailures < ACCOUNT_FAILURES_MAX && args.addressFailures < ADDRESS_FAILURES_MAX;
}

/** What a session token must say to be good for an account: the same epoch, and the account not deactivated. */
export function sessionHolds(
  token: { epoch: number },
  account: { sessionEpoch: number; deactivatedAt: Date | null } | null,
): boolean {
  return account !== null && account.deactivatedAt === null && account.sessionEpoch === token.epoch;
}

/**
 * Where to go after signing in: `next` where it is a path of this site, else the start page. Anything that a browser could read
 * as another host (`//host`, `/\host`, a scheme) or that holds control characters is not followed.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return "/";
  for (const character of next) if (character < " " || character === "\\") return "/";
  return next;
}
