import { expect, test } from "vitest";
import { secretFromHeader, secretOf, shownPrefix, stateOf } from "./policy";

const secret = secretOf(Buffer.alloc(32, 251));
const now = new Date("2026-11-25T12:00:00Z");
const at = (time: string) => new Date(`2026-11-25T${time}Z`);

test.each<[string, string | null, string | null]>([
  ["a bearer token is taken", `Bearer ${secret}`, secret],
  ["the scheme is compared without case", `bearer  ${secret} `, secret],
  ["no header is nobody", null, null],
  ["another scheme is nobody", `Basic ${secret}`, null],
  ["a secret without its scheme is nobody", secret, null],
  ["a shortened secret is nobody", `Bearer ${secret.slice(0, -1)}`, null],
  ["two secrets are nobody", `Bearer ${secret} ${secret}`, null],
  ["characters outside the alphabet are nobody", `Bearer ${secret.slice(0, -1)}'`, null],
])("%s", (_rule, header, expected) => expect(secretFromHeader(header)).toBe(expected));

test("the shown prefix tells tokens apart and keeps the secret", () => {
  expect(shownPrefix(secret)).toHaveLength(10);
  expect(secret.startsWith(shownPrefix(secret))).toBe(true);
});

test.each([
  ["without an expiry it holds", null, null, "active"],
  ["it holds before its expiry", at("12:00:01"), null, "active"],
  ["at its expiry it has ended", at("12:00:00"), null, "expired"],
  ["a revoked token is revoked, expired or not", at("11:00:00"), at("10:00:00"), "revoked"],
])("%s", (_rule, expiresAt, revokedAt, expected) => expect(stateOf({ expiresAt, revokedAt }, now)).toBe(expected));
