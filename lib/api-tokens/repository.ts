import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";

const SUMMARY = {
  id: true,
  name: true,
  source: true,
  prefix: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

export async function insertApiToken(
  client: PoolClient,
  token: {
    name: string;
    source: string;
    prefix: string;
    secretHash: string;
    expiresAt: Date | null;
    createdBy: number | null;
  },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO api_token (name, source, prefix, secret_hash, expires_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [token.name, token.source, token.prefix, token.secretHash, token.expiresAt, token.createdBy],
  );
  return (rows[0] as { id: number }).id;
}

/** All tokens, newest first. */
export async function findApiTokens() {
  return prisma().apiToken.findMany({ select: SUMMARY, orderBy: { id: "desc" } });
}

export async function apiTokenExists(id: number): Promise<boolean> {
  return (await prisma().apiToken.count({ where: { id } })) === 1;
}

/** Of a hash, so that how long the look-up takes says nothing about the secret. */
export async function findApiTokenByHash(secretHash: string) {
  return prisma().apiToken.findUnique({ select: SUMMARY, where: { secretHash } });
}

/** @returns whether it was still in force. */
export async function updateRevoked(client: PoolClient, args: { id: number; now: Date }): Promise<boolean> {
  const { rowCount } = await client.query("UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", [
    args.id,
    args.now,
  ]);
  return rowCount === 1;
}

/** Notes a use, at most once in `everyMs`, so that a busy program does not write the row all the time. */
export async function updateLastUsed(args: { id: number; now: Date; everyMs: number }): Promise<void> {
  await pool().query(
    "UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)",
    [args.id, args.now, new Date(args.now.getTime() - args.everyMs)],
  );
}
