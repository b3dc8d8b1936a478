import type { PoolClient } from "pg";
import { inTransaction } from "@/lib/db/pool";
import type { AwaitedOwner } from "./contract";
import { countOwned, findAwaitedOwners, lockAwaited, moveOwned, takeAwaited } from "./repository";

/**
 * Gives the customers that wait for an owner to the accounts that are active now. An import calls it once it is
 * committed.
 *
 * An account that is made while an import runs sees nothing waiting yet, and the import did not see the account. So both
 * sides look again here, one after the other by a lock that each holds until its commit: whoever comes second sees what
 * the first has done.
 */
export async function giveAwaitedCustomers(args: { now: Date; actorId: number | null }): Promise<number> {
  return inTransaction(async (client) => {
    await lockAwaited(client);
    return takeAwaited(client, { assignedAt: args.now, assignedBy: args.actorId });
  });
}

/**
 * Makes or reactivates an account by `work` and then gives it the customers that wait for it, in the transaction of
 * `client` (see giveAwaitedCustomers for why under a lock). Call it before anything else is locked: whoever has an
 * account or the audit may not wait for this.
 * @returns what `work` does, and how many customers no longer wait.
 */
export async function withAwaitedCustomers<T>(
  client: PoolClient,
  args: { now: Date; actorId: number | null; work: () => Promise<T> },
): Promise<{ result: T; customers: number }> {
  await lockAwaited(client);
  const result = await args.work();
  const customers = await takeAwaited(client, { assignedAt: args.now, assignedBy: args.actorId });
  return { result, customers };
}

/** Whom customers wait for, the most awaited first. */
export async function listAwaitedOwners(): Promise<AwaitedOwner[]> {
  return findAwaitedOwners();
}

/** How many customers each account owns, by account id; one that owns none is not in it. */
export async function countOwnedCustomers(): Promise<Map<number, number>> {
  return new Map((await countOwned()).map(({ userId, customers }) => [userId, customers]));
}

/**
 * Gives all customers of one account to another, or to nobody (`toId` null); their history is kept. The caller has
 * locked both accounts, checked that the other may own, and writes the audit.
 * @returns how many customers.
 */
export async function handOverCustomers(
  client: PoolClient,
  args: { fromId: number; toId: number | null; now: Date; actorId: number | null },
): Promise<number> {
  const { fromId, toId, now, actorId } = args;
  return moveOwned(client, { fromId, toId, assignedAt: now, assignedBy: actorId });
}
