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
