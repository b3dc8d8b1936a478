import type { FeatureDefinition } from "./definition";
import { account, between, count, coveredFor, last, peak, plus, ratio, sum } from "./expression";
import { counted, plainNumber } from "./format";

const in28 = (column: string) => sum("usage_day", column, { window: last(28) });
const actions28 = plus(
  plus(plus(in28("tasks"), in28("comments")), plus(in28("projects"), in28("files"))),
  in28("reports"),
);
const USED = [{ column: "active_users", atLeast: 1 }] as const;

/** Level of use: how much, by how many, how often. */
export const USAGE_LEVEL_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "active_users_7d",
    theme: "usage_level",
    label: "Active users, last week",
    meaning: "Active users on the busiest day of the last week",
    type: "count",
    unit: "people",
    missing: "no usage is recorded for the company",
    direction: { higher: "more people use it", lower: "fewer people use it" },
    actionable: true,
    expression: peak("usage_day", "active_users", { window: last(7) }),
    tell: (value) =>
      value > 0 ? `${counted(value, "person", "people")} active on last week's busiest day` : "No use at all last week",
  },
  {
    name: "active_users_4w_ago",
    theme: "usage_level",
    label: "Active users, 4 weeks ago",
    meaning: "Active users on the busiest day of the week 4 weeks before",
    type: "count",
    unit: "people",
    missing: "not yet a customer then",
    direction: { higher: "more people used it then", lower: "fewer people used it then" },
    actionable: false,
    expression: coveredFor(35, peak("usage_day", "active_users", { window: between(35, 28) })),
    tell: (value) =>
      Number.isNaN(value)
        ? "Not yet a customer four weeks ago"
        : `${counted(value, "person", "people")} active four weeks ago`,
  },
  {
    name: "active_days_7d",
    theme: "usage_level",
    label: "Days with use, last week",
    meaning: "Days with any use in the last week",
    type: "count",
    unit: "days",
    missing: "no usage is recorded for the company",
    direction: { higher: "is used on more days", lower: "is used on fewer days" },
    actionable: true,
    expression: count("usage_day", { window: last(7), filters: USED }),
    tell: (value) => `Used on ${counted(value, "day")} of last week`,
  },
  {
    name: "active_days_28d",
    theme: "usage_level",
    label: "Days with use",
    meaning: "Days with any use in the last 4 weeks",
    type: "count",
    unit: "days",
    missing: "no usage is recorded for the company",
    direction: { higher: "is used on more days", lower: "is used on fewer days" },
    actionable: true,
    expression: count("usage_day", { window: last(28), filters: USED }),
    tell: (value) => `Used on ${counted(value, "day")} of the last four weeks`,
  },
  {
    name: "sessions_per_seat_28d",
    theme: "usage_level",
    label: "Sessions per seat",
    meaning: "Sessions of the last 4 weeks per seat",
    type: "measure",
    unit: "count",
    missing: "no usage or no seats recorded",
    direction: { higher: "is used more", lower: "is used less" },
    actionable: true,
    expression: ratio(sum("usage_day", "sessions", { window: last(28) }), account("seats")),
    tell: (value) => `${plainNumber(value)} sessions per seat in four weeks`,
  },
  {
    name: "sessions_7d",
    theme: "usage_level",
    label: "Sessions, last week",
    meaning: "Sessions of the last week",
    type: "count",
    unit: "count",
    missing: "no usage is recorded for the company",
    direction: { higher: "is used more", lower: "is used less" },
    actionable: true,
    expression: sum("usage_day", "sessions", { window: last(7) }),
    tell: (value) => `${counted(value, "session")} last week`,
  },
  {
    name: "tasks_per_seat_28d",
    theme: "usage_level",
    label: "Tasks per seat",
    meaning: "Tasks worked on in the last 4 weeks per seat",
    type: "measure",
    unit: "count",
    missing: "no usage or no seats recorded",
    direction: { higher: "more work happens in the product", lower: "less work happens in the product" },
    actionable: true,
    expression: ratio(sum("usage_day", "tasks", { window: last(28) }), account("seats")),
    tell: (value) => `${plainNumber(value)} tasks per seat in four weeks`,
  },
  {
    name: "actions_per_session_28d",
    theme: "usage_level",
    label: "Actions per session",
    meaning: "Tasks, comments, projects, files and reports of the last 4 weeks per session",
    type: "measure",
    unit: "count",
    missing: "no sessions in the last 4 weeks",
    direction: { higher: "does more in a session", lower: "does less in a session" },
    actionable: true,
    expression: ratio(actions28, sum("usage_day", "sessions", { window: last(28) })),
    tell: (value) =>
      Number.isNaN(value) ? "No sessions in four weeks" : `${plainNumber(value)} actions per session in four weeks`,
  },
];
