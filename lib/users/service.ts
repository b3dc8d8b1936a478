import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { limitAttempts, tooManyAttemptsError } from "@/lib/auth/limit-attempts";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { withAwaitedCustomers } from "@/lib/owners/service";
import { type ChangePassword, type CreateUser, CreateUserSchema, RoleSchema, type UserSummary } from "./contract";
import { revokeOpenLink } from "./link-repository";
import { hashPassword, verifyPassword } from "./password-hash";
import { accountState, passwordProblem } from "./policy";
import {
  findCredentialsById,
  findUsers,
  insertUser,
  lockAccount,
  raiseSessionEpoch,
  type UserRow,
  updatePassword,
} from "./repository";

/**
 * Makes an account. The caller has checked that `actor` may.
 * @throws DomainError conflict where the e-mail address is taken (compared without case), invalid_input for a weak password.
 * @throws ZodError where a field does not fit CreateUserSchema.
 */
export async function createUser(args: CreateUser & { actor: Actor }): Promise<{ id: number }> {
  const { actor, ...given } = args;
  const user = CreateUserSchema.parse(given);
  refuseWeakPassword(user);
  const passwordHash = await hashPassword(user.password);
  return inTransaction(async (client) => {
    const { result: id } = await withAwaitedCustomers(client, {
      now: new Date(),
      actorId: actor.id,
      work: () => insertUser(client, { email: user.email, name: user.name, role: user.role, passwordHash }),
    });
    if (id === null) throw new DomainError("conflict", `There is already an account for ${user.email}.`);
    await recordAudit(
      { actor, action: "user.create", subjectType: "user", subjectId: String(id), detail: { role: user.role } },
      client,
    );
    return { id };
  });
}

/**
 * Changes the signed-in user's own password and ends all their sessions; a link that was open for a reset is revoked.
 * Wrong current passwords count as failed attempts to sign in, so that an open browser is no place to guess.
 * @param args.address the client's network address, as text
 * @throws DomainError refused where the current password is wrong, too_many_attempts, invalid_input where the new one is weak or the same.
 */
export async function changeOwnPassword(
  args: ChangePassword & { userId: number; address: string; now: Date },
): Promise<void> {
  const account = await findCredentialsById(args.userId);
  if (!account?.passwordHash || account.deactivatedAt) throw notFoundError();
  const from = account.passwordHash;
  const checked = await limitAttempts({
    key: `account:${account.email}`,
    address: args.address,
    attempt: async () => {
      const fits = await verifyPassword(from, args.currentPassword);
      return { outcome: fits ? "succeeded" : "failed", value: fits };
    },
  });
  if (checked.status === "too_many") throw tooManyAttemptsError();
  if (!checked.value) throw new DomainError("refused", "The current password is not right.");
  if (args.newPassword === args.currentPassword)
    throw new DomainError("invalid_input", "New password: expected another password than the current one.");
  refuseWeakPassword({ password: args.newPassword, email: account.email, name: account.name });
  const to = await hashPassword(args.newPassword);
  await inTransaction(async (client) => {
    const changed = await updatePassword(client, { id: account.id, from, to, now: args.now });
    if (!changed) throw new DomainError("conflict", "The password was changed elsewhere just now. Sign in again.");
    await revokeOpenLink(client, { userId: account.id, now: args.now });
    const actor = { id: account.id, label: account.email };
    await recordAudit(
      { actor, action: "user.change_password", subjectType: "user", subjectId: String(account.id) },
      client,
    );
  });
}

/**
 * Ends every session of an account, one's own or, for admins, another's. The caller has checked that `actor` may.
 * @throws DomainError not_found for no such account.
 */
export async function endSessions(args: { id: number; actor: Actor }): Promise<void> {
  await inTransaction(async (client) => {
    if (!(await lockAccount(client, args.id))) throw notFoundError();
    await raiseSessionEpoch(client, args.id);
    const entry = { action: "user.end_sessions", subjectType: "user", subjectId: String(args.id) };
    await recordAudit({ actor: args.actor, ...entry }, client);
  });
}

/** All accounts by name, deactivated ones too. */
export async function listUsers(now: Date): Promise<UserSummary[]> {
  return (await findUsers(null)).map((row) => toSummary(row, now));
}

/** One account; null where there is none with this id. */
export async function findUser(id: number, now: Date): Promise<UserSummary | null> {
  const [row] = await findUsers(id);
  return row ? toSummary(row, now) : null;
}

function refuseWeakPassword(args: { password: string; email: string; name: string }): void {
  const problem = passwordProblem(args);
  if (problem) throw new DomainError("invalid_input", `Password: ${problem}.`);
}

function toSummary(row: UserRow, now: Date): UserSummary {
  const { linkPurpose: purpose, linkExpiresAt: expiresAt } = row;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: RoleSchema.parse(row.role),
    state: accountState(row),
    createdAt: row.createdAt.toISOString(),
    passwordChangedAt: row.passwordChangedAt?.toISOString() ?? null,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
    link: purpose && expiresAt && { purpose, expiresAt: expiresAt.toISOString(), expired: expiresAt <= now },
  };
}
