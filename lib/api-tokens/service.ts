import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import {
  type ApiTokenGrant,
  type ApiTokenSummary,
  type CreateApiToken,
  CreateApiTokenSchema,
  type CreatedApiToken,
} from "./contract";
import { secretFromHeader, secretOf, shownPrefix, stateOf } from "./policy";
import {
  apiTokenExists,
  findApiTokenByHash,
  findApiTokens,
  insertApiToken,
  updateLastUsed,
  updateRevoked,
} from "./repository";

const LAST_USED_EVERY_MS = 60_000;

/**
 * Makes a token for files of one source. The secret is in the answer and nowhere else: only its hash is kept. The caller
 * has checked that `actor` is an admin.
 * @throws DomainError invalid_input where the expiry is not after `now`.
 * @throws ZodError where a field does not fit CreateApiTokenSchema.
 */
export async function createApiToken(args: CreateApiToken & { actor: Actor; now: Date }): Promise<CreatedApiToken> {
  const { actor, now, ...given } = args;
  const { name, source, expiresAt: expiry } = CreateApiTokenSchema.parse(given);
  const expiresAt = expiry === undefined ? null : new Date(expiry);
  if (expiresAt && expiresAt <= now)
    throw new DomainError("invalid_input", `expiresAt: expected a time to come, got ${expiry}`);
  const secret = secretOf(randomBytes(32));
  const prefix = shownPrefix(secret);
  const id = await inTransaction(async (client) => {
    const id = await insertApiToken(client, {
      name,
      source,
      prefix,
      secretHash: hashOf(secret),
      expiresAt,
      createdBy: actor.id,
    });
    const detail = { source, prefix, expiresAt: expiresAt?.toISOString() ?? null };
    await recordAudit(
      { actor, action: "api_token.create", subjectType: "api_token", subjectId: String(id), detail },
      client,
    );
    return id;
  });
  return { id, secret };
}

/** All tokens, newest first, revoked and expired ones too. */
export async function listApiTokens(now: Date): Promise<ApiTokenSummary[]> {
  return (await findApiTokens()).map((token) => ({
    id: token.id,
    name: token.name,
    source: token.source,
    prefix: token.prefix,
    state: stateOf(token, now),
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  }));
}

/**
 * Ends a token at once and for good; repeating it changes nothing. The caller has checked that `actor` is an admin.
 * @throws DomainError not_found where there is no such token.
 */
export async function revokeApiToken(args: { id: number; actor: Actor; now: Date }): Promise<void> {
  if (!(await apiTokenExists(args.id))) throw notFoundError();
  await inTransaction(async (client) => {
    if (!(await updateRevoked(client, args))) return;
    const entry = { action: "api_token.revoke", subjectType: "api_token", subjectId: String(args.id) };
    await recordAudit({ actor: args.actor, ...entry }, client);
  });
}

/**
 * What the bearer of an Authorization header may do; null for no header, a foreign, unknown, expired or revoked token
 * alike. The secret is looked up by its hash.
 */
export async function authenticateApiToken(header: string | null, now: Date): Promise<ApiTokenGrant | null> {
  const secret = secretFromHeader(header);
  const token = secret && (await findApiTokenByHash(hashOf(secret)));
  if (!token || stateOf(token, now) !== "active") return null;
  await updateLastUsed({ id: token.id, now, everyMs: LAST_USED_EVERY_MS });
  return { tokenId: token.id, source: token.source, name: token.name };
}

/** Of 32 random bytes a plain hash is enough: there is nothing to guess that a slow one would protect. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
