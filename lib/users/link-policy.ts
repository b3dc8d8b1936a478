import { createHash } from "node:crypto";
import type { LinkPurpose } from "./contract";
import { LINK_HOURS } from "./link-contract";

/** 32 random bytes in base64url. */
const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** @param random 32 random bytes */
export function secretOf(random: Buffer): string {
  return random.toString("base64url");
}

export function isSecret(text: string): boolean {
  return SECRET_PATTERN.test(text);
}

/** Of 32 random bytes a plain hash is enough: there is nothing to guess that a slow one would protect. */
export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** An account that never had a password is invited; any other gets a reset. */
export function purposeFor(account: { passwordHash: string | null }): LinkPurpose {
  return account.passwordHash === null ? "invite" : "reset";
}

export function expiryOf(purpose: LinkPurpose, now: Date): Date {
  return new Date(now.getTime() + LINK_HOURS[purpose] * 3_600_000);
}

/** Whether a link still opens its account: it holds before its expiry, not at it. */
export function linkHolds(
  link: { usedAt: Date | null; revokedAt: Date | null; expiresAt: Date; deactivatedAt: Date | null },
  now: Date,
): boolean {
  return link.usedAt === null && link.revokedAt === null && link.deactivatedAt === null && now < link.expiresAt;
}
