import { createHash } from "node:crypto";
import { compileBuild } from "./compile";
import type { FeatureViewDefinition } from "./definitions/account-weekly";
import { aggregatesOf, type Expression } from "./definitions/expression";

/** What of a definition determines the stored numbers: the compiled statement and the names in order. */
export function definitionHash(view: FeatureViewDefinition): string {
  const { sql, parameters } = compileBuild(view);
  const names = view.features.map(({ name }) => name);
  return createHash("sha256")
    .update(JSON.stringify([names, parameters, sql]))
    .digest("hex");
}

/** The view's columns as stored with it, so that an old version can be read without its code. */
export function describeColumns(view: FeatureViewDefinition) {
  return view.features.map((feature) => ({
    name: feature.name,
    label: feature.label,
    theme: feature.theme,
    type: feature.type,
    unit: feature.unit,
    meaning: feature.meaning,
    window: windowWords(feature.expression),
    sources: sourcesOf(feature.expression),
    missing: feature.missing,
    direction: feature.direction,
    actionable: feature.actionable,
  }));
}

/** The windows of an expression in words, as "last 7 days; days 84 to 28 before"; "at as-of" where it has none. */
export function windowWords(expression: Expression): string {
  const windows = aggregatesOf(expression).map(({ window }) =>
    window.to === 0 ? `last ${window.from} days` : `days ${window.from} to ${window.to} before`,
  );
  return windows.length > 0 ? [...new Set(windows)].join("; ") : "at as-of";
}

/** The sources that an expression reads, in words. */
export function sourcesOf(expression: Expression): string[] {
  const sources = new Set<string>(aggregatesOf(expression).map(({ source }) => SOURCE_WORDS[source]));
  if (readsAccount(expression)) sources.add("subscriptions");
  return [...sources];
}

const SOURCE_WORDS = {
  usage_day: "usage",
  ticket: "support tickets",
  invoice: "payments",
  subscription_change: "subscriptions",
} as const;

function readsAccount(expression: Expression): boolean {
  switch (expression.kind) {
    case "account":
    case "covered_days":
    case "covered_for":
      return true;
    case "ratio":
      return readsAccount(expression.over) || readsAccount(expression.under);
    case "days_since":
      return readsAccount(expression.of);
    case "number":
    case "aggregate":
      return false;
    default:
      return readsAccount(expression.left) || readsAccount(expression.right);
  }
}
