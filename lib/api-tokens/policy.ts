import type { ApiTokenState } from "./contract";

const SECRET_PREFIX = "tdl_";
/** 32 random bytes in base64url are 43 characters. */
const SECRET_PATTERN = /^tdl_[A-Za-z0-9_-]{43}$/;
/** Enough to tell tokens apart, far too little to guess the rest. */
const SHOWN_CHARACTERS = 10;

/** The secret that stands for 32 random bytes. */
export function secretOf(random: Buffer): string {
  return SECRET_PREFIX + random.toString("base64url");
}

export function shownPrefix(secret: string): string {
  return secret.slice(0, SHOWN_CHARACTERS);
}

/** The secret of "Authorization: Bearer tdl_…"; null for anything that cannot be one of ours. */
export function secretFromHeader(header: string | null): string | null {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  return given && SECRET_PATTERN.test(given) ? given : null;
}

/** Revoked goes before expired; a token holds before its expiry, not at it. */
export function stateOf(token: { expiresAt: Date | null; revokedAt: Date | null }, now: Date): ApiTokenState {
  if (token.revokedAt) return "revoked";
  return token.expiresAt && token.expiresAt <= now ? "expired" : "active";
}
