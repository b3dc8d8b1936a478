import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { handOverCustomers, withAwaitedCustomers } from "@/lib/owners/service";
import { type ChangeUser, type HandOver, mayOwnCustomers } from "./contract";
import { revokeOpenLink } from "./link-repository";
import { accessProblem } from "./policy";
import { lockAccount, lockActiveAdminIds, updateDeactivation, updateNameAndRole } from "./repository";

type ChangeArgs = { id: number; change: ChangeUser; actor: Actor; now: Date };

/**
 * Changes an account's name, role or activity, all of it or nothing. Deactivating ends its sessions at once and revokes
 * its open link; its customers stay its own until they are handed over. Reactivating gives it the customers that wait
 * for it. Another role holds from the next request on. Repeating it changes nothing. The caller has checked that `actor`
 * is an admin.
 *
 * @throws DomainError not_found for no such account; refused where the last active administrator would be gone, and for
 *   one's own access.
 */
export async function changeUser(args: ChangeArgs): Promise<void> {
  const { id, change, actor, now } = args;
  await inTransaction(async (client) => {
    if (change.active !== true) return applyChange(client, args);
    const work = () => applyChange(client, args);
    const { customers } = await withAwaitedCustomers(client, { now, actorId: actor.id, work });
    if (customers === 0) return;
    const entry = { action: "user.own_awaited", subjectType: "user", subjectId: String(id), detail: { customers } };
    await recordAudit({ actor, ...entry }, client);
  });
}

async function applyChange(client: PoolClient, { id, change, actor, now }: ChangeArgs): Promise<void> {
  const adminIds = await lockActiveAdminIds(client);
  const account = await lockAccount(client, id);
  if (!account) throw notFoundError();
  const problem = accessProblem({ id, actorId: actor.id, adminIds, change });
  if (problem) throw new DomainError("refused", problem);

  const record = (action: string, detail?: Record<string, unknown>) =>
    recordAudit({ actor, action, subjectType: "user", subjectId: String(id), detail }, client);
  const { name = account.name, role = account.role, active } = change;
  if (name !== account.name || role !== account.role) await updateNameAndRole(client, { id, name, role });
  if (name !== account.name) await record("user.rename");
  if (role !== account.role) await record("user.change_role", { from: account.role, to: role });
  if (active === undefined) return;
  if (!(await updateDeactivation(client, { id, deactivatedAt: active ? null : now }))) return;
  if (!active) await revokeOpenLink(client, { userId: id, now });
  await record(active ? "user.reactivate" : "user.deactivate");
}

/**
 * Gives all customers of an account to another one, or to nobody; the history of owners is kept. Repeating it finds
 * nothing left to give. The caller has checked that `actor` is an admin.
 *
 * @returns how many customers
 * @throws DomainError not_found for no such account; refused where the other is the same, deactivated, or of a role that
 *   sees no customers.
 */
export async function handOver(args: {
  id: number;
  to: HandOver;
  actor: Actor;
  now: Date;
}): Promise<{ customers: number }> {
  const { id, to, actor, now } = args;
  if (to.toId === id) throw new DomainError("refused", "Expected somebody else to hand the customers over to.");
  return inTransaction(async (client) => {
    // By id, so that two who hand over to each other at once do not wait for each other.
    for (const locked of [id, to.toId].filter((one) => one !== null).sort((a, b) => a - b)) {
      const account = await lockAccount(client, locked);
      if (!account) throw notFoundError();
      if (locked === to.toId && !mayOwnCustomers(account))
        throw new DomainError(
          "refused",
          `${account.name} cannot own customers: deactivated, or of a role without them.`,
        );
    }
    const customers = await handOverCustomers(client, { fromId: id, toId: to.toId, now, actorId: actor.id });
    if (customers === 0) return { customers };
    const detail = { customers, to: to.toId };
    await recordAudit(
      { actor, action: "user.hand_over_customers", subjectType: "user", subjectId: String(id), detail },
      client,
    );
    return { customers };
  });
}
