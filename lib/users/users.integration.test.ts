import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/audit/contract";
import { firstBrokenAuditSeq, listAuditEvents } from "@/lib/audit/service";
import { ACCOUNT_FAILURES_MAX } from "@/lib/auth/policy";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeUser } from "./access-service";
import { findAccount, verifyPassword } from "./credentials";
import { inviteUser } from "./link-service";
import { changeOwnPassword, createUser, endSessions, findUser, listUsers } from "./service";
import { meetAtAccounts } from "./testing/meet-at-accounts";

const SYSTEM = { id: null, label: "system" };
const PASSWORD = "harbour-lamp-42-violet";
const now = new Date("2026-11-22T12:00:00Z");
const HERE = "192.0.2.7";
let adminId: number;

beforeAll(async () => {
  await createTestDatabase();
  adminId = (await make("ada@techflow.example", "admin")).id;
});

describe("createUser", () => {
  test("stores the address in lower case and no password", async () => {
    const { id } = await createUser({
      email: " New.Person@TechFlow.Example ",
      name: "New Person",
      role: "csm",
      password: PASSWORD,
      actor: SYSTEM,
    });
    const account = await findAccount(id);
    expect(account?.email).toBe("new.person@techflow.example");
    expect(account?.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test("refuses an address that is taken, whatever its case", async () => {
    await expect(make("ADA@techflow.example", "csm")).rejects.toMatchObject({ code: "conflict" });
  });

  test("refuses a weak password", async () => {
    const weak = { email: "w@techflow.example", name: "W", role: "csm" as const, actor: SYSTEM };
    await expect(createUser({ ...weak, password: "short" })).rejects.toThrow(/at least 12/);
    await expect(createUser({ ...weak, password: "aaaaaaaaaaaaaa" })).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("changeOwnPassword", () => {
  test("takes the new password and ends all sessions", async () => {
    const { id } = await make("change@techflow.example", "csm");
    await changeOwnPassword({
      userId: id,
      address: HERE,
      currentPassword: PASSWORD,
      newPassword: "walnut-41-sailing-boat",
      now,
    });
    const account = await findAccount(id);
    expect(account?.sessionEpoch).toBe(1);
    expect(await verifyPassword(account?.passwordHash ?? null, "walnut-41-sailing-boat")).toBe(true);
    expect(await verifyPassword(account?.passwordHash ?? null, PASSWORD)).toBe(false);
  });

  test("does not let the current password be guessed: after too many wrong ones the right one is refused too", async () => {
    const { id } = await make("guessed@techflow.example", "csm");
    const change = (currentPassword: string) =>
      changeOwnPassword({ userId: id, address: HERE, currentPassword, newPassword: "walnut-41-sailing-boat", now });
    for (let failure = 0; failure < ACCOUNT_FAILURES_MAX; failure++)
      await expect(change(`wrong ${failure}`)).rejects.toMatchObject({ code: "refused" });
    await expect(change(PASSWORD)).rejects.toMatchObject({ code: "too_many_attempts" });
    expect((await findAccount(id))?.sessionEpoch).toBe(0);
  });

  test.each([
    ["a wrong current password", "not-the-password", "walnut-41-sailing-boat", "refused"],
    ["the same password again", PASSWORD, PASSWORD, "invalid_input"],
    ["a weak new password", PASSWORD, "bbbbbbbbbbbbbbb", "invalid_input"],
  ])("refuses %s", async (_case, currentPassword, newPassword, code) => {
    await expect(
      changeOwnPassword({ userId: adminId, address: HERE, currentPassword, newPassword, now }),
    ).rejects.toMatchObject({
      code,
    });
  });
});

describe("changeUser", () => {
  const system = SYSTEM;

  test("deactivates once, ends the sessions and shows in the list", async () => {
    const { id } = await make("leaver@techflow.example", "csm");
    await changeUser({ id, change: { active: false }, actor: system, now });
    await changeUser({ id, change: { active: false }, actor: system, now });
    expect((await findAccount(id))?.sessionEpoch).toBe(1);
    expect((await listUsers(now)).find((user) => user.id === id)).toMatchObject({
      state: "deactivated",
      deactivatedAt: now.toISOString(),
    });
    expect(await auditedActions(id)).toEqual(["user.deactivate", "user.create"]);
  });

  test("changes name and role with both in the audit, and notes nothing where nothing changes", async () => {
    const { id } = await make("mover@techflow.example", "csm");
    await changeUser({ id, change: { name: "New Name", role: "vp" }, actor: system, now });
    await changeUser({ id, change: { name: "New Name", role: "vp" }, actor: system, now });
    expect(await findUser(id, now)).toMatchObject({ name: "New Name", role: "vp", state: "active" });
    expect(await auditedActions(id)).toEqual(["user.change_role", "user.rename", "user.create"]);
  });

  test("refuses one's own access, the last administrator and an unknown account", async () => {
    const self = { id: adminId, label: "ada" };
    const other = { id: 999_999, label: "other" };
    const last = /last active administrator/;
    await expect(changeUser({ id: adminId, change: { active: false }, actor: other, now })).rejects.toThrow(last);
    await expect(changeUser({ id: adminId, change: { role: "vp" }, actor: other, now })).rejects.toThrow(last);
    await expect(changeUser({ id: adminId, change: { active: false }, actor: self, now })).rejects.toThrow(/your own/);
    await expect(changeUser({ id: 12_345, change: { active: false }, actor: self, now })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await findUser(adminId, now)).toMatchObject({ role: "admin", state: "active" });
  });

  test("an administrator who was only invited cannot stand in for the last one", async () => {
    await inviteUser({ email: "soon@techflow.example", name: "Soon", role: "admin", actor: system, now });
    await expect(changeUser({ id: adminId, change: { active: false }, actor: system, now })).rejects.toThrow(/last/);
  });

  test.each([
    ["deactivate", { active: false }],
    ["demote", { role: "csm" as const }],
  ])("two administrators who %s each other at once: one of them stays", async (_verb, change) => {
    const pair = await Promise.all(["x", "y"].map((who) => make(`${who}-${_verb}@techflow.example`, "admin")));
    const [x, y] = pair.map(({ id }) => ({ id, label: String(id) })) as [
      Actor & { id: number },
      Actor & { id: number },
    ];
    await setAside(adminId, async () => {
      const results = await meetAtAccounts(() => [
        changeUser({ id: y.id, change, actor: x, now }),
        changeUser({ id: x.id, change, actor: y, now }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    });
    for (const { id } of pair) await changeUser({ id, change: { active: false }, actor: system, now });
  });
});

test("ending sessions raises the epoch each time and is audited", async () => {
  const { id } = await make("sessions@techflow.example", "csm");
  await endSessions({ id, actor: SYSTEM });
  expect((await findAccount(id))?.sessionEpoch).toBe(1);
  expect(await auditedActions(id)).toEqual(["user.end_sessions", "user.create"]);
  await expect(endSessions({ id: 12_345, actor: SYSTEM })).rejects.toMatchObject({ code: "not_found" });
});

test("every change is in the audit, whose chain is whole, and pages do not overlap", async () => {
  expect(await firstBrokenAuditSeq()).toBeNull();
  const first = await listAuditEvents({ beforeSeq: null, limit: 3 });
  const second = await listAuditEvents({ beforeSeq: first.next, limit: 3 });
  expect(first.events).toHaveLength(3);
  expect(second.events[0]?.seq).toBe((first.events[2]?.seq ?? 0) - 1);
});

async function make(email: string, role: "csm" | "admin"): Promise<{ id: number }> {
  return createUser({ email, name: "Someone Else", role, password: PASSWORD, actor: SYSTEM });
}

/** What the audit says of an account, newest first. */
async function auditedActions(id: number): Promise<string[]> {
  const { events } = await listAuditEvents({ beforeSeq: null, limit: 100 });
  return events.filter((event) => event.subjectType === "user" && event.subjectId === String(id)).map((e) => e.action);
}

/** Runs `work` while the account is, past all rules, no administrator. */
async function setAside(id: number, work: () => Promise<void>): Promise<void> {
  await pool().query("UPDATE app_user SET role = 'csm' WHERE id = $1", [id]);
  await work();
  await pool().query("UPDATE app_user SET role = 'admin' WHERE id = $1", [id]);
}
