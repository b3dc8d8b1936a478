import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { LinkPurpose, Role } from "./contract";

export type UserRow = {
  id: number;
  email: string;
  name: string;
  role: string;
  createdAt: Date;
  passwordChangedAt: Date | null;
  deactivatedAt: Date | null;
  hasPassword: boolean;
  lastSignInAt: Date | null;
  linkPurpose: LinkPurpose | null;
  linkExpiresAt: Date | null;
};

export type CredentialsRow = {
  id: number;
  email: string;
  name: string;
  role: string;
  /** null: invited, no password yet */
  passwordHash: string | null;
  sessionEpoch: number;
  deactivatedAt: Date | null;
};

const CREDENTIALS = {
  id: true,
  email: true,
  name: true,
  role: true,
  passwordHash: true,
  sessionEpoch: true,
  deactivatedAt: true,
} as const;

/** All accounts by name, or the one with the id `onlyId`. */
export async function findUsers(onlyId: number | null): Promise<UserRow[]> {
  const { rows } = await pool().query<UserRow>(
    `SELECT u.id, u.email, u.name, u.role, u.created_at AS "createdAt", u.password_changed_at AS "passwordChangedAt",
       u.deactivated_at AS "deactivatedAt", u.password_hash IS NOT NULL AS "hasPassword", s.at AS "lastSignInAt",
       l.purpose AS "linkPurpose", l.expires_at AS "linkExpiresAt"
     FROM app_user u
     LEFT JOIN account_link l ON l.user_id = u.id AND l.used_at IS NULL AND l.revoked_at IS NULL
     LEFT JOIN LATERAL (SELECT max(a.at) AS at FROM audit_event a
       WHERE a.subject_type = 'user' AND a.subject_id = u.id::text AND a.action = 'user.sign_in') s ON true
     WHERE $1::int IS NULL OR u.id = $1
     ORDER BY lower(u.name), u.id`,
    [onlyId],
  );
  return rows;
}

/** `email` as stored: lower case. */
export async function findCredentialsByEmail(email: string): Promise<CredentialsRow | null> {
  return prisma().appUser.findUnique({ select: CREDENTIALS, where: { email } });
}

export async function findCredentialsById(id: number): Promise<CredentialsRow | null> {
  return prisma().appUser.findUnique({ select: CREDENTIALS, where: { id } });
}

/** @returns the new id, or null where the e-mail address is taken. */
export async function insertUser(
  client: PoolClient,
  user: { email: string; name: string; role: Role; passwordHash: string | null },
): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO app_user (email, name, role, password_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [user.email, user.name, user.role, user.passwordHash],
  );
  return rows[0]?.id ?? null;
}

/** Stores the hash and ends all sessions, if the hash is still the one that was checked. @returns whether it was. */
export async function updatePassword(
  client: PoolClient,
  args: { id: number; from: string; to: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE app_user SET password_hash = $3, password_changed_at = $4, session_epoch = session_epoch + 1
     WHERE id = $1 AND password_hash = $2 AND deactivated_at IS NULL`,
    [args.id, args.from, args.to, args.now],
  );
  return rowCount === 1;
}

/** Ends all sessions with it. @returns whether the state changed. */
export async function updateDeactivation(
  client: PoolClient,
  args: { id: number; deactivatedAt: Date | null },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE app_user SET deactivated_at = $2, session_epoch = session_epoch + 1
     WHERE id = $1 AND (deactivated_at IS NULL) <> ($2::timestamptz IS NULL)`,
    [args.id, args.deactivatedAt],
  );
  return rowCount === 1;
}

/** Sets a password, whatever stood before, and ends all sessions. The account must be locked. */
export async function replacePassword(
  client: PoolClient,
  args: { id: number; passwordHash: string; now: Date },
): Promise<void> {
  await client.query(
    `UPDATE app_user SET password_hash = $2, password_changed_at = $3, session_epoch = session_epoch + 1 WHERE id = $1`,
    [args.id, args.passwordHash, args.now],
  );
}

/** Every session that began before this ends with it. */
export async function raiseSessionEpoch(client: PoolClient, id: number): Promise<void> {
  await client.query("UPDATE app_user SET session_epoch = session_epoch + 1 WHERE id = $1", [id]);
}

/** The account must be locked. */
export async function updateNameAndRole(
  client: PoolClient,
  args: { id: number; name: string; role: string },
): Promise<void> {
  await client.query("UPDATE app_user SET name = $2, role = $3 WHERE id = $1", [args.id, args.name, args.role]);
}

/**
 * The account, locked until commit; null where there is none. Rows that refer to it, such as those of owners, can be
 * written meanwhile by others.
 */
export async function lockAccount(client: PoolClient, id: number): Promise<CredentialsRow | null> {
  const { rows } = await client.query<CredentialsRow>(
    `SELECT id, email, name, role, password_hash AS "passwordHash", session_epoch AS "sessionEpoch", deactivated_at AS "deactivatedAt"
     FROM app_user WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Admins who can sign in, locked until commit so that two cannot take each other's access at once. Whoever changes an
 * account's access locks these first and the account after them, always in this order.
 */
export async function lockActiveAdminIds(client: PoolClient): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT id FROM app_user WHERE role = 'admin' AND deactivated_at IS NULL AND password_hash IS NOT NULL
     ORDER BY id FOR NO KEY UPDATE`,
  );
  return rows.map((row) => row.id);
}
