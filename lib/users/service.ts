import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { type ChangePassword, type CreateUser, CreateUserSchema, RoleSchema, type UserSummary } from "./contract";
import { hashPassword, verifyPassword } from "./password-hash";
import { passwordProblem } from "./policy";
import {
  findCredentialsById,
  findUsers,
  insertUser,
  lockActiveAdminIds,
  type UserRow,
  updateDeactivation,
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
    const id = await insertUser(client, { email: user.email, name: user.name, role: user.role, passwordHash });
    if (id === null) throw new DomainError("conflict", `There is already an account for ${user.email}.`);
    await recordAudit(
      { actor, action: "user.create", subjectType: "user", subjectId: String(id), detail: { role: user.role } },
      client,
    );
    return { id };
  });
}

/**
 * Changes the signed-in user's own password and ends all their sessions.
 * @throws DomainError refused where the current password is wrong, invalid_input where the new one is weak or the same.
 */
export async function changeOwnPassword(args: ChangePassword & { userId: number; now: Date }): Promise<void> {
  const account = await findCredentialsById(args.userId);
  if (!account || account.deactivatedAt) throw notFoundError();
  if (!(await verifyPassword(account.passwordHash, args.currentPassword)))
    throw new DomainError("refused", "The current password is not right.");
  if (args.newPassword === args.currentPassword)
    throw new DomainError("invalid_input", "New password: expected another password than the current one.");
  refuseWeakPassword({ password: args.newPassword, email: account.email, name: account.name });
  const to = await hashPassword(args.newPassword);
  await inTransaction(async (client) => {
    const changed = await updatePassword(client, { id: account.id, from: account.passwordHash, to, now: args.now });
    if (!changed) throw new DomainError("conflict", "The password was changed elsewhere just now. Sign in again.");
    const actor = { id: account.id, label: account.email };
    await recordAudit(
      { actor, action: "user.change_password", subjectType: "user", subjectId: String(account.id) },
      client,
    );
  });
}

/**
 * Deactivates or reactivates an account; its sessions end at once. Repeating it changes nothing. The caller has checked
 * that `actor` is an admin.
 * @throws DomainError not_found for no such account; refused for oneself and for the last admin.
 */
export async function setUserActive(args: { id: number; active: boolean; actor: Actor; now: Date }): Promise<void> {
  const { id, active, actor } = args;
  if (!active && id === actor.id) throw new DomainError("refused", "You cannot deactivate your own account.");
  if (!(await findCredentialsById(id))) throw notFoundError();
  await inTransaction(async (client) => {
    const admins = await lockActiveAdminIds(client);
    if (!active && admins.length === 1 && admins[0] === id)
      throw new DomainError("refused", "This is the last active administrator: make another one first.");
    const changed = await updateDeactivation(client, { id, deactivatedAt: active ? null : args.now });
    if (!changed) return;
    const action = active ? "user.reactivate" : "user.deactivate";
    await recordAudit({ actor, action, subjectType: "user", subjectId: String(id) }, client);
  });
}

/** All accounts by name, deactivated ones too. */
export async function listUsers(): Promise<UserSummary[]> {
  return (await findUsers()).map(toSummary);
}

function refuseWeakPassword(args: { password: string; email: string; name: string }): void {
  const problem = passwordProblem(args);
  if (problem) throw new DomainError("invalid_input", `Password: ${problem}.`);
}

function toSummary(row: UserRow): UserSummary {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: RoleSchema.parse(row.role),
    createdAt: row.createdAt.toISOString(),
    passwordChangedAt: row.passwordChangedAt?.toISOString() ?? null,
    deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
  };
}
