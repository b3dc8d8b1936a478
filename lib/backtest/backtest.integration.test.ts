import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { worldTemplate } from "@/prisma/seed/testing/world-template";
import { type BacktestQuery, BacktestQuerySchema } from "./contract";
import { readBacktest } from "./service";

const DAY_MS = 86_400_000;
const read = (query: Partial<BacktestQuery> = {}, role: "admin" | "csm" = "admin") =>
  readBacktest({ viewer: { role }, targetId: CHURN_TARGET_ID, query: { ...BacktestQuerySchema.parse({}), ...query } });

async function must(query: Partial<BacktestQuery> = {}) {
  const backtest = await read(query);
  if (!backtest) throw new Error("there is no backtest");
  return backtest;
}

type Stored = {
  customer: number;
  asOf: Date;
  listing: string;
  probability: number;
  mrr: number;
  departed: Date | null;
};

async function storedRows(): Promise<Stored[]> {
  const { rows } = await pool().query<Stored>(
    `SELECT customer_id AS customer, as_of AS "asOf", listing, probability, mrr_cents AS mrr, departed_at AS departed
     FROM backtest_row ORDER BY as_of, customer_id`,
  );
  return rows;
}

describe("the backtest of the demo company's first model", () => {
  beforeAll(async () => {
    await createTestDatabase(await worldTemplate());
  });

  it("lists and counts what the metrics of the training run say", async () => {
    const { rows } = await pool().query<{ metrics: Record<string, number> }>(
      "SELECT metrics FROM training_run WHERE status = 'succeeded'",
    );
    const { metrics } = rows[0]!;
    const { weeks, modelNumber, isChampion } = await must();
    const sum = (of: (week: (typeof weeks)[number]) => number) => weeks.reduce((total, week) => total + of(week), 0);
    expect([modelNumber, isChampion]).toEqual([1, true]);
    expect(sum((week) => week.scored)).toBe(metrics.rows);
    expect(sum((week) => week.flagged)).toBe(metrics.flaggedRows);
    expect(sum((week) => week.listed)).toBe(metrics.listedRows);
    expect(sum((week) => week.departed)).toBe(metrics.departureRows);
    expect(sum((week) => week.listedDeparted)).toBeGreaterThan(0);
    expect(sum((week) => week.departed - week.listedDeparted)).toBeGreaterThan(0);
    expect(weeks.map(({ day }) => day)).toEqual([...weeks.map(({ day }) => day)].sort().reverse());
  });

  it("has the departures that labels have, each within the label window of its Monday", async () => {
    const { rows } = await pool().query<{ asOf: Date; customer: number; at: Date }>(
      `SELECT l.as_of AS "asOf", l.customer_id AS customer, l.departed_at AS at FROM label l JOIN backtest_week w ON w.as_of = l.as_of
       WHERE l.departed AND NOT l.voided AND l.revision = (SELECT max(revision) FROM label n
         WHERE (n.label_rule_id, n.as_of, n.customer_id) = (l.label_rule_id, l.as_of, l.customer_id)) ORDER BY 1, 2`,
    );
    const departed = (await storedRows()).filter((row) => row.departed);
    expect(departed.map(({ asOf, customer, departed: at }) => ({ asOf, customer, at }))).toEqual(rows);
    for (const { asOf, departed: at } of departed) {
      expect(at!.getTime()).toBeGreaterThanOrEqual(asOf.getTime());
      expect(at!.getTime()).toBeLessThan(asOf.getTime() + 31 * DAY_MS);
    }
  });

  it("counts each customer who left once, with the warning of its first listed week", async () => {
    const byCustomer = new Map<number, Stored[]>();
    for (const row of await storedRows())
      if (row.departed) byCustomer.set(row.customer, [...(byCustomer.get(row.customer) ?? []), row]);
    const caught = [...byCustomer.values()].flatMap((rows) => rows.find(({ listing }) => listing !== "unlisted") ?? []);
    const days = caught
      .map(({ asOf, departed }) => Math.floor((departed!.getTime() - asOf.getTime()) / DAY_MS))
      .sort((a, b) => a - b);
    const { customers } = await must();
    expect(customers.departed).toBe(byCustomer.size);
    expect(customers.missed).toBe(byCustomer.size - caught.length);
    expect(customers.caught).toMatchObject({
      state: "measured",
      proportion: { hits: caught.length, n: byCustomer.size },
    });
    expect(customers.caughtMrrCents).toBe(caught.reduce((total, { mrr }) => total + mrr, 0));
    expect(customers.warningDays).toEqual({
      median: days[Math.ceil(days.length / 2) - 1],
      least: days[0],
      most: days.at(-1),
    });
  });

  it.each(["listed", "missed"] as const)(
    "goes through the %s of a week page by page, without a gap or a repetition",
    async (show) => {
      const { weeks } = await must();
      const week = weeks.at(-1)!;
      const ids: number[] = [];
      let after: string | undefined;
      do {
        const { shown } = await must({ week: week.day, show, after });
        expect(shown.day).toBe(week.day);
        ids.push(...shown.rows.map(({ customerId }) => customerId));
        after = shown.next ?? undefined;
        for (const row of shown.rows) {
          expect(row.listing === "unlisted").toBe(show === "missed");
          expect(row.reasons.length).toBeLessThanOrEqual(3);
          if (show === "missed") expect(row.warningDays).not.toBeNull();
        }
      } while (after);
      expect(ids).toHaveLength(show === "listed" ? week.listed : week.departed - week.listedDeparted);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it("tells reasons of nearly all who would have been listed", async () => {
    const { shown } = await must();
    expect(shown.rows.filter(({ reasons }) => reasons.length > 0).length).toBeGreaterThan(shown.rows.length * 0.8);
  });

  it("shows the latest week where the address names another, and nothing to a role that may not or of a run that is not there", async () => {
    const latest = await must();
    expect((await must({ week: "2020-01-06", after: "1.1" })).shown).toEqual(latest.shown);
    await expect(read({}, "csm")).rejects.toMatchObject({ code: "not_found" });
    await expect(read({ run: 999 })).rejects.toMatchObject({ code: "not_found" });
  });
});
