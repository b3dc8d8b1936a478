import { randomBytes } from "node:crypto";
import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { limitAttempts, tooManyAttemptsError } from "@/lib/auth/limit-attempts";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { withAwaitedCustomers } from "@/lib/owners/service";
import { type InviteUser, InviteUserSchema, type LinkPurpose, RoleSchema } from "./contract";
import { DEAD_LINK, type LinkView, type NewLink } from "./link-contract";
import { expiryOf, hashOfSecret, isSecret, linkHolds, purposeFor, secretOf } from "./link-policy";
import { findLinkByHash, insertLink, type LinkRow, revokeOpenLink, spendLink } from "./link-repository";
import { hashPassword } from "./password-hash";
import { passwordProblem } from "./policy";
import { insertUser, lockAccount, replacePassword } from "./repository";

/**
 * Makes an account without a password, and the link by which its person sets one. Customers that wait for the e-mail
 * address as their owner are the account's from now on. The caller has checked that `actor` may.
 * @throws DomainError conflict where the e-mail address is taken (compared without case).
 * @throws ZodError where a field does not fit InviteUserSchema.
 */
export async function inviteUser(
  args: InviteUser & { actor: Actor; now: Date },
): Promise<{ id: number; link: NewLink }> {
  const { actor, now, ...given } = args;
  const user = InviteUserSchema.parse(given);
  return inTransaction(async (client) => {
    const { result: id, customers } = await withAwaitedCustomers(client, {
      now,
      actorId: actor.id,
      work: () => insertUser(client, { ...user, passwordHash: null }),
    });
    if (id === null) throw new DomainError("conflict", `There is already an account for ${user.email}.`);
    const link = await openLink(client, { userId: id, purpose: "invite", actor, now });
    const detail = { role: user.role, linkExpiresAt: link.expiresAt, customers };
    await recordAudit({ actor, action: "user.invite", subjectType: "user", subjectId: String(id), detail }, client);
    return { id, link };
  });
}

/**
 * Makes a new link for an account: another invitation while it has no password, else one that resets it. It takes the
 * place of a link that was open. Until it is followed a password goes on working, so a link that never arrives locks
 * nobody out. The caller has checked that `actor` may.
 * @throws DomainError not_found for no such account; refused where it is deactivated, and for one's own.
 */
export async function makeAccountLink(args: { id: number; actor: Actor; now: Date }): Promise<NewLink> {
  const { id, actor, now } = args;
  if (id === actor.id)
    throw new DomainError("refused", "This is your own account: change your password under Change password.");
  return inTransaction(async (client) => {
    const account = await lockAccount(client, id);
    if (!account) throw notFoundError();
    if (account.deactivatedAt) throw new DomainError("refused", "This account is deactivated: reactivate it first.");
    await revokeOpenLink(client, { userId: id, now });
    const link = await openLink(client, { userId: id, purpose: purposeFor(account), actor, now });
    const detail = { purpose: link.purpose, expiresAt: link.expiresAt };
    await recordAudit({ actor, action: "user.make_link", subjectType: "user", subjectId: String(id), detail }, client);
    return link;
  });
}

/**
 * Revokes the open link of an account; repeating it changes nothing. The caller has checked that `actor` may.
 * @throws DomainError not_found for no such account.
 */
export async function revokeAccountLink(args: { id: number; actor: Actor; now: Date }): Promise<void> {
  await inTransaction(async (client) => {
    if (!(await lockAccount(client, args.id))) throw notFoundError();
    if (!(await revokeOpenLink(client, { userId: args.id, now: args.now }))) return;
    const entry = { action: "user.revoke_link", subjectType: "user", subjectId: String(args.id) };
    await recordAudit({ actor: args.actor, ...entry }, client);
  });
}

/**
 * What a link that still works is for. Looking uses nothing up; failed looks are limited like failed sign-ins.
 * @param args.address the client's network address, as text
 * @returns null for a link that is used, expired, revoked or unknown, and after too many failed attempts.
 */
export async function findAccountLink(args: { secret: string; address: string; now: Date }): Promise<LinkView | null> {
  const looked = await limitAttempts({
    ...attemptOf(args),
    attempt: async () => {
      const link = await findWorkingLink(args);
      return link ? { outcome: "uncounted", value: link } : { outcome: "failed", value: null };
    },
  });
  return looked.status === "ran" && looked.value ? toView(looked.value) : null;
}

/**
 * Sets the password of the person who follows a link: the link is used up, and every session of the account ends.
 * @param args.address the client's network address, as text
 * @throws DomainError not_found for a link that does not work, too_many_attempts, invalid_input for a weak password (the
 *   link stays open).
 */
export async function followAccountLink(args: {
  secret: string;
  password: string;
  address: string;
  now: Date;
}): Promise<void> {
  const followed = await limitAttempts<DomainError | null>({
    ...attemptOf(args),
    attempt: async () => {
      const link = await findWorkingLink(args);
      const problem = link && passwordProblem({ password: args.password, email: link.email, name: link.name });
      if (problem) return { outcome: "uncounted", value: new DomainError("invalid_input", `Password: ${problem}.`) };
      return link && (await setPasswordByLink({ ...args, link }))
        ? { outcome: "succeeded", value: null }
        : { outcome: "failed", value: new DomainError("not_found", DEAD_LINK) };
    },
  });
  if (followed.status === "too_many") throw tooManyAttemptsError();
  if (followed.value) throw followed.value;
}

/** The account is locked before the link, here as everywhere, so that following and revoking cannot wait for each other. */
async function setPasswordByLink(args: {
  link: LinkRow;
  secret: string;
  password: string;
  now: Date;
}): Promise<boolean> {
  const { link, now } = args;
  const passwordHash = await hashPassword(args.password);
  return inTransaction(async (client) => {
    const account = await lockAccount(client, link.userId);
    if (!account || account.deactivatedAt) return false;
    if (!(await spendLink(client, { secretHash: hashOfSecret(args.secret), now }))) return false;
    await replacePassword(client, { id: link.userId, passwordHash, now });
    const actor = { id: link.userId, label: link.email };
    const action = link.purpose === "invite" ? "user.accept_invitation" : "user.reset_password";
    await recordAudit({ actor, action, subjectType: "user", subjectId: String(link.userId) }, client);
    return true;
  });
}

async function openLink(
  client: PoolClient,
  args: { userId: number; purpose: LinkPurpose; actor: Actor; now: Date },
): Promise<NewLink> {
  const { userId, purpose, actor, now } = args;
  const secret = secretOf(randomBytes(32));
  const expiresAt = expiryOf(purpose, now);
  const secretHash = hashOfSecret(secret);
  await insertLink(client, { userId, purpose, secretHash, createdBy: actor.id, createdAt: now, expiresAt });
  return { purpose, secret, expiresAt: expiresAt.toISOString() };
}

function attemptOf(args: { secret: string; address: string }): { key: string; address: string } {
  return { key: `link:${hashOfSecret(args.secret)}`, address: args.address };
}

async function findWorkingLink(args: { secret: string; now: Date }): Promise<LinkRow | null> {
  if (!isSecret(args.secret)) return null;
  const link = await findLinkByHash(hashOfSecret(args.secret));
  return link && linkHolds(link, args.now) ? link : null;
}

function toView(link: LinkRow): LinkView {
  return {
    purpose: link.purpose,
    name: link.name,
    email: link.email,
    role: RoleSchema.parse(link.role),
    madeBy: link.makerName && link.makerEmail ? { name: link.makerName, email: link.makerEmail } : null,
    expiresAt: link.expiresAt.toISOString(),
  };
}
