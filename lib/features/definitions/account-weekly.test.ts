import { describe, expect, it } from "vitest";
import { ACCOUNT_WEEKLY } from "./account-weekly";
import { THEMES, tellFeature } from "./definition";
import { ACCOUNT_COLUMNS, aggregatesOf, BEFORE_DAYS, SOURCE_COLUMNS } from "./expression";
import { formatValue } from "./format";

const { features } = ACCOUNT_WEEKLY;
const names = new Set(features.map(({ name }) => name));

describe("the account_weekly view", () => {
  it("has at least 40 features over all themes, each name once", () => {
    expect(features.length).toBeGreaterThanOrEqual(40);
    expect(names.size).toBe(features.length);
    expect(new Set(features.map(({ theme }) => theme))).toEqual(new Set(Object.keys(THEMES)));
  });

  it("measures trends against the customer's own 7, 28 and 84 days", () => {
    const trend = features.filter(({ theme }) => theme === "usage_trend");
    const days = new Set(trend.flatMap(({ expression }) => aggregatesOf(expression).map(({ window }) => window.from)));
    expect([7, 28, 84].every((window) => days.has(window))).toBe(true);
  });

  it.each(features.map((feature) => [feature.name, feature] as const))("%s is told in full", (_name, feature) => {
    expect(feature.name).toMatch(/^[a-z][a-z0-9_]*$/);
    for (const text of [
      feature.label,
      feature.meaning,
      feature.missing,
      feature.direction.higher,
      feature.direction.lower,
    ])
      expect(text.trim().length).toBeGreaterThan(3);
    expect(new Set(features.map(({ label }) => label)).size).toBe(features.length);
  });

  it.each(features.map((feature) => [feature.name, feature] as const))(
    "%s reads known columns and windows of whole weeks",
    (_name, feature) => {
      for (const aggregate of aggregatesOf(feature.expression)) {
        const columns: Record<string, string> = SOURCE_COLUMNS[aggregate.source];
        const read = [aggregate.at, aggregate.column ?? aggregate.at, ...aggregate.filters.map(({ column }) => column)];
        expect(read.filter((column) => !(column in columns))).toEqual([]);
        expect(["date", "time"]).toContain(columns[aggregate.at]);
        expect(aggregate.window.from).toBeGreaterThan(aggregate.window.to);
        expect(aggregate.window.from).toBeLessThanOrEqual(BEFORE_DAYS);
        expect([aggregate.window.from % 7, aggregate.window.to % 7]).toEqual([0, 0]);
      }
    },
  );

  it.each(features.map((feature) => [feature.name, feature] as const))(
    "%s makes a sentence for any value, of names in the view, without technical words",
    (_name, feature) => {
      for (const value of [Number.NaN, -3, -0.4, 0, 0.35, 1, 2, 14.6, 1234.5]) {
        for (const other of [Number.NaN, 0, 7]) {
          const sentence = tellFeature(feature, (name) => {
            expect(names).toContain(name);
            return name === feature.name ? value : other;
          });
          expect(sentence).toMatch(/^[A-Z0-9$-]/);
          expect(sentence).not.toMatch(/_|NaN|undefined|null|Infinity|\.$/);
        }
      }
    },
  );

  it("shows a missing value as such in every unit", () => {
    for (const unit of new Set(features.map((feature) => feature.unit)))
      expect(formatValue(Number.NaN, unit)).toBe("no value");
  });

  it("reads nothing that the programme causes", () => {
    const columns = Object.values(SOURCE_COLUMNS).flatMap((source) => Object.keys(source));
    expect(
      [...columns, ...Object.keys(ACCOUNT_COLUMNS)].filter((name) => /play|outreach|arm|queue|owner/.test(name)),
    ).toEqual([]);
  });
});
