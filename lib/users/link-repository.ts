import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { LinkPurpose } from "./contract";

export type LinkRow = {
  userId: number;
  purpose: LinkPurpose;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
  name: string;
  email: string;
  role: string;
  deactivatedAt: Date | null;
  makerName: string | null;
  makerEmail: string | null;
};

/** The link of a hash, whatever its state, with whom it is for and who made it. */
export async function findLinkByHash(secretHash: string): Promise<LinkRow | null> {
  const { rows } = await pool().query<LinkRow>(
    `SELECT l.user_id AS "userId", l.purpose, l.expires_at AS "expiresAt", l.used_at AS "usedAt", l.revoked_at AS "revokedAt",
       u.name, u.email, u.role, u.deactivated_at AS "deactivatedAt", m.name AS "makerName", m.email AS "makerEmail"
     FROM account_link l JOIN app_user u ON u.id = l.user_id LEFT JOIN app_user m ON m.id = l.created_by
     WHERE l.secret_hash = $1`,
    [secretHash],
  );
  return rows[0] ?? null;
}

/** The account must be locked, or made in this transaction, and have no open link. */
export async function insertLink(
  client: PoolClient,
  link: {
    userId: number;
    purpose: LinkPurpose;
    secretHash: string;
    createdBy: number | null;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO account_link (user_id, purpose, secret_hash, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [link.userId, link.purpose, link.secretHash, link.createdBy, link.createdAt, link.expiresAt],
  );
}

/** Revokes the account's open link. @returns whether there was one. */
export async function revokeOpenLink(client: PoolClient, args: { userId: number; now: Date }): Promise<boolean> {
  const { rowCount } = await client.query(
    "UPDATE account_link SET revoked_at = $2 WHERE user_id = $1 AND used_at IS NULL AND revoked_at IS NULL",
    [args.userId, args.now],
  );
  return rowCount === 1;
}

/** Uses a link up, if it still holds. @returns whether it did. */
export async function spendLink(client: PoolClient, args: { secretHash: string; now: Date }): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE account_link SET used_at = $2
     WHERE secret_hash = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2`,
    [args.secretHash, args.now],
  );
  return rowCount === 1;
}
