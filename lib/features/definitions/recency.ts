import type { FeatureDefinition } from "./definition";
import { daysSince, last, max } from "./expression";
import { counted } from "./format";

/** Days since the last day on which a counter was above zero, within 12 weeks. */
function since(name: string, column: string, label: string, what: string): FeatureDefinition {
  return {
    name,
    theme: "recency",
    label,
    meaning: `Days since the last day with ${what}, looking back 12 weeks`,
    type: "measure",
    unit: "days",
    missing: `Not one day with ${what} in twelve weeks`,
    direction: { higher: "longer ago", lower: "more recent" },
    actionable: true,
    expression: daysSince(max("usage_day", "day", { window: last(84), filters: [{ column, atLeast: 1 }] })),
    tell: (value) => `Last day with ${what} was ${counted(value, "day")} before the week began`,
  };
}

/** Time since the last use, of the whole and of its parts. */
export const RECENCY_FEATURES: readonly FeatureDefinition[] = [
  since("days_since_use", "active_users", "Days since last use", "any use"),
  since("days_since_project", "projects", "Days since last new project", "a new project"),
  since("days_since_report", "reports", "Days since last report", "a report"),
  since("days_since_integration", "integrations", "Days since integrations ran", "integrations"),
];
