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
    missing: "seats are not recorded",
    direction: { higher: "is a larger account", lower: "is a smaller account" },
    actionable: false,
    expression: account("seats"),
    tell: (value) => (Number.isNaN(value) ? "Seats not recorded" : `Pays for ${counted(value, "seat")}`),
  },
  {
    name: "seats_84d_ago",
    theme: "seats",
    label: "Seats 12 weeks ago",
    meaning: "Seats paid for 12 weeks before",
    type: "count",
    unit: "seats",
    missing: "not yet a customer 12 weeks ago",
    direction: { higher: "had more seats", lower: "had fewer seats" },
    actionable: false,
    expression: accountBefore("seats"),
    tell: (value) =>
      Number.isNaN(value) ? "Not yet a customer 12 weeks ago" : `Paid for ${counted(value, "seat")} twelve weeks ago`,
  },
  {
    name: "seats_change_84d",
    theme: "seats",
    label: "Seats, 12-week change",
    meaning: "Seats now as a share of the seats 12 weeks ago",
    type: "ratio",
    unit: "share",
    missing: "not yet a customer 12 weeks ago",
    direction: { higher: "added seats", lower: "gave up seats" },
    actionable: true,
    expression: ratio(account("seats"), accountBefore("seats")),
    tell: (value, row) =>
      Number.isNaN(value)
        ? "Not yet a customer 12 weeks ago"
        : tellMove({ subject: "Seats", from: row("seats_84d_ago"), to: row("seats"), span: "twelve weeks" }),
  },
  {
    name: "seat_changes_28d",
    theme: "seats",
    label: "Seat changes",
    meaning: "How often the number of seats was changed in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "never",
    direction: { higher: "changed seats more often", lower: "left seats alone" },
    actionable: false,
    expression: count("subscription_change", {
      window: last(28),
      filters: [{ column: "kind", in: ["seat_change"] }],
    }),
    tell: (value) =>
      value > 0 ? `Changed its seats ${counted(value, "time")} in four weeks` : "No change of seats in four weeks",
  },
  {
    name: "seat_use_28d",
    theme: "seats",
    label: "Seats in use",
    meaning: "Active users on the busiest day of the last 4 weeks as a share of the seats",
    type: "ratio",
    unit: "share",
    missing: "no usage or no seats recorded",
    direction: { higher: "uses more of what it pays for", lower: "leaves seats unused" },
    actionable: true,
    expression: ratio(peakUsers(last(28)), account("seats")),
    tell: (value) =>
      Number.isNaN(value)
        ? "Use or seats not recorded"
        : `${percent(value)} of the seats in use on the busiest day of four weeks`,
  },
  {
    name: "seat_use_7d",
    theme: "seats",
    label: "Seats in use, last week",
    meaning: "Active users on the busiest day of the last week as a share of the seats",
    type: "ratio",
    unit: "share",
    missing: "no usage or no seats recorded",
    direction: { higher: "uses more of what it pays for", lower: "leaves seats unused" },
    actionable: true,
    expression: ratio(peakUsers(last(7)), account("seats")),
    tell: (value) =>
      Number.isNaN(value)
        ? "Use or seats not recorded"
        : `${percent(value)} of the seats in use on the busiest day of last week`,
  },
  {
    name: "seat_use_change",
    theme: "seats",
    label: "Seats in use, change",
    meaning: "Share of the seats in use on the busiest day of the last 4 weeks less that of the 8 weeks before",
    type: "measure",
    unit: "share",
    missing: "not yet a customer 12 weeks ago",
    direction: { higher: "uses more of its seats than before", lower: "uses fewer of its seats than before" },
    actionable: true,
    expression: coveredFor(
      84,
      minus(ratio(peakUsers(last(28)), account("seats")), ratio(peakUsers(between(84, 28)), account("seats"))),
    ),
    tell: (value) => {
      if (Number.isNaN(value)) return "Not yet a customer 12 weeks ago";
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
    missing: "no usage or no seats recorded",
    direction: { higher: "pays for more unused seats", lower: "pays for fewer unused seats" },
    actionable: true,
    expression: minus(account("seats"), peakUsers(last(28))),
    tell: (value) => {
      if (Number.isNaN(value)) return "Use or seats not recorded";
      return value > 0
        ? `${counted(value, "seat")} never used on one day in four weeks`
        : "All seats in use on the busiest day of four weeks";
    },
  },
];
