import { describe, expect, test } from "vitest";
import { expiryOf, hashOfSecret, isSecret, linkHolds, purposeFor, secretOf } from "./link-policy";

const now = new Date("2026-11-22T12:00:00Z");
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

describe("linkHolds", () => {
  const open = { usedAt: null, revokedAt: null, deactivatedAt: null, expiresAt: after };
  test.each([
    ["an open link holds", open, true],
    ["at its expiry it holds no more", { ...open, expiresAt: now }, false],
    ["used it does not hold", { ...open, usedAt: before }, false],
    ["revoked it does not hold", { ...open, revokedAt: before }, false],
    ["nor where its account is deactivated", { ...open, deactivatedAt: before }, false],
  ])("%s", (_rule, link, holds) => {
    expect(linkHolds(link, now)).toBe(holds);
  });
});

test("an invitation holds for a week, a reset for a day, counted in hours and not by the calendar", () => {
  expect(expiryOf("invite", now).toISOString()).toBe("2026-11-29T12:00:00.000Z");
  expect(expiryOf("reset", now).toISOString()).toBe("2026-11-23T12:00:00.000Z");
});

test("an account that never had a password is invited, another one reset", () => {
  expect(purposeFor({ passwordHash: null })).toBe("invite");
  expect(purposeFor({ passwordHash: "$argon2id$…" })).toBe("reset");
});

describe("secrets", () => {
  test("of 32 bytes are recognised, and hashed by SHA-256 (its published value for abc)", () => {
    const secret = secretOf(Buffer.alloc(32, 251));
    expect(isSecret(secret)).toBe(true);
    expect(hashOfSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  test.each(["", "abc", `${"A".repeat(43)}=`, `${"A".repeat(42)}/`, "A".repeat(44)])("%j is none", (text) => {
    expect(isSecret(text)).toBe(false);
  });
});
