import { createHash, createHmac } from "node:crypto";

/** The secret text that user ids of usage events are hashed with; undefined where none is configured. */
export function configuredSalt(): string | undefined {
  const { TIDELINE_USAGE_SALT, NEXTAUTH_SECRET } = process.env;
  if (TIDELINE_USAGE_SALT) return TIDELINE_USAGE_SALT;
  return NEXTAUTH_SECRET && createHmac("sha256", NEXTAUTH_SECRET).update("usage-salt").digest("hex");
}

/** What stands in place of a user's id: events of one user can be told together, not who it is. */
export function userKey(salt: string, userId: Buffer | string): string {
  return createHash("sha256").update(`${salt}\0`).update(userId).digest("base64url").slice(0, 22);
}
