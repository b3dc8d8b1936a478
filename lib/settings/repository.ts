import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";

/** The newest value of each key. */
export async function findCurrentSettings(client?: PoolClient): Promise<Record<string, unknown>> {
  const { rows } = await (client ?? pool()).query<{ key: string; value: unknown }>(
    "SELECT DISTINCT ON (key) key, value FROM setting_version ORDER BY key, id DESC",
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

/** All versions, newest first, with the name of who set them (null: the product itself). */
export async function findSettingVersions(client?: PoolClient) {
  const { rows } = await (client ?? pool()).query<{
    id: number;
    key: string;
    value: unknown;
    setAt: Date;
    setBy: string | null;
    reason: string | null;
  }>(
    `SELECT v.id, v.key, v.value, v.set_at AS "setAt", u.name AS "setBy", v.reason
     FROM setting_version v LEFT JOIN app_user u ON u.id = v.set_by ORDER BY v.id DESC`,
  );
  return rows;
}

/** Until the transaction ends nobody else adds a version: what was compared still holds when it is written. */
export async function lockSettingVersions(client: PoolClient): Promise<void> {
  await client.query("LOCK TABLE setting_version IN SHARE ROW EXCLUSIVE MODE");
}

/** Whether any customer was ever imported. */
export async function hasAnyCustomer(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>("SELECT EXISTS (SELECT 1 FROM customer) AS found");
  return rows[0]?.found ?? false;
}

/** Adds a version of one setting. @returns its id. */
export async function insertSettingVersion(
  client: PoolClient,
  args: { key: string; value: unknown; setBy: number | null; reason: string | null },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    "INSERT INTO setting_version (key, value, set_by, reason) VALUES ($1, $2, $3, $4) RETURNING id",
    [args.key, JSON.stringify(args.value), args.setBy, args.reason],
  );
  return (rows[0] as { id: number }).id;
}
