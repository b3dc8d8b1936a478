import { beforeAll, expect, test } from "vitest";
import { listAuditEvents } from "@/lib/audit/service";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeSettings, getSettings, listSettingVersions, listUndecidedSettings } from "./service";

const actor = { id: null, label: "ada@example.org" };

beforeAll(async () => {
  await createTestDatabase();
});

async function newest(): Promise<number> {
  return (await listSettingVersions())[0]?.id ?? 0;
}

test("changes what was sent at once, as versions with from, to and reason, audited", async () => {
  const changes = { flagThreshold: 0.8, exitThreshold: 0.75 };
  const { version } = await changeSettings({ version: 0, changes, reason: "Fewer alarms", actor });
  expect(await getSettings()).toMatchObject(changes);
  const history = await listSettingVersions();
  expect(history[0]?.id).toBe(version);
  expect(history.find(({ key }) => key === "flagThreshold")).toMatchObject({
    from: 0.7,
    to: 0.8,
    reason: "Fewer alarms",
  });
  const { events } = await listAuditEvents({ beforeSeq: null, limit: 10 });
  expect(events.filter(({ action }) => action === "setting.change").map(({ subjectId }) => subjectId)).toEqual(
    expect.arrayContaining(["flagThreshold", "exitThreshold"]),
  );
});

test("repeating a change that is in force stores nothing, even with an old version", async () => {
  const before = await newest();
  await changeSettings({ version: 0, changes: { flagThreshold: 0.8 }, reason: null, actor });
  expect(await newest()).toBe(before);
});

test("a second editor is told what changed, and nothing is stored", async () => {
  const seen = await newest();
  await changeSettings({ version: seen, changes: { weeklyCapacity: 40 }, reason: null, actor });
  const second = changeSettings({ version: seen, changes: { grossMargin: 0.5 }, reason: null, actor });
  await expect(second).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("weeklyCapacity from 500 to 40"),
  });
  expect((await getSettings()).grossMargin).toBe(0.8);
});

test("of two editors at the same time one wins", async () => {
  const seen = await newest();
  const both = await Promise.allSettled(
    [0.6, 0.65].map((grossMargin) => changeSettings({ version: seen, changes: { grossMargin }, reason: null, actor })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test.each([
  ["a value out of range", { grossMargin: 2 }, /^grossMargin is 2: /],
  ["an unknown setting", { nonsense: 1 }, /nonsense/],
  ["values that cannot hold together", { weeklyCapacity: 7, exitThreshold: 0.9 }, /^exitThreshold is 0.9: /],
])("refuses %s and stores none of it", async (_case, changes, message) => {
  const before = await newest();
  await expect(changeSettings({ version: before, changes, reason: null, actor })).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(message),
  });
  expect(await newest()).toBe(before);
});

test("a company begins without a name, and agreeing to a default decides it", async () => {
  expect((await getSettings()).companyName).toBeNull();
  expect(await listUndecidedSettings()).toEqual(["companyName", "zone", "currency"]);
  const changes = { companyName: "Harbour", zone: "America/New_York" };
  await changeSettings({ version: await newest(), changes, reason: null, actor });
  expect(await listUndecidedSettings()).toEqual(["currency"]);
  expect((await listSettingVersions()).find(({ key }) => key === "zone")).toMatchObject({
    from: null,
    to: "America/New_York",
  });
  const emptied = changeSettings({ version: await newest(), changes: { companyName: null }, reason: null, actor });
  await expect(emptied).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(/^companyName/),
  });
});

test("the zone changes until the first customer came in, then no more", async () => {
  await changeSettings({ version: await newest(), changes: { zone: "Europe/Berlin" }, reason: null, actor });
  await pool().query("INSERT INTO customer (source_id) VALUES ('c-1')");
  const late = changeSettings({ version: await newest(), changes: { zone: "Asia/Tokyo" }, reason: null, actor });
  await expect(late).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("zone") });
  // Nobody had decided the currency before the customer came: the one in force can still be agreed to, no other.
  const other = changeSettings({ version: await newest(), changes: { currency: "EUR" }, reason: null, actor });
  await expect(other).rejects.toMatchObject({ code: "refused" });
  await changeSettings({ version: await newest(), changes: { currency: "USD" }, reason: null, actor });
  expect(await listUndecidedSettings()).toEqual([]);
});
