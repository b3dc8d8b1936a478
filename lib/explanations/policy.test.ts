import { describe, expect, it } from "vitest";
import { ACCOUNT_WEEKLY } from "@/lib/features/definitions/account-weekly";
import { peerRanges } from "./peer-ranges";
import { explainRow } from "./policy";

const columns = ACCOUNT_WEEKLY.features.map(({ name }) => name);

/** A row with every value 1 and every contribution 0, but for those given as [value, contribution]. */
function row(given: Record<string, [value: number, contribution: number]>) {
  const values = columns.map((name) => given[name]?.[0] ?? 1);
  const contributions = columns.map((name) => given[name]?.[1] ?? 0);
  return { columns, values, contributions };
}

describe("explainRow", () => {
  it("tells the strongest reason in plain words with the row's numbers", () => {
    const { reasons } = explainRow(
      row({
        active_users_change_28d: [-11, 1.2],
        active_users_7d: [3, 0],
        active_users_4w_ago: [14, 0],
        failed_payments_28d: [2, 0.4],
        tenure_days: [800.6, -0.3],
      }),
    );
    expect(reasons.map(({ text, direction }) => [text, direction])).toEqual([
      ["Active users fell from 14 to 3 in four weeks", "raises"],
      ["Payment of 2 invoices failed in four weeks", "raises"],
      ["Customer for 800 days", "lowers"],
    ]);
  });

  it("gives one reason for a theme, with what the theme adds together", () => {
    const { reasons, themes } = explainRow(
      row({ sessions_7d_vs_28d: [0.35, 0.5], sessions_28d_vs_84d: [0.6, 0.4], tasks_7d_vs_28d: [0.4, 0.3] }),
    );
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({ feature: "sessions_7d_vs_28d", theme: "usage_trend", direction: "raises" });
    expect(reasons[0]?.logOdds).toBeCloseTo(1.2, 12);
    expect(themes[0]?.theme).toBe("usage_trend");
  });

  it("lets a theme's features cancel out instead of naming the larger half", () => {
    expect(explainRow(row({ tickets_28d: [1, 0.6], open_tickets: [0, -0.59] })).reasons).toEqual([]);
  });

  it("themes add up to all contributions, those of columns unknown to the code included", () => {
    const { themes, reasons } = explainRow({
      columns: ["seats", "since_removed"],
      values: [4, 9],
      contributions: [0.25, -1.5, 99],
    });
    expect(themes).toEqual([
      { theme: "other", logOdds: -1.5 },
      { theme: "seats", logOdds: 0.25 },
    ]);
    expect(reasons.map(({ feature }) => feature)).toEqual(["seats"]);
  });

  it("orders ties by theme, so that the same row reads the same every time", () => {
    const given = row({ seats: [5, 0.2], overdue_days: [9, -0.2], days_since_use: [20, 0.2] });
    expect(explainRow(given).reasons.map(({ theme }) => theme)).toEqual(["seats", "recency", "billing"]);
  });

  it("says what is typical for the customer's peers, in their unit", () => {
    const range = { n: 40, missing: 0, p05: 1, p25: 4, p50: 6, p75: 9, p95: 12 };
    const lookup = peerRanges([
      { ...range, peerGroup: "Team|5-9", column: "active_users_7d" },
      { ...range, peerGroup: "Team|100+", column: "active_users_7d", n: 3 },
      { ...range, peerGroup: "*", column: "active_users_7d", n: 900, p25: 2, p75: 2 },
    ]);
    const given = row({ active_users_7d: [1, 0.7] });
    const typical = (peerGroup: string) => explainRow({ ...given, ranges: lookup(peerGroup) }).reasons[0]?.typical;
    expect(typical("Team|5-9")).toBe("typical for Team accounts of 5–9 seats: 4 to 9 people");
    expect(typical("Team|100+")).toBe("typical for all accounts: 2 people");
    expect(typical("Starter|1")).toBe("typical for all accounts: 2 people");
    expect(explainRow(given).reasons[0]?.typical).toBeUndefined();
  });

  it.each([
    ["a value like those of the peers", 6, 0],
    ["the edge of what is typical", 9, 0],
    ["a value unlike those of the peers", 9.5, 1],
    ["an absence", Number.NaN, 0],
  ])("%s gives the right number of reasons", (_rule, value, reasons) => {
    const range = { n: 40, missing: 0, p05: 1, p25: 4, p50: 6, p75: 9, p95: 12 };
    const ranges = peerRanges([{ ...range, peerGroup: "*", column: "active_users_7d" }])("*");
    const explained = explainRow({ ...row({ active_users_7d: [value, 0.7] }), ranges });
    expect(explained.reasons).toHaveLength(reasons);
    expect(explained.themes[0]?.logOdds).toBeCloseTo(0.7);
  });

  it("refuses arrays shorter than the columns", () => {
    expect(() => explainRow({ columns, values: [1], contributions: [1] })).toThrow(
      `explanation: ${columns.length} columns but 1 values and 1 contributions`,
    );
  });
});
