import { beforeAll, describe, expect, test } from "vitest";
import { firstBrokenAuditSeq, listAuditEvents } from "@/lib/audit/service";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { findAccount, verifyPassword } from "./credentials";
import { changeOwnPassword, createUser, listUsers, setUserActive } from "./service";

const SYSTEM = { id: null, label: "system" };
const PASSWORD = "harbour-lamp-42-violet";
const now = new Date("2026-11-22T12:00:00Z");
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
    await changeOwnPassword({ userId: id, currentPassword: PASSWORD, newPassword: "walnut-41-sailing-boat", now });
    const account = await findAccount(id);
    expect(account?.sessionEpoch).toBe(1);
    expect(await verifyPassword(account?.passwordHash ?? null, "walnut-41-sailing-boat")).toBe(true);
    expect(await verifyPassword(account?.passwordHash ?? null, PASSWORD)).toBe(false);
  });

  test.each([
    ["a wrong current password", "not-the-password", "walnut-41-sailing-boat", "refused"],
    ["the same password again", PASSWORD, PASSWORD, "invalid_input"],
    ["a weak new password", PASSWORD, "bbbbbbbbbbbbbbb", "invalid_input"],
  ])("refuses %s", async (_case, currentPassword, newPassword, code) => {
    await expect(changeOwnPassword({ userId: adminId, currentPassword, newPassword, now })).rejects.toMatchObject({
      code,
    });
  });
});

describe("setUserActive", () => {
  test("deactivates once, ends the sessions and shows in the list", async () => {
    const { id } = await make("leaver@techflow.example", "csm");
    const actor = { id: adminId, label: "ada@techflow.example" };
    await setUserActive({ id, active: false, actor, now });
    await setUserActive({ id, active: false, actor, now });
    expect((await findAccount(id))?.sessionEpoch).toBe(1);
    expect((await listUsers()).find((user) => user.id === id)?.deactivatedAt).toBe(now.toISOString());
    const { events } = await listAuditEvents({ beforeSeq: null, limit: 50 });
    expect(events.filter((event) => event.action === "user.deactivate" && event.subjectId === String(id))).toHaveLength(
      1,
    );
  });

  test("refuses oneself, the last administrator and an unknown account", async () => {
    const other = { id: 999_999, label: "other" };
    await expect(setUserActive({ id: adminId, active: false, actor: other, now })).rejects.toThrow(/last active admin/);
    const self = { id: adminId, label: "ada" };
    await expect(setUserActive({ id: adminId, active: false, actor: self, now })).rejects.toThrow(/your own/);
    await expect(setUserActive({ id: 12_345, active: false, actor: self, now })).rejects.toMatchObject({
      code: "not_found",
    });
  });
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
