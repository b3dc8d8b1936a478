import { describe, expect, it } from "vitest";
import { ACCOUNT_BASE, BASE_COLUMNS, ROW_COLUMNS } from "./base-columns";
import { describeColumnUse } from "./column-use";
import { ACCOUNT_WEEKLY } from "./definitions/account-weekly";
import { count, last } from "./definitions/expression";
import { READABLE_COLUMNS } from "./role";

const view = {
  ...ACCOUNT_WEEKLY,
  features: ACCOUNT_WEEKLY.features.slice(0, 1).map((feature) => ({
    ...feature,
    label: "Severe tickets",
    expression: count("ticket", { window: last(28), filters: [{ column: "severity", in: ["high"] }] }),
  })),
};
const use = (table: string, column: string, readable: boolean) =>
  describeColumnUse({ columns: [{ table, column, readable }], view });

describe("describeColumnUse", () => {
  it("names the features that a column is filtered by", () => {
    expect(use("ticket_event", "severity", true).fed).toEqual([
      { table: "ticket_event", column: "severity", features: ["Severe tickets"], why: null },
    ]);
  });

  it("follows a source's column to those it is made from", () => {
    expect(use("ticket_event", "occurred_at", true).fed[0]?.features).toEqual(["Severe tickets"]);
  });

  it("says what a column is read for that no feature is made from", () => {
    expect(use("ticket_event", "recorded_at", true).fed[0]).toMatchObject({ features: [], why: expect.any(String) });
  });

  it("says so of a column that is open and that no feature of the view is made from", () => {
    expect(use("ticket_event", "category", true).fed[0]).toMatchObject({
      features: [],
      why: expect.stringMatching(/none is made/),
    });
  });

  it("gives the reason of a closed table, and of a closed column", () => {
    expect(use("contact", "email", false).never[0]?.why).toMatch(/People/);
    expect(use("ticket_event", "content_hash", false).never[0]?.why).toMatch(/repeated/);
  });

  it.each([
    ["a closed column without a reason", "ticket_event", "subject", false],
    ["a column of a table nobody has decided about", "survey_answer", "comment", false],
    ["a readable column that no source is made from", "ticket_event", "subject", true],
    ["a readable column of a closed table", "contact", "email", true],
    ["a feature's column that is closed", "ticket_event", "severity", false],
  ])("leaves %s undecided", (_what, table, column, readable) => {
    expect(use(table, column, readable)).toEqual({ fed: [], never: [], undecided: [{ table, column }] });
  });
});

it("sources are made from exactly what the feature role may read", () => {
  const made = new Map<string, Set<string>>();
  for (const { table, columns } of [...Object.values(BASE_COLUMNS), ACCOUNT_BASE])
    made.set(table, new Set([...(made.get(table) ?? []), ...Object.values(columns).flat()]));
  for (const [table, columns] of made)
    expect(READABLE_COLUMNS[table]?.filter((column) => !(column in ROW_COLUMNS)).toSorted(), table).toEqual(
      [...columns].toSorted(),
    );
});
