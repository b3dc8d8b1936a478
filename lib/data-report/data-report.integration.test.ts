import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { worldTemplate } from "@/prisma/seed/testing/world-template";
import { readDataReport } from "./service";

const NOW = new Date("2026-03-02T11:00:00Z");

describe("the report on the demo company's data", () => {
  beforeAll(async () => {
    await createTestDatabase(await worldTemplate());
  });

  it("counts every fact once, by source, month and customer, as a plain count does", async () => {
    const report = await readDataReport(NOW);
    if (!report) throw new Error("there is no report");
    const usage = report.sources.find(({ source }) => source === "usage")!;
    const { rows } = await pool().query<{ days: number; paying: number; lately: number; february: number }>(
      `SELECT (SELECT count(*)::int FROM (SELECT DISTINCT customer_id, day FROM usage_daily) d) AS days,
         (SELECT count(*)::int FROM (SELECT DISTINCT customer_id, day FROM usage_daily WHERE day BETWEEN '2026-02-01' AND '2026-02-28') d) AS february,
         (SELECT count(DISTINCT customer_id)::int FROM subscription_state_at($1, 'infinity', 'infinity') WHERE covered AND NOT trial) AS paying,
         (SELECT count(DISTINCT s.customer_id)::int FROM subscription_state_at($1, 'infinity', 'infinity') s
            JOIN usage_daily u ON u.customer_id = s.customer_id AND u.day > '2025-12-07' AND u.day < '2026-03-02' WHERE covered AND NOT trial) AS lately`,
      [report.watermark],
    );
    const plain = rows[0]!;
    expect(report.watermark).toBe("2026-03-02T05:00:00.000Z");
    expect(usage.rows).toBe(plain.days);
    expect(usage.rowsByMonth[report.months.indexOf("2026-02")]).toBe(plain.february);
    expect(report.paying).toBe(plain.paying);
    expect(usage.covered).toEqual({ customers: plain.lately, of: plain.paying });
    expect(report.months[0]).toBe("2026-03");
    expect(report.findings.filter(({ severity }) => severity === "serious")).toEqual([]);
  });

  it("is made anew after an import, and names the days that are gone then", async () => {
    await pool().query("DELETE FROM usage_daily WHERE day BETWEEN '2026-01-12' AND '2026-01-16'");
    const before = await readDataReport(NOW);
    expect(before?.findings.filter(({ fact }) => fact.includes("2026-01-12"))).toEqual([]);
    await pool().query(
      "INSERT INTO import_run (source, origin, status, historical) VALUES ('t', 't', 'succeeded', false)",
    );
    const after = await readDataReport(NOW);
    expect(after?.findings[0]).toMatchObject({ severity: "serious", source: "usage" });
    expect(after?.findings[0]?.fact).toMatch(
      /^Usage: no rows on 2026-01-12 to 2026-01-16 \(about \d+ rows to be expected\)/,
    );
  });

  it("says how old the data is by the time of asking", async () => {
    const report = await readDataReport(new Date("2026-04-01T11:00:00Z"));
    expect(report?.findings.map(({ fact }) => fact)).toContain("The data ends before 2026-03-02, 30 days ago.");
  });
});

it("an installation without dated rows has no report", async () => {
  await pool().query("TRUNCATE usage_daily, subscription_event, ticket_event, payment_event, import_run CASCADE");
  expect(await readDataReport(NOW)).toBeNull();
});
