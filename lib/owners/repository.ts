import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { AwaitedOwner } from "./contract";

/** Any fixed number: whoever gives waiting customers to accounts, or makes accounts that some wait for, holds this lock. */
const AWAITED_LOCK = 7_310_842_005;

/** Held until the transaction ends. */
export async function lockAwaited(client: PoolClient): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [AWAITED_LOCK]);
}

/** Gives every customer that waits for an account that is active now to it. @returns how many, waits that ended without a change too. */
export async function takeAwaited(
  client: PoolClient,
  args: { assignedAt: Date; assignedBy: number | null },
): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `WITH taken AS (
       DELETE FROM awaited_owner a USING app_user u WHERE u.email = a.email AND u.deactivated_at IS NULL
       RETURNING a.customer_id, u.id AS user_id
     ), assigned AS (
       INSERT INTO customer_owner (customer_id, user_id, assigned_at, assigned_by, reason)
       SELECT t.customer_id, t.user_id, $1, $2, 'named by an import before' FROM taken t
       LEFT JOIN LATERAL (
         SELECT o.user_id FROM customer_owner o WHERE o.customer_id = t.customer_id ORDER BY o.id DESC LIMIT 1
       ) now ON true
       WHERE now.user_id IS DISTINCT FROM t.user_id
       ORDER BY t.customer_id
     )
     SELECT count(*)::int AS n FROM taken`,
    [args.assignedAt, args.assignedBy],
  );
  return (rows[0] as { n: number }).n;
}

/** By e-mail address, the most awaited first. */
export async function findAwaitedOwners(): Promise<AwaitedOwner[]> {
  const { rows } = await pool().query<AwaitedOwner>(
    `SELECT a.email, count(*)::int AS customers, u.id AS "accountId"
     FROM awaited_owner a LEFT JOIN app_user u ON u.email = a.email
     GROUP BY a.email, u.id ORDER BY customers DESC, a.email`,
  );
  return rows;
}

/** The newest owner row of each customer, of those ever owned by anyone. */
const OWNED_NOW =
  "SELECT DISTINCT ON (customer_id) customer_id, user_id FROM customer_owner ORDER BY customer_id, id DESC";

/** How many customers each account owns; accounts that own none are left out. */
export async function countOwned(): Promise<{ userId: number; customers: number }[]> {
  const { rows } = await pool().query<{ userId: number; customers: number }>(
    `SELECT o.user_id AS "userId", count(*)::int AS customers FROM (${OWNED_NOW}) o
     WHERE o.user_id IS NOT NULL GROUP BY o.user_id`,
  );
  return rows;
}

/**
 * Gives all customers of one account to another (null: to nobody) by further rows of their history, and ends their wait
 * for anyone: who hands over knows better than an older file. Both accounts must be locked.
 * @returns how many customers.
 */
export async function moveOwned(
  client: PoolClient,
  args: { fromId: number; toId: number | null; assignedAt: Date; assignedBy: number | null },
): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `WITH moved AS (
       INSERT INTO customer_owner (customer_id, user_id, assigned_at, assigned_by, reason)
       SELECT o.customer_id, $2, $3, $4, 'handed over' FROM (${OWNED_NOW}) o WHERE o.user_id = $1 ORDER BY o.customer_id
       RETURNING customer_id
     ), ended AS (
       DELETE FROM awaited_owner a USING moved m WHERE m.customer_id = a.customer_id
     )
     SELECT count(*)::int AS n FROM moved`,
    [args.fromId, args.toId, args.assignedAt, args.assignedBy],
  );
  return (rows[0] as { n: number }).n;
}
