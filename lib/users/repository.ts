import type { PoolClient } from "pg";
import { prisma } from "@/lib/db/prisma";
import type { Role } from "./contract";

const SUMMARY = {
  id: true,
  email: true,
  name: true,
  role: true,
  createdAt: true,
  passwordChangedAt: true,
  deactivatedAt: true,
} as const;

export type UserRow = {
  id: number;
  email: string;
  name: string;
  role: string;
  createdAt: Date;
  passwordChangedAt: Date | null;
  deactivatedAt: Date | null;
};

export type CredentialsRow = {
  id: number;
  email: string;
  name: string;
  role: string;
  passwordHash: string;
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

export async function findUsers(): Promise<UserRow[]> {
  return prisma().appUser.findMany({ select: SUMMARY, orderBy: [{ name: "asc" }, { id: "asc" }] });
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
  user: { email: string; name: string; role: Role; passwordHash: string },
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

/** Admins who can sign in, locked until commit so that two cannot deactivate each other at once. */
export async function lockActiveAdminIds(client: PoolClient): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    "SELECT id FROM app_user WHERE role = 'admin' AND deactivated_at IS NULL ORDER BY id FOR UPDATE",
  );
  return rows.map((row) => row.id);
}
