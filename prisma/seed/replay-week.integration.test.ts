import { beforeAll, describe, expect, it } from "vitest";
import { addWeeks } from "@/lib/calendar/weeks";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { seedDemo } from "./make-demo";
import { replayWeek } from "./replay-week";
import { TEST_WORLD, worldTemplate } from "./testing/world-template";

const ZONE = "America/New_York";
const lastMonday = new Date("2026-03-02T05:00:00Z");

describe("a filled demo", () => {
  beforeAll(async () => {
    await createTestDatabase(await worldTemplate());
  });

  it("has every week built, one champion, and the latest Monday published with all who can be predicted", async () => {
    expect(await numberOf("SELECT count(*) FROM feature_build WHERE status = 'complete'")).toBe(29);
    expect(await numberOf("SELECT count(*) FROM model_alias WHERE alias = 'champion'")).toBe(1);
    const { rows } = await pool().query<{ as_of: Date; scored: number }>(
      "SELECT r.as_of, r.scored FROM current_scoring_run c JOIN scoring_run r ON r.id = c.scoring_run_id",
    );
    expect(rows).toEqual([{ as_of: lastMonday, scored: expect.any(Number) }]);
    expect(rows[0]!.scored).toBeGreaterThan(350);
    expect(await numberOf("SELECT count(*) FROM label WHERE departed")).toBeGreaterThan(100);
  });

  it("refused exactly the bad rows, in every file", async () => {
    const { rows } = await pool().query<{ file: string; bad: number; listed: number }>(
      `SELECT f.file, f.rows_bad AS bad, count(DISTINCT q.line)::int AS listed
       FROM import_file f LEFT JOIN quarantined_row q USING (import_id, file) GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(rows.map(({ file }) => file)).toEqual([
      "contacts.csv",
      "customers.csv",
      "payments.csv",
      "subscription_events.csv",
      "tickets.csv",
      "usage.csv",
    ]);
    for (const row of rows) {
      expect(row.listed, row.file).toBe(row.bad);
      expect(row.bad, row.file).toBeGreaterThan(5);
      // One a day with the chance of one in eight, over 280 days.
      expect(row.bad, row.file).toBeLessThan(60);
    }
  });

  it("is left as it is when it is asked for again", async () => {
    expect((await seedDemo(TEST_WORLD)).made).toBe(false);
  });

  it("goes on week by week: imports, scores and publishes what is missing, once", async () => {
    const twoWeeksOn = new Date(addWeeks(lastMonday, 2, ZONE).getTime() + 6 * 3_600_000);
    const { weeks } = await replayWeek({ now: twoWeeksOn });
    expect(weeks.map(({ asOf }) => asOf)).toEqual([addWeeks(lastMonday, 1, ZONE), addWeeks(lastMonday, 2, ZONE)]);
    for (const week of weeks) {
      expect(week.rowsImported).toBeGreaterThan(1500);
      expect(week.scored).toBeGreaterThan(350);
    }
    const after = await counts();
    expect(after.runs).toBe(3);
    expect(await replayWeek({ now: twoWeeksOn })).toEqual({ weeks: [] });
    expect(await counts()).toEqual(after);
  });

  it("changes nothing where a week is simulated twice, as after a kill before it was noted", async () => {
    const before = await counts();
    await pool().query(
      "UPDATE installation SET demo_parameters = jsonb_set(demo_parameters, '{simulatedUntil}', to_jsonb('2026-03-02'::text))",
    );
    const twoWeeksOn = new Date(addWeeks(lastMonday, 2, ZONE).getTime() + 6 * 3_600_000);
    expect((await replayWeek({ now: twoWeeksOn })).weeks).toHaveLength(2);
    expect(await counts()).toEqual(before);
  });

  it("stopped while the next week comes in, ends with the reason and goes on later", async () => {
    const stop = new AbortController();
    let begun = 0;
    const onProgress = ({ step }: { step: string }) => {
      if (step === "Simulating a week" && ++begun === 2) stop.abort(new Error("stopped on the way"));
    };
    const before = await counts();
    const now = new Date(addWeeks(lastMonday, 4, ZONE).getTime() + 6 * 3_600_000);
    await expect(replayWeek({ now, onProgress, abort: stop.signal })).rejects.toThrow("stopped on the way");
    expect(begun).toBe(2);
    expect(await numberOf("SELECT count(*) FROM import_run WHERE status = 'running'")).toBe(0);
    expect((await counts()).usage).toBeGreaterThan(before.usage);
  });

  it("only imports a week whose known-by is still to come", async () => {
    const justAfterMidnight = new Date(addWeeks(lastMonday, 3, ZONE).getTime() + 30 * 60_000);
    const { weeks } = await replayWeek({ now: justAfterMidnight });
    expect(weeks).toHaveLength(1);
    expect(weeks[0]!.rowsImported).toBeGreaterThan(1500);
    expect(weeks[0]!.scored).toBeNull();
  });
});

async function numberOf(sql: string): Promise<number> {
  const { rows } = await pool().query<Record<string, string>>(sql);
  return Number(Object.values(rows[0]!)[0]);
}

async function counts() {
  return {
    usage: await numberOf("SELECT count(*) FROM usage_daily"),
    events: await numberOf("SELECT count(*) FROM subscription_event"),
    tickets: await numberOf("SELECT count(*) FROM ticket_event"),
    payments: await numberOf("SELECT count(*) FROM payment_event"),
    predictions: await numberOf("SELECT count(*) FROM prediction"),
    runs: await numberOf("SELECT count(*) FROM scoring_run WHERE published_at IS NOT NULL"),
    labels: await numberOf("SELECT count(*) FROM label"),
  };
}
