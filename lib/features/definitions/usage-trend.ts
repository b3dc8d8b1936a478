import type { FeatureDefinition } from "./definition";
import { againstBaseline, between, count, coveredFor, last, minus, peak, perDay, ratio } from "./expression";
import { counted } from "./format";
import { tellMove, tellRatio } from "./sentences";

const usedDays = (from: number, to: number) =>
  count("usage_day", { window: { from, to }, filters: [{ column: "active_users", atLeast: 1 }] });

/** A recent window of one counter against the customer's own usual. */
function trend(args: {
  name: string;
  label: string;
  subject: string;
  column: string;
  recent: number;
  baseline: number;
}): FeatureDefinition {
  const recent = WEEKS[args.recent] as string;
  const before = WEEKS[args.baseline - args.recent] as string;
  return {
    name: args.name,
    theme: "usage_trend",
    label: args.label,
    meaning: `${args.subject} per day in the last ${recent} as a share of the customer's own ${before} before`,
    type: "ratio",
    unit: "share",
    missing: `${args.subject} of the last ${recent}: no earlier level to compare with`,
    direction: { higher: `${args.subject.toLowerCase()} rose`, lower: `${args.subject.toLowerCase()} fell` },
    actionable: true,
    expression: againstBaseline(args.column, last(args.recent), between(args.baseline, args.recent)),
    tell: (value) => tellRatio({ subject: args.subject, ratio: value, recent, before }),
  };
}

const WEEKS: Record<number, string> = {
  7: "week",
  21: "three weeks",
  28: "four weeks",
  56: "eight weeks",
  77: "eleven weeks",
};

/** Change in use against the customer's own baseline: weeks say more about leaving than levels do. */
export const USAGE_TREND_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "active_users_change_28d",
    theme: "usage_trend",
    label: "Active users, 4-week change",
    meaning: "Active users on the busiest day of the last week less those of the week 4 weeks before",
    type: "measure",
    unit: "people",
    missing: "Not enough history to compare with four weeks ago",
    direction: { higher: "active users rose", lower: "active users fell" },
    actionable: true,
    expression: coveredFor(
      35,
      minus(
        peak("usage_day", "active_users", { window: last(7) }),
        peak("usage_day", "active_users", { window: between(35, 28) }),
      ),
    ),
    tell: (_value, row) =>
      tellMove({
        subject: "Active users",
        from: row("active_users_4w_ago"),
        to: row("active_users_7d"),
        span: "four weeks",
      }),
  },
  trend({
    name: "user_days_7d_vs_84d",
    label: "Daily active users, week vs 12 weeks",
    subject: "Daily active users",
    column: "active_users",
    recent: 7,
    baseline: 84,
  }),
  trend({
    name: "user_days_28d_vs_84d",
    label: "Daily active users, 4 vs 12 weeks",
    subject: "Daily active users",
    column: "active_users",
    recent: 28,
    baseline: 84,
  }),
  trend({
    name: "sessions_7d_vs_28d",
    label: "Sessions, week vs 4 weeks",
    subject: "Sessions",
    column: "sessions",
    recent: 7,
    baseline: 28,
  }),
  trend({
    name: "sessions_28d_vs_84d",
    label: "Sessions, 4 vs 12 weeks",
    subject: "Sessions",
    column: "sessions",
    recent: 28,
    baseline: 84,
  }),
  trend({
    name: "tasks_7d_vs_28d",
    label: "Tasks, week vs 4 weeks",
    subject: "Tasks",
    column: "tasks",
    recent: 7,
    baseline: 28,
  }),
  trend({
    name: "tasks_28d_vs_84d",
    label: "Tasks, 4 vs 12 weeks",
    subject: "Tasks",
    column: "tasks",
    recent: 28,
    baseline: 84,
  }),
  trend({
    name: "comments_28d_vs_84d",
    label: "Comments, 4 vs 12 weeks",
    subject: "Comments",
    column: "comments",
    recent: 28,
    baseline: 84,
  }),
  trend({
    name: "files_28d_vs_84d",
    label: "Files, 4 vs 12 weeks",
    subject: "Files added",
    column: "files",
    recent: 28,
    baseline: 84,
  }),
  {
    name: "active_days_28d_vs_84d",
    theme: "usage_trend",
    label: "Days with use, 4 vs 12 weeks",
    meaning:
      "Share of days with use in the last four weeks as a share of that of the customer's own eight weeks before",
    type: "ratio",
    unit: "share",
    missing: "No use in the eight weeks before to compare with",
    direction: { higher: "days with use rose", lower: "days with use fell" },
    actionable: true,
    expression: ratio(perDay(usedDays(28, 0)), perDay(usedDays(84, 28))),
    tell: (value) => tellRatio({ subject: "Days with use", ratio: value, recent: "four weeks", before: "eight weeks" }),
  },
  {
    name: "active_days_change_7d",
    theme: "usage_trend",
    label: "Days with use, weekly change",
    meaning: "Days with use in the last week less those in the week before",
    type: "measure",
    unit: "days",
    missing: "Not enough history to compare with two weeks ago",
    direction: { higher: "days with use rose", lower: "days with use fell" },
    actionable: true,
    expression: coveredFor(14, minus(usedDays(7, 0), usedDays(14, 7))),
    tell: (value) => {
      if (value === 0) return "Used on as many days last week as in the week before";
      return `Used on ${counted(Math.abs(value), value < 0 ? "day fewer" : "day more", value < 0 ? "days fewer" : "days more")} last week than in the week before`;
    },
  },
];
