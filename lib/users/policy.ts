import type { AccountState, Role } from "./contract";

const DISTINCT_CHARACTERS_MIN = 5;
const LOCAL_PART_LENGTH_MIN = 4;

/**
 * What is wrong with a password beyond its length (which the contract checks), or null where nothing is.
 * Length and the absence of the obvious are what counts; classes of characters are not asked for (NIST SP 800-63B, 3.1.1.2).
 */
export function passwordProblem(args: { password: string; email: string; name: string }): string | null {
  const password = args.password.toLowerCase();
  if (new Set(password).size < DISTINCT_CHARACTERS_MIN)
    return `expected at least ${DISTINCT_CHARACTERS_MIN} different characters`;
  const localPart = args.email.split("@")[0]?.toLowerCase() ?? "";
  if (localPart.length >= LOCAL_PART_LENGTH_MIN && password.includes(localPart))
    return "expected a password that does not contain the e-mail address";
  const spoken = args.name.toLowerCase().replaceAll(/\s/g, "");
  if (spoken.length >= LOCAL_PART_LENGTH_MIN && password.replaceAll(/\s/g, "").includes(spoken))
    return "expected a password that does not contain the name";
  return null;
}

/** Deactivation goes before all else; an account without a password waits for its person to follow the invitation. */
export function accountState(account: { hasPassword: boolean; deactivatedAt: Date | null }): AccountState {
  if (account.deactivatedAt) return "deactivated";
  return account.hasPassword ? "active" : "invited";
}

/**
 * What is wrong with a change of an account's role or activity, or null where nothing is. Somebody must be left who can
 * sign in and administer; nobody takes away their own access by a slip.
 *
 * @param args.adminIds the active administrators who have a password, as they are while nobody else can change them
 */
export function accessProblem(args: {
  id: number;
  actorId: number | null;
  adminIds: readonly number[];
  change: { role?: Role; active?: boolean };
}): string | null {
  const { id, actorId, adminIds, change } = args;
  if (id === actorId && change.active === false) return "You cannot deactivate your own account.";
  if (id === actorId && change.role !== undefined && change.role !== "admin")
    return "You cannot take away your own role: another administrator can.";
  const losesAdmin = change.active === false || (change.role !== undefined && change.role !== "admin");
  if (losesAdmin && adminIds.length === 1 && adminIds[0] === id)
    return "This is the last active administrator: make another one first.";
  return null;
}
