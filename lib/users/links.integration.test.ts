import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAuditEvents } from "@/lib/audit/service";
import { ACCOUNT_FAILURES_MAX } from "@/lib/auth/policy";
import { signIn } from "@/lib/auth/sign-in";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeUser } from "./access-service";
import { findAccount } from "./credentials";
import { findAccountLink, followAccountLink, inviteUser, makeAccountLink, revokeAccountLink } from "./link-service";
import { changeOwnPassword, createUser, findUser } from "./service";
import { meetAtAccounts } from "./testing/meet-at-accounts";

const PASSWORD = "harbour-lamp-42-violet";
const OTHER_PASSWORD = "walnut-41-sailing-boat";
const now = new Date("2026-11-22T12:00:00Z");
const HERE = "192.0.2.7";
let ada: { id: number; label: string };
let person = 0;

beforeAll(async () => {
  await createTestDatabase();
  const admin = { email: "ada@techflow.example", name: "Ada Admin", role: "admin" as const, password: PASSWORD };
  const { id } = await createUser({ ...admin, actor: { id: null, label: "system" } });
  ada = { id, label: admin.email };
});

beforeEach(async () => {
  await pool().query("DELETE FROM sign_in_attempt");
});

describe("inviteUser", () => {
  test("makes an account that cannot sign in, and a link whose secret is not stored", async () => {
    const { id, link, email } = await invite();
    expect(await signIn({ email, password: PASSWORD, address: HERE })).toEqual({ status: "wrong" });
    expect(await findUser(id, now)).toMatchObject({ state: "invited", link: { purpose: "invite", expired: false } });
    const { rows } = await pool().query(
      "SELECT l::text AS row FROM account_link l UNION ALL SELECT e::text FROM audit_event e",
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(link.secret);
  });

  test("refuses an address that has an account", async () => {
    const { email } = await invite();
    const again = { email: email.toUpperCase(), name: "Twice", role: "csm" as const };
    await expect(inviteUser({ ...again, actor: ada, now })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a link that holds", () => {
  test("tells who invites whom to what, as often as it is looked at", async () => {
    const { link, email } = await invite();
    const look = () => findAccountLink({ secret: link.secret, address: HERE, now });
    expect(await look()).toMatchObject({
      purpose: "invite",
      email,
      role: "csm",
      madeBy: { name: "Ada Admin", email: "ada@techflow.example" },
    });
    for (let time = 0; time < ACCOUNT_FAILURES_MAX + 1; time++) await look();
    expect(await look()).not.toBeNull();
  });

  test("sets a password with which its person signs in, once", async () => {
    const { id, link, email } = await invite();
    await follow(link.secret);
    expect(await signIn({ email, password: PASSWORD, address: HERE })).toMatchObject({
      status: "signed_in",
      userId: id,
    });
    expect(await findUser(id, now)).toMatchObject({
      state: "active",
      link: null,
      passwordChangedAt: now.toISOString(),
    });
    await expect(follow(link.secret, OTHER_PASSWORD)).rejects.toMatchObject({ code: "not_found" });
    expect(await signIn({ email, password: OTHER_PASSWORD, address: HERE })).toEqual({ status: "wrong" });
    expect(await auditedActions(id)).toEqual(["user.sign_in", "user.accept_invitation", "user.invite"]);
  });

  test("followed by two at once is followed by one", async () => {
    const { link } = await invite();
    const results = await meetAtAccounts(() => [follow(link.secret), follow(link.secret, OTHER_PASSWORD)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("stays open after a weak password, which does not count as a failed attempt", async () => {
    const { link } = await invite();
    for (let time = 0; time < ACCOUNT_FAILURES_MAX + 1; time++)
      await expect(follow(link.secret, "aaaaaaaaaaaaaaa")).rejects.toMatchObject({ code: "invalid_input" });
    await follow(link.secret);
  });
});

describe("links that do not work are alike", () => {
  test.each([
    [
      "used",
      async () => {
        const { link } = await invite();
        await follow(link.secret);
        return link.secret;
      },
    ],
    [
      "expired",
      async () => {
        const { id, link } = await invite();
        await pool().query("UPDATE account_link SET expires_at = $2 WHERE user_id = $1", [id, now]);
        return link.secret;
      },
    ],
    [
      "revoked",
      async () => {
        const { id, link } = await invite();
        await revokeAccountLink({ id, actor: ada, now });
        await revokeAccountLink({ id, actor: ada, now });
        return link.secret;
      },
    ],
    [
      "replaced by a newer one",
      async () => {
        const { id, link } = await invite();
        await makeAccountLink({ id, actor: ada, now });
        return link.secret;
      },
    ],
    [
      "of an account that was deactivated",
      async () => {
        const { id, link } = await invite();
        await changeUser({ id, change: { active: false }, actor: ada, now });
        await changeUser({ id, change: { active: true }, actor: ada, now });
        return link.secret;
      },
    ],
    ["unknown", async () => "A".repeat(43)],
    ["nonsense", async () => "../../etc"],
  ])("%s", async (_state, makeSecret) => {
    const secret = await makeSecret();
    expect(await findAccountLink({ secret, address: HERE, now })).toBeNull();
    await expect(follow(secret)).rejects.toMatchObject({
      code: "not_found",
      message: "This link does not work, or does not work any more. Ask an administrator for a new one.",
    });
  });
});

describe("a reset", () => {
  test("is short, keeps the old password until it is followed, then ends every session", async () => {
    const { id, email } = await activePerson();
    const link = await makeAccountLink({ id, actor: ada, now });
    expect(link).toMatchObject({ purpose: "reset", expiresAt: "2026-11-23T12:00:00.000Z" });
    expect(await signIn({ email, password: PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
    const before = (await findAccount(id))?.sessionEpoch as number;
    await follow(link.secret, OTHER_PASSWORD);
    expect((await findAccount(id))?.sessionEpoch).toBe(before + 1);
    expect(await signIn({ email, password: PASSWORD, address: HERE })).toEqual({ status: "wrong" });
    expect(await signIn({ email, password: OTHER_PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
  });

  test("is revoked when the person changes the password without it", async () => {
    const { id } = await activePerson();
    const link = await makeAccountLink({ id, actor: ada, now });
    await changeOwnPassword({ userId: id, address: HERE, currentPassword: PASSWORD, newPassword: OTHER_PASSWORD, now });
    expect(await findAccountLink({ secret: link.secret, address: HERE, now })).toBeNull();
  });

  test("is refused for a deactivated account, for oneself, and for nobody", async () => {
    const { id } = await activePerson();
    await changeUser({ id, change: { active: false }, actor: ada, now });
    await expect(makeAccountLink({ id, actor: ada, now })).rejects.toMatchObject({ code: "refused" });
    await expect(makeAccountLink({ id: ada.id, actor: ada, now })).rejects.toMatchObject({ code: "refused" });
    await expect(makeAccountLink({ id: 12_345, actor: ada, now })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeAccountLink({ id: 12_345, actor: ada, now })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("guessing is limited like signing in, after which a link that holds is not looked at either", async () => {
  await pool().query("INSERT INTO sign_in_attempt (key, succeeded) SELECT $1, false FROM generate_series(1, 50)", [
    `address:${HERE}`,
  ]);
  const { link } = await invite();
  expect(await findAccountLink({ secret: link.secret, address: HERE, now })).toBeNull();
  await expect(follow(link.secret)).rejects.toMatchObject({ code: "too_many_attempts" });
  expect(await findAccountLink({ secret: link.secret, address: "198.51.100.1", now })).not.toBeNull();
});

test("ten links made at once for one person leave one that works", async () => {
  const { id } = await activePerson();
  const links = await Promise.all(Array.from({ length: 10 }, () => makeAccountLink({ id, actor: ada, now })));
  const views = await Promise.all(links.map(({ secret }) => findAccountLink({ secret, address: HERE, now })));
  expect(views.filter((view) => view !== null)).toHaveLength(1);
});

async function invite() {
  person += 1;
  const email = `person-${person}@techflow.example`;
  const made = await inviteUser({ email, name: `Number ${person} Someone`, role: "csm", actor: ada, now });
  return { ...made, email };
}

async function activePerson() {
  const made = await invite();
  await follow(made.link.secret);
  return made;
}

async function follow(secret: string, password = PASSWORD): Promise<void> {
  await followAccountLink({ secret, password, address: HERE, now });
}

async function auditedActions(id: number): Promise<string[]> {
  const { events } = await listAuditEvents({ beforeSeq: null, limit: 100 });
  return events.filter((event) => event.subjectType === "user" && event.subjectId === String(id)).map((e) => e.action);
}
