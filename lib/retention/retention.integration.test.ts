import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { type PlantedCustomer, plantCustomers, plantModel, plantRun } from "@/lib/queue/testing/published-run";
import { readDashboard } from "./service";

const AS_OF = new Date("2026-11-16T05:00:00Z");
const NOW = new Date("2026-11-18T12:00:00Z");
const MATURED = new Date("2026-09-14T04:00:00Z");

type PlantedEvent = { customer: number; kind: string; at: string; effectiveAt?: string };

async function plantEvents(events: readonly PlantedEvent[]): Promise<void> {
  await pool().query(
    `INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, seats, unit_price_cents, effective_at,
       occurred_at, recorded_at, recorded_basis, import_id, content_hash)
     SELECT customer, 'e' || row_number() OVER () || kind || at, 1, 's' || customer, kind, 5, 5000, effective, at, at, 'source', 1, ''
     FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[]) AS e(customer, kind, at, effective)`,
    [
      events.map((e) => e.customer),
      events.map((e) => e.kind),
      events.map((e) => e.at),
      events.map((e) => e.effectiveAt ?? null),
    ],
  );
}

describe("the dashboard", () => {
  const vp = { role: "vp" as const };
  let ids: number[];

  beforeAll(async () => {
    await createTestDatabase();
    const people = Array.from({ length: 60 }, (_, i): PlantedCustomer => {
      const listing = i < 20 ? "flagged" : i < 30 ? "watch" : "unlisted";
      const probability = { flagged: 0.8, watch: 0.5, unlisted: 0.1 }[listing];
      return { name: `Company ${i}`, probability, listing, mrrCents: 10_000, priorityCents: 1 };
    });
    ids = await plantCustomers(people);
    await plantEvents([
      ...ids.map((customer) => ({ customer, kind: "start", at: "2026-01-10T12:00:00Z" })),
      // Before: one customer of an earlier year, who left in March.
      { customer: ids[59]!, kind: "end", at: "2026-03-20T12:00:00Z" },
      { customer: ids[59]!, kind: "reactivation", at: "2026-05-20T12:00:00Z" },
      // October: a notice that stands, one that is withdrawn, a lapse, a pause shorter than the grace.
      { customer: ids[0]!, kind: "notice", at: "2026-10-05T12:00:00Z", effectiveAt: "2026-11-05T12:00:00Z" },
      { customer: ids[1]!, kind: "notice", at: "2026-10-05T12:00:00Z", effectiveAt: "2026-11-05T12:00:00Z" },
      { customer: ids[1]!, kind: "notice_withdrawn", at: "2026-10-20T12:00:00Z" },
      { customer: ids[2]!, kind: "end", at: "2026-10-09T12:00:00Z" },
      { customer: ids[3]!, kind: "end", at: "2026-10-10T12:00:00Z" },
      { customer: ids[3]!, kind: "reactivation", at: "2026-10-15T12:00:00Z" },
      // November, not over.
      { customer: ids[4]!, kind: "notice", at: "2026-11-03T12:00:00Z", effectiveAt: "2026-12-05T12:00:00Z" },
      // After what the page counts to.
      { customer: ids[5]!, kind: "notice", at: "2026-11-17T12:00:00Z", effectiveAt: "2026-12-05T12:00:00Z" },
    ]);
    const model = await plantModel();
    const old = await plantRun({ ...model, asOf: MATURED, customerIds: ids, predictions: people });
    await plantRun({ ...model, asOf: AS_OF, customerIds: ids, predictions: people, publish: true });
    // Of 20 flagged 15 left, of 10 on watch 3, of 30 unlisted 2.
    await pool().query(
      `INSERT INTO outcome (scoring_run_id, customer_id, departed, mrr_cents_at_end, label_rule_id)
       SELECT $1, id, i <= 15 OR i BETWEEN 21 AND 23 OR i BETWEEN 31 AND 32, 0, 1 FROM unnest($2::int[]) WITH ORDINALITY AS c(id, i)`,
      [old, ids],
    );
  });

  it("counts churn by the rule of labels, of who paid when the month began", async () => {
    const { months } = await readDashboard({ viewer: vp, now: NOW });
    expect(months).toHaveLength(19);
    const month = (name: string) => months.find((one) => one.month === name);
    expect(month("2026-09")).toMatchObject({ atStart: 60, departures: 0, state: "whole" });
    expect(month("2026-10")).toMatchObject({ atStart: 60, departures: 2, state: "whole" });
    // ids[0] is on notice and ids[2] gone when November begins.
    // A rate of half a month would read as a good month.
    expect(month("2026-11")).toMatchObject({
      atStart: 58,
      departures: 1,
      state: "partial",
      churn: { state: "none" },
    });
  });

  it("has no figure, not 0, for months before the first departure on record", async () => {
    const { months } = await readDashboard({ viewer: vp, now: NOW });
    expect(months[0]).toMatchObject({ month: "2025-05", atStart: null, churn: { state: "none" } });
    expect(months.find((one) => one.month === "2026-03")).toMatchObject({ atStart: null });
  });

  it("sums revenue at risk over the published run", async () => {
    const { now } = await readDashboard({ viewer: vp, now: NOW });
    expect(now).toMatchObject({
      scored: 60,
      flagged: 20,
      watched: 10,
      flaggedMrrCents: 200_000,
      watchedMrrCents: 100_000,
    });
    expect(now?.expectedLossCents).toBeCloseTo(10_000 * (20 * 0.8 + 10 * 0.5 + 30 * 0.1), 3);
  });

  it("gives realised precision and recall of matured weeks, for the flag and for the list", async () => {
    const { realised, nextRealisedAt } = await readDashboard({ viewer: vp, now: NOW });
    expect(realised).toHaveLength(1);
    expect(realised[0]).toMatchObject({
      predicted: 60,
      departed: 20,
      precision: { state: "measured", proportion: { hits: 15, n: 20 } },
      recall: { state: "measured", proportion: { hits: 15, n: 20 } },
      queuePrecision: { state: "measured", proportion: { hits: 18, n: 30 } },
      queueRecall: { state: "measured", proportion: { hits: 18, n: 20 } },
    });
    // 30 days, 14 of grace, 3 of settlement.
    expect(nextRealisedAt).toBe("2027-01-02T05:00:00.000Z");
  });

  it("counts anew after an import", async () => {
    await plantEvents([
      { customer: ids[10]!, kind: "notice", at: "2026-10-25T12:00:00Z", effectiveAt: "2026-11-25T12:00:00Z" },
    ]);
    await pool().query(
      "INSERT INTO import_run (source, origin, historical, status) VALUES ('s', 'o', false, 'succeeded')",
    );
    const { months } = await readDashboard({ viewer: vp, now: NOW });
    expect(months.find((one) => one.month === "2026-10")?.departures).toBe(3);
  });

  it("counts to where the data ends, not to today, before the first published scores", async () => {
    await pool().query("DELETE FROM current_scoring_run");
    const { months, countedTo } = await readDashboard({ viewer: vp, now: new Date("2027-03-10T12:00:00Z") });
    expect(countedTo).toBe("2026-11-17T12:00:00.000Z");
    expect(months.at(-1)).toMatchObject({ month: "2026-11", state: "partial", churn: { state: "none" } });
  });

  it.each(["csm", "data_scientist"] as const)("does not exist for a %s", async (role) => {
    await expect(readDashboard({ viewer: { role }, now: NOW })).rejects.toMatchObject({ code: "not_found" });
  });
});
