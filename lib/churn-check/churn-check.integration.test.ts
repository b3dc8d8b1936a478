import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { confirmChurn, getChurnCheck } from "./service";

const TARGET = "churn-30d";
const NOW = new Date("2026-11-20T12:00:00Z");
const CUSTOMERS = 60;

let actor: { id: number; label: string };
beforeAll(async () => {
  await createTestDatabase();
  const { rows } = await pool().query<{ id: number }>(
    "INSERT INTO app_user (email, name, role, password_hash) VALUES ('a@harbour.example', 'Ada', 'admin', 'x') RETURNING id",
  );
  actor = { id: rows[0]!.id, label: "a@harbour.example" };
});

/** Sixty customers since January 2025 and data to the end of June 2026. */
beforeEach(async () => {
  await pool().query(`INSERT INTO customer (id, source_id) SELECT n, 'c' || n FROM generate_series(1, ${CUSTOMERS}) n`);
  await tell(...Array.from({ length: CUSTOMERS }, (_, i) => ({ customer: i + 1, kind: "start", at: "2025-01-10" })));
  await pool().query(
    `INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, active_users, sessions, tasks, comments,
       projects, files, reports, integrations, exports)
     SELECT 1, d, d + interval '1 day', 1, 'source', 1, 1, 0, 0, 0, 0, 0, 0, 0 FROM generate_series('2026-06-01'::timestamptz, '2026-06-30', '1 day') d`,
  );
});
afterEach(async () => {
  await pool().query("TRUNCATE customer, subscription_event, usage_daily, churn_confirmation, installation CASCADE");
});

/** Facts come by imports: what was counted before one is counted anew after it. */
async function imported() {
  await pool().query(
    "INSERT INTO import_run (source, origin, historical, status) VALUES ('s', 'o', true, 'succeeded')",
  );
}

type Told = { customer: number; kind: string; at: string; effective?: string; recorded?: string };

async function tell(...events: Told[]) {
  await pool().query(
    `INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, seats, unit_price_cents, occurred_at,
       effective_at, recorded_at, recorded_basis, import_id, content_hash)
     SELECT customer, kind || at, 1, 's' || customer, kind, 5, 5000, at, effective, coalesce(recorded, at), 'source', 1, ''
     FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[]) AS e(customer, kind, at, effective, recorded)`,
    [
      events.map(({ customer }) => customer),
      events.map(({ kind }) => kind),
      events.map(({ at }) => `${at}T12:00:00Z`),
      events.map(({ effective }) => (effective ? `${effective}T12:00:00Z` : null)),
      events.map(({ recorded }) => (recorded ? `${recorded}T12:00:00Z` : null)),
    ],
  );
  await imported();
}

const LEAVERS: Told[] = [
  { customer: 1, kind: "end", at: "2025-09-10" },
  { customer: 2, kind: "notice", at: "2026-03-05", effective: "2026-05-01" },
  { customer: 3, kind: "end", at: "2026-03-20" },
  { customer: 4, kind: "end", at: "2026-06-25" },
];
const check = () => getChurnCheck({ targetId: TARGET, now: NOW });
const monthOf = async (name: string) => (await check()).months.find(({ month }) => month === name);

async function seen() {
  const { months, rule } = await check();
  return {
    labelRuleId: rule.id,
    months: months.map(({ month, atStart, departures }) => ({ month, atStart, departures })),
    targetId: TARGET,
    actor,
    now: NOW,
  };
}
const confirmations = async () => (await pool().query("SELECT * FROM churn_confirmation ORDER BY id")).rows;
const NOTE = "Compared with the ledger of June.";

describe("the churn check", () => {
  it("counts months by the rule of labels, from the first with customers to where the data ends", async () => {
    await tell(...LEAVERS);
    const { months, countedTo, customers, survivorship } = await check();
    expect([months[0]?.month, months.at(-1)?.month, months.length]).toEqual(["2025-02", "2026-06", 17]);
    expect(countedTo).toBe("2026-07-01T04:00:00.000Z");
    expect(customers).toBe(CUSTOMERS);
    expect(survivorship).toBeNull();
    // A month that begins before the first end on record has counts and no rate: who left before is not in the files.
    expect(await monthOf("2025-08")).toMatchObject({
      departures: 0,
      churn: { state: "none" },
      state: "before_departures",
    });
    expect(await monthOf("2025-09")).toMatchObject({ atStart: 60, departures: 1, state: "before_departures" });
    expect(await monthOf("2025-10")).toMatchObject({ atStart: 59, departures: 0, state: "whole" });
    expect(await monthOf("2026-03")).toMatchObject({ atStart: 59, departures: 2 });
    expect(await monthOf("2026-04")).toMatchObject({ atStart: 57, departures: 0 });
    expect((await monthOf("2026-04"))?.churn).toMatchObject({ state: "measured", proportion: { n: 57, hits: 0 } });
    // Ended in June, and the data ends before the grace does.
    expect(await monthOf("2026-06")).toMatchObject({ departures: 1, state: "provisional" });
  });

  it("takes a pause for no departure: a month after it has no rate before somebody left, unless nobody ever has", async () => {
    await tell(
      { customer: 20, kind: "end", at: "2025-03-10" },
      { customer: 20, kind: "reactivation", at: "2025-03-15" },
    );
    expect(await monthOf("2025-06")).toMatchObject({ departures: 0, state: "whole", churn: { state: "measured" } });
    await tell(...LEAVERS);
    expect(await monthOf("2025-06")).toMatchObject({ departures: 0, state: "before_departures" });
  });

  it("has no month that the data does not cover to its end", async () => {
    await tell(...LEAVERS);
    await pool().query("DELETE FROM usage_daily WHERE day > '2026-06-29'");
    expect((await check()).months.at(-1)?.month).toBe("2026-05");
  });

  it("names files without anyone who left, and those where all left in the last month", async () => {
    expect((await check()).survivorship).toMatchObject({
      kind: "nobody_left",
      says: expect.stringContaining("60 customers"),
    });
    await tell({ customer: 5, kind: "end", at: "2026-06-20" }, { customer: 6, kind: "notice", at: "2026-06-22" });
    expect((await check()).survivorship).toMatchObject({
      kind: "last_month_only",
      says: expect.stringContaining("all 2 ends"),
    });
    await expect(confirmChurn({ ...(await seen()), financeRate: null, note: NOTE })).rejects.toMatchObject({
      code: "refused",
    });
    await tell({ customer: 7, kind: "end", at: "2026-01-20" });
    expect((await check()).survivorship).toBeNull();
  });

  it("the end of a trial is nobody leaving", async () => {
    await pool().query("DELETE FROM subscription_event WHERE customer_id = 9");
    await tell({ customer: 9, kind: "trial_start", at: "2025-05-01" }, { customer: 9, kind: "end", at: "2025-06-01" });
    expect((await check()).survivorship).toMatchObject({ kind: "nobody_left" });
  });
});

