import { beforeAll, expect, test } from "vitest";
import { listAuditEvents } from "@/lib/audit/service";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { authenticateApiToken, createApiToken, listApiTokens, revokeApiToken } from "./service";

const actor = { id: null, label: "system" };
const now = new Date("2026-11-25T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

beforeAll(async () => {
  await createTestDatabase();
});

const make = (expiresAt?: string) => createApiToken({ name: "Weekly", source: "billing", expiresAt, actor, now });
const summaryOf = async (id: number) => (await listApiTokens(now)).find((token) => token.id === id);

test("the bearer of a token may send files of its source", async () => {
  const { id, secret } = await make();
  const grant = await authenticateApiToken(`Bearer ${secret}`, now);
  expect(grant).toEqual({ tokenId: id, source: "billing", name: "Weekly" });
});

test("neither the database nor the audit holds a secret, only its hash and its first characters", async () => {
  const { id, secret } = await make();
  const { rows } = await pool().query("SELECT row_to_json(t)::text AS row FROM api_token t WHERE id = $1", [id]);
  const { events } = await listAuditEvents({ beforeSeq: null, limit: 10 });
  expect(events[0]).toMatchObject({ action: "api_token.create", subjectId: String(id) });
  for (const kept of [rows[0].row as string, JSON.stringify(events)]) {
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.slice(10));
    expect(kept).toContain(secret.slice(0, 10));
  }
});

test("unknown, expired and revoked tokens are nobody alike", async () => {
  const expiring = await make("2026-11-25T13:00:00+00:00");
  expect(await authenticateApiToken(`Bearer ${expiring.secret}`, later(3599))).not.toBeNull();
  expect(await authenticateApiToken(`Bearer ${expiring.secret}`, later(3600))).toBeNull();
  const revoked = await make();
  await revokeApiToken({ id: revoked.id, actor, now });
  expect(await authenticateApiToken(`Bearer ${revoked.secret}`, now)).toBeNull();
  const unknown = `tdl_${"A".repeat(43)}`;
  expect(await authenticateApiToken(`Bearer ${unknown}`, now)).toBeNull();
  expect(await authenticateApiToken(null, now)).toBeNull();
});

test("an expiry that has passed is refused", async () => {
  await expect(make("2026-11-25T12:00:00Z")).rejects.toMatchObject({ code: "invalid_input" });
});

test("the last use is noted at most once a minute", async () => {
  const { id, secret } = await make();
  expect((await summaryOf(id))?.lastUsedAt).toBeNull();
  for (const [after, noted] of [
    [0, 0],
    [59, 0],
    [60, 60],
  ] as const) {
    await authenticateApiToken(`Bearer ${secret}`, later(after));
    expect((await summaryOf(id))?.lastUsedAt).toBe(later(noted).toISOString());
  }
});

test("revoking again changes nothing, and of no token is not found", async () => {
  const { id } = await make();
  await revokeApiToken({ id, actor, now });
  await revokeApiToken({ id, actor, now: later(60) });
  expect((await summaryOf(id))?.revokedAt).toBe(now.toISOString());
  const { events } = await listAuditEvents({ beforeSeq: null, limit: 100 });
  const revocations = events.filter((event) => event.action === "api_token.revoke" && event.subjectId === String(id));
  expect(revocations).toHaveLength(1);
  await expect(revokeApiToken({ id: 999_999, actor, now })).rejects.toMatchObject({ code: "not_found" });
});
