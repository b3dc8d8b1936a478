import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import type { ChangeUser } from "./contract";
import { revokeOpenLink } from "./link-repository";
import { accessProblem } from "./policy";
import { lockAccount, lockActiveAdminIds, updateDeactivation, updateNameAndRole } from "./repository";

/**
 * Changes an account's name, role or activity, all of it or nothing. Deactivating ends its sessions at once and revokes
 * its open link; another role holds from the next request on. Repeating it changes nothing. The caller has checked that
 * `actor` is an admin.
 *
 * @throws DomainError not_found for no such account; refused where the last active administrator would be gone, and for
 *   one's own access.
 */
export async function changeUser(args: { id: number; change: ChangeUser; actor: Actor; now: Date }): Promise<void> {
  const { id, change, actor, now } = args;
  await inTransaction(async (client) => {
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
  });
}
