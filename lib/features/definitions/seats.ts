import type { FeatureDefinition } from "./definition";
import { account, accountBefore, between, count, coveredFor, last, minus, peak, ratio } from "./expression";
import { counted, percent, plainNumber } from "./format";
import { tellMove } from "./sentences";

const peakUsers = (window: { from: number; to: number }) => peak("usage_day", "active_users", { window });

/** Seats: how many are paid for, whether that changes, how many are used. */
export const SEAT_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "seats",
    theme: "seats",
    label: "Seats",
    meaning: "Seats paid for",
    type: "count",
    unit: "seats",
    missing: "Seats not recorded",
    direction: { higher: "is a larger account", lower: "is a smaller account" },
    actionable: false,
    expression: account("seats"),
    tell: (value) => `Pays for ${counted(value, "seat")}`,
  },
  {
    name: "seats_84d_ago",
    theme: "seats",
    label: "Seats 12 weeks ago",
    meaning: "Seats paid for 12 weeks before",
    type: "count",
    unit: "seats",
    missing: "Not enough history to compare with twelve weeks ago",
    direction: { higher: "had more seats", lower: "had fewer seats" },
    actionable: false,
    expression: accountBefore("seats"),
    tell: (value) => `Paid for ${counted(value, "seat")} twelve weeks ago`,
  },
  {
    name: "seats_change_84d",
    theme: "seats",
    label: "Seats, 12-week change",
    meaning: "Seats now as a share of the seats 12 weeks ago",
    type: "ratio",
    unit: "share",
    missing: "Not enough history to compare with twelve weeks ago",
    direction: { higher: "added seats", lower: "gave up seats" },
    actionable: true,
    expression: ratio(account("seats"), accountBefore("seats")),
    tell: (_value, row) =>
      tellMove({ subject: "Seats", from: row("seats_84d_ago"), to: row("seats"), span: "twelve weeks" }),
  },
  {
    name: "seat_changes_28d",
    theme: "seats",
    label: "Seat changes",
    meaning: "How often the number of seats was changed in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "Subscriptions not recorded",
    direction: { higher: "changed seats more often", lower: "left seats alone" },
    actionable: false,
    expression: count("subscription_change", {
      window: last(28),
      filters: [{ column: "kind", in: ["seat_change"] }],
    }),
    tell: (value) =>
      value > 0 ? `${counted(value, "change")} of seats in four weeks` : "No change of seats in four weeks",
  },
  {
    name: "seat_use_28d",
    theme: "seats",
    label: "Seats in use",
    meaning: "Active users on the busiest day of the last 4 weeks as a share of the seats",
    type: "ratio",
    unit: "share",
    missing: "Use or seats not recorded",
    direction: { higher: "uses more of what it pays for", lower: "leaves seats unused" },
    actionable: true,
    expression: ratio(peakUsers(last(28)), account("seats")),
    tell: (value) => `${percent(value)} of the seats in use on the busiest day of four weeks`,
  },
  {
    name: "seat_use_7d",
    theme: "seats",
    label: "Seats in use, last week",
    meaning: "Active users on the busiest day of the last week as a share of the seats",
    type: "ratio",
    unit: "share",
    missing: "Use or seats not recorded",
    direction: { higher: "uses more of what it pays for", lower: "leaves seats unused" },
    actionable: true,
    expression: ratio(peakUsers(last(7)), account("seats")),
    tell: (value) => `${percent(value)} of the seats in use on the busiest day of last week`,
  },
  {
    name: "seat_use_change",
    theme: "seats",
    label: "Seats in use, change",
    meaning: "Share of the seats in use on the busiest day of the last 4 weeks less that of the 8 weeks before",
    type: "measure",
    unit: "share",
    missing: "Not enough history to compare with twelve weeks ago",
    direction: { higher: "uses more of its seats than before", lower: "uses fewer of its seats than before" },
    actionable: true,
    expression: coveredFor(
      84,
      minus(ratio(peakUsers(last(28)), account("seats")), ratio(peakUsers(between(84, 28)), account("seats"))),
    ),
    tell: (value) => {
      const points = plainNumber(Math.abs(Math.round(value * 100)));
      if (points === "0") return "Share of seats in use as in the eight weeks before";
      return `Share of seats in use ${value < 0 ? "down" : "up"} ${points} points on the eight weeks before`;
    },
  },
  {
    name: "unused_seats_28d",
    theme: "seats",
    label: "Unused seats",
    meaning: "Seats less the active users on the busiest day of the last 4 weeks",
    type: "measure",
    unit: "seats",
    missing: "Use or seats not recorded",
    direction: { higher: "pays for more unused seats", lower: "pays for fewer unused seats" },
    actionable: true,
    expression: minus(account("seats"), peakUsers(last(28))),
    tell: (value) => {
      return value > 0
        ? `${counted(value, "seat")} unused even on the busiest day of four weeks`
        : "All seats in use on the busiest day of four weeks";
    },
  },
];
