import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { importDirectory } from "@/lib/ingest/service";
import { changeUser, handOver } from "@/lib/users/access-service";
import { inviteUser } from "@/lib/users/link-service";
import { meetAtAccounts } from "@/lib/users/testing/meet-at-accounts";
import { countOwnedCustomers, giveAwaitedCustomers, listAwaitedOwners, withAwaitedCustomers } from "./service";

const SYSTEM = { id: null, label: "system" };
const now = new Date("2026-11-22T12:00:00Z");
let directory: string;

beforeAll(async () => {
  await createTestDatabase();
  directory = await mkdtemp(path.join(tmpdir(), "owners-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

beforeEach(async () => {
  await pool().query(
    "TRUNCATE customer, customer_version, customer_owner, awaited_owner, account_link, app_user CASCADE",
  );
});

describe("customers of somebody who is no user yet", () => {
  test("wait, the most awaited first, and are that person's from the invitation on", async () => {
    await importOwners({ c1: "lena@x.example", c2: "Lena@x.example", c3: "omar@x.example", c4: "" });
    expect(await listAwaitedOwners()).toEqual([
      { email: "lena@x.example", customers: 2, accountId: null },
      { email: "omar@x.example", customers: 1, accountId: null },
    ]);
    const lena = await invite("lena@x.example");
    expect(await listAwaitedOwners()).toEqual([{ email: "omar@x.example", customers: 1, accountId: null }]);
    expect(await ownersNow()).toEqual({ c1: lena, c2: lena });
    expect(await detailOf("user.invite", lena)).toMatchObject({ customers: 2 });
  });

  test("keep their owner meanwhile, who stays in the history", async () => {
    const ann = await invite("ann@x.example");
    await importOwners({ c1: "ann@x.example" });
    await importOwners({ c1: "lena@x.example" });
    expect(await ownersNow()).toEqual({ c1: ann });
    const lena = await invite("lena@x.example");
    expect(await history("c1")).toEqual([ann, lena]);
  });

  test("wait for a deactivated account too, until it is active again", async () => {
    const lena = await invite("lena@x.example");
    await changeUser({ id: lena, change: { active: false }, actor: SYSTEM, now });
    await importOwners({ c1: "lena@x.example" });
    expect(await listAwaitedOwners()).toEqual([{ email: "lena@x.example", customers: 1, accountId: lena }]);
    await changeUser({ id: lena, change: { active: true }, actor: SYSTEM, now });
    expect(await ownersNow()).toEqual({ c1: lena });
    expect(await detailOf("user.own_awaited", lena)).toEqual({ customers: 1 });
  });

  test("are not taken from whom they were handed over to", async () => {
    const [ann, bob] = [await invite("ann@x.example"), await invite("bob@x.example")];
    await importOwners({ c1: "ann@x.example" });
    await importOwners({ c1: "lena@x.example" });
    await handOver({ id: ann, to: { toId: bob }, actor: SYSTEM, now });
    await invite("lena@x.example");
    expect(await ownersNow()).toEqual({ c1: bob });
  });

  test("are not lost where the account was made while the import ran", async () => {
    await importOwners({ c1: "" });
    const importing = await pool().connect();
    await importing.query("BEGIN");
    await importing.query(
      "INSERT INTO awaited_owner (customer_id, email, import_id, named_at) SELECT id, 'lena@x.example', 1, now() FROM customer",
    );
    const lena = await invite("lena@x.example");
    await importing.query("COMMIT");
    importing.release();
    expect(await ownersNow()).toEqual({});
    expect(await giveAwaitedCustomers({ now, actorId: null })).toBe(1);
    expect(await ownersNow()).toEqual({ c1: lena });
  });

  test("an import that ends waits for an account that is being made, and finds it", async () => {
    await importOwners({ c1: "lena@x.example" });
    const making = await pool().connect();
    let given: Promise<number>;
    try {
      await making.query("BEGIN");
      await withAwaitedCustomers(making, {
        now,
        actorId: null,
        work: () => making.query("INSERT INTO app_user (email, name, role) VALUES ('omar@x.example', 'Omar', 'csm')"),
      });
      await pool().query("UPDATE awaited_owner SET email = 'omar@x.example'");
      given = giveAwaitedCustomers({ now, actorId: null });
      expect(await Promise.race([given, sleep(300)]), "waits").toBeUndefined();
      await making.query("COMMIT");
    } finally {
      making.release(true);
    }
    expect(await given).toBe(1);
  });
});

describe("handOver", () => {
  test("gives all customers to another, keeps the history, and finds nothing the second time", async () => {
    const [ann, bob] = [await invite("ann@x.example"), await invite("bob@x.example")];
    await importOwners({ c1: "ann@x.example", c2: "ann@x.example", c3: "bob@x.example" });
    const give = () => handOver({ id: ann, to: { toId: bob }, actor: SYSTEM, now });
    expect(await give()).toEqual({ customers: 2 });
    expect(await give()).toEqual({ customers: 0 });
    expect(await ownersNow()).toEqual({ c1: bob, c2: bob, c3: bob });
    expect(await countOwnedCustomers()).toEqual(new Map([[bob, 3]]));
    expect(await history("c1")).toEqual([ann, bob]);
    expect(await detailOf("user.hand_over_customers", ann)).toEqual({ customers: 2, to: bob });
  });

  test("to nobody leaves customers without an owner", async () => {
    const ann = await invite("ann@x.example");
    await importOwners({ c1: "ann@x.example" });
    await handOver({ id: ann, to: { toId: null }, actor: SYSTEM, now });
    expect(await ownersNow()).toEqual({});
    expect(await history("c1")).toEqual([ann, null]);
  });

  test("is refused to oneself, a deactivated account and a data scientist; nothing moves", async () => {
    const [ann, gone] = [await invite("ann@x.example"), await invite("gone@x.example")];
    const dora = await invite("dora@x.example", "data_scientist");
    await changeUser({ id: gone, change: { active: false }, actor: SYSTEM, now });
    await importOwners({ c1: "ann@x.example" });
    for (const toId of [ann, gone, dora])
      await expect(handOver({ id: ann, to: { toId }, actor: SYSTEM, now })).rejects.toMatchObject({ code: "refused" });
    await expect(handOver({ id: ann, to: { toId: 999 }, actor: SYSTEM, now })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await ownersNow()).toEqual({ c1: ann });
  });

  test("of one account to two at once is one handing over", async () => {
    const [ann, bob, cy] = [await invite("ann@x.example"), await invite("bob@x.example"), await invite("cy@x.example")];
    await importOwners({ c1: "ann@x.example", c2: "ann@x.example" });
    const given = await Promise.all([bob, cy].map((toId) => handOver({ id: ann, to: { toId }, actor: SYSTEM, now })));
    expect(given.map(({ customers }) => customers).sort()).toEqual([0, 2]);
    expect(await history("c1")).toHaveLength(2);
  });

  test("two accounts that hand over to each other at once do not hang", async () => {
    const [ann, bob] = [await invite("ann@x.example"), await invite("bob@x.example")];
    await importOwners({ c1: "ann@x.example", c2: "bob@x.example" });
    const given = await meetAtAccounts(() => [
      handOver({ id: ann, to: { toId: bob }, actor: SYSTEM, now }),
      handOver({ id: bob, to: { toId: ann }, actor: SYSTEM, now }),
    ]);
    expect(given.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(new Set(Object.values(await ownersNow())).size).toBe(1);
  });
});

async function invite(email: string, role: "csm" | "data_scientist" = "csm"): Promise<number> {
  return (await inviteUser({ email, name: "Some Body", role, actor: SYSTEM, now })).id;
}

/** Imports customers by their owners' addresses. */
async function importOwners(owners: Record<string, string>): Promise<void> {
  const lines = Object.entries(owners).map(([id, email]) => `${id},Company ${id},2025-01-01,${email}`);
  await writeFile(
    path.join(directory, "customers.csv"),
    `customer_id,name,signed_up_at,owner_email\n${lines.join("\n")}\n`,
  );
  await importDirectory({ directory, historical: true, actor: SYSTEM });
}

/** The account that owns each customer now; customers without one are left out. */
async function ownersNow(): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ id: string; owner: number | null }>(
    `SELECT DISTINCT ON (c.id) c.source_id AS id, o.user_id AS owner FROM customer_owner o
     JOIN customer c ON c.id = o.customer_id ORDER BY c.id, o.id DESC`,
  );
  return Object.fromEntries(rows.flatMap(({ id, owner }) => (owner === null ? [] : [[id, owner]])));
}

async function history(customer: string): Promise<(number | null)[]> {
  const { rows } = await pool().query<{ owner: number | null }>(
    `SELECT o.user_id AS owner FROM customer_owner o JOIN customer c ON c.id = o.customer_id
     WHERE c.source_id = $1 ORDER BY o.id`,
    [customer],
  );
  return rows.map(({ owner }) => owner);
}

async function detailOf(action: string, userId: number): Promise<unknown> {
  const { rows } = await pool().query<{ detail: unknown }>(
    "SELECT detail FROM audit_event WHERE action = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT 1",
    [action, String(userId)],
  );
  return rows[0]?.detail;
}