describe("confirming", () => {
  it("keeps the months, the figure and who, is audited, and repeated writes nothing", async () => {
    await tell(...LEAVERS);
    const sent = { ...(await seen()), financeRate: 0.005, note: null };
    const first = await confirmChurn(sent);
    expect(first.isNew).toBe(true);
    expect(await confirmChurn(sent)).toEqual({ confirmationId: first.confirmationId, isNew: false });
    expect(await confirmations()).toHaveLength(1);
    expect((await check()).confirmation).toMatchObject({ state: "stands", confirmedBy: "Ada", financeRate: 0.005 });
    const { rows } = await pool().query("SELECT actor_id, detail FROM audit_event WHERE action = 'churn.confirm'");
    expect(rows).toEqual([
      { actor_id: actor.id, detail: expect.objectContaining({ from: "2025-02", to: "2026-06", financeRate: 0.005 }) },
    ]);
  });

  it("two at once write one", async () => {
    await tell(...LEAVERS);
    const sent = { ...(await seen()), financeRate: 0.005, note: null };
    const both = await Promise.all([confirmChurn(sent), confirmChurn(sent)]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  });

  it("refuses months that are not those in the data any more, naming what differs", async () => {
    await tell(...LEAVERS);
    const sent = { ...(await seen()), financeRate: 0.005, note: null };
    await tell({ customer: 8, kind: "end", at: "2026-03-22" });
    await expect(confirmChurn(sent)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("2026-03 was 2 of 59 and is 3 of 59"),
    });
    await expect(
      confirmChurn({ ...(await seen()), labelRuleId: 99, financeRate: 0.005, note: null }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await confirmations()).toEqual([]);
  });

  it("refuses a figure far from the data's without a note", async () => {
    await tell(...LEAVERS);
    await expect(confirmChurn({ ...(await seen()), financeRate: 0.2, note: null })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("20.0% lies outside"),
    });
    await confirmChurn({ ...(await seen()), financeRate: 0.2, note: NOTE });
  });

  it("lapses when a month that was final changes, not when a provisional one does, and the newest counts", async () => {
    await tell(...LEAVERS);
    await confirmChurn({ ...(await seen()), financeRate: null, note: NOTE });
    await tell({ customer: 4, kind: "reactivation", at: "2026-06-30" });
    expect((await check()).confirmation).toMatchObject({ state: "stands" });
    await tell({ customer: 8, kind: "end", at: "2026-03-22", recorded: "2026-10-01" });
    expect((await check()).confirmation).toMatchObject({
      state: "lapsed",
      because: expect.stringContaining("2026-03 was 2 of 59 and is 3 of 59"),
    });
    await confirmChurn({ ...(await seen()), financeRate: null, note: NOTE });
    expect((await check()).confirmation).toMatchObject({ state: "stands" });
    expect(await confirmations()).toHaveLength(2);
  });

  it("lapses with another rule of what counts as churn", async () => {
    await tell(...LEAVERS);
    await confirmChurn({ ...(await seen()), financeRate: null, note: NOTE });
    await pool().query(
      "INSERT INTO label_rule (target_id, version, grace_days, settlement_days) VALUES ($1, 2, 30, 3)",
      [TARGET],
    );
    try {
      expect((await check()).confirmation).toMatchObject({ state: "lapsed", because: expect.stringContaining("rule") });
    } finally {
      await pool().query("DELETE FROM label_rule WHERE version = 2");
    }
  });

  it("does not exist in a demo, and what is confirmed cannot be changed", async () => {
    await tell(...LEAVERS);
    await confirmChurn({ ...(await seen()), financeRate: null, note: NOTE });
    await expect(pool().query("UPDATE churn_confirmation SET finance_rate = 0.1")).rejects.toThrow("append-only");
    await expect(pool().query("DELETE FROM churn_confirmation")).rejects.toThrow("append-only");
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('demo', now())");
    await expect(confirmChurn({ ...(await seen()), financeRate: null, note: NOTE })).rejects.toMatchObject({
      code: "refused",
    });
  });
});
