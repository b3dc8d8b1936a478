import type { FeatureDefinition } from "./definition";
import {
  above,
  againstBaseline,
  between,
  coveredFor,
  type Expression,
  last,
  minus,
  number,
  plus,
  ratio,
  sum,
} from "./expression";
import { counted, percent, plainNumber } from "./format";
import { tellMove } from "./sentences";

const KINDS = ["tasks", "comments", "projects", "files", "reports", "integrations", "exports"] as const;
const use = (column: string, window: { from: number; to: number }) => sum("usage_day", column, { window });

/** How many of the seven kinds of use occurred in a window. */
const kindsUsed = (window: { from: number; to: number }): Expression =>
  KINDS.map((kind) => above(use(kind, window), number(0)) as Expression).reduce((all, one) => plus(all, one));

/** A count over 4 weeks of one kind of use. */
function kindFeature(name: string, column: string, label: string, what: string): FeatureDefinition {
  return {
    name,
    theme: "breadth",
    label,
    meaning: `${label} of the last 4 weeks`,
    type: "count",
    unit: "count",
    missing: "Use not recorded",
    direction: { higher: `more ${what}`, lower: `fewer ${what}` },
    actionable: true,
    expression: use(column, last(28)),
    tell: (value) => `${value > 0 ? plainNumber(value) : "No"} ${what} in four weeks`,
  };
}

/** Breadth and depth: how much of the product is used, and how much of the work is done together. */
export const BREADTH_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "kinds_used_28d",
    theme: "breadth",
    label: "Parts of the product used",
    meaning:
      "How many of seven parts of the product (tasks, comments, projects, files, reports, integrations, exports) were used in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "Use not recorded",
    direction: { higher: "uses more of the product", lower: "uses less of the product" },
    actionable: true,
    expression: kindsUsed(last(28)),
    tell: (value) => `${plainNumber(value)} of 7 parts of the product used in four weeks`,
  },
  {
    name: "kinds_used_28d_before",
    theme: "breadth",
    label: "Parts of the product used before",
    meaning: "How many of seven parts of the product were used in the 4 weeks before the last 4",
    type: "count",
    unit: "count",
    missing: "Not enough history to compare with eight weeks ago",
    direction: { higher: "used more of the product", lower: "used less of the product" },
    actionable: false,
    expression: coveredFor(56, kindsUsed(between(56, 28))),
    tell: (value, row) =>
      tellMove({
        subject: "Parts of the product in use",
        from: value,
        to: row("kinds_used_28d"),
        span: "four weeks",
      }),
  },
  kindFeature("projects_28d", "projects", "New projects", "new projects"),
  kindFeature("reports_28d", "reports", "Reports", "reports"),
  kindFeature("integrations_28d", "integrations", "Use of integrations", "uses of integrations"),
  {
    name: "integrations_28d_vs_84d",
    theme: "breadth",
    label: "Integrations, 4 vs 12 weeks",
    meaning: "Uses of integrations per day in the last 4 weeks as a share of the customer's own 8 weeks before",
    type: "ratio",
    unit: "share",
    missing: "No earlier use of integrations to compare with",
    direction: { higher: "integrations are used more", lower: "integrations are used less" },
    actionable: true,
    expression: againstBaseline("integrations", last(28), between(84, 28)),
    tell: (value) => `Use of integrations at ${percent(value)} of the eight weeks before`,
  },
  kindFeature("exports_28d", "exports", "Data exports", "data exports"),
  {
    name: "exports_change_28d",
    theme: "breadth",
    label: "Data exports, 4-week change",
    meaning: "Data exports of the last 4 weeks less those of the 4 weeks before",
    type: "measure",
    unit: "count",
    missing: "Not enough history to compare with eight weeks ago",
    direction: { higher: "takes more data out than before", lower: "takes less data out than before" },
    actionable: false,
    expression: coveredFor(56, minus(use("exports", last(28)), use("exports", between(56, 28)))),
    tell: (value) => {
      if (value === 0) return "As many data exports as in the four weeks before";
      return `${counted(Math.abs(value), `${value > 0 ? "more" : "fewer"} data export`)} than in the four weeks before`;
    },
  },
  {
    name: "collaboration_28d",
    theme: "breadth",
    label: "Comments per task",
    meaning: "Comments per task in the last 4 weeks: how much of the work is done together",
    type: "ratio",
    unit: "count",
    missing: "No tasks in four weeks",
    direction: { higher: "works together more", lower: "works together less" },
    actionable: true,
    expression: ratio(use("comments", last(28)), use("tasks", last(28))),
    tell: (value) => `${plainNumber(value)} comments per task in four weeks`,
  },
];
