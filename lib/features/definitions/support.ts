import type { FeatureDefinition } from "./definition";
import { between, count, coveredFor, daysSince, last, max, mean, min, minus, number, ratio, sum } from "./expression";
import { counted, plainNumber } from "./format";

const byCustomer = { column: "opened_by", in: ["customer"] } as const;
const severe = { column: "severity", in: ["high", "urgent"] } as const;
const unresolved = { column: "resolved_at", empty: true } as const;

/** Support: how many tickets the customer opened, how bad, how fast and how well they were answered. */
export const SUPPORT_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "tickets_28d",
    theme: "support",
    label: "Tickets",
    meaning: "Support tickets that the customer opened in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "tickets are not recorded that far back",
    direction: { higher: "needs more support", lower: "needs less support" },
    actionable: true,
    expression: count("ticket", { window: last(28), filters: [byCustomer] }),
    tell: (value) => (value > 0 ? `${counted(value, "ticket")} opened in four weeks` : "No tickets in four weeks"),
  },
  {
    name: "tickets_change_28d",
    theme: "support",
    label: "Tickets against usual",
    meaning: "Tickets of the last 4 weeks less the average of the 8 weeks before, per 4 weeks",
    type: "measure",
    unit: "count",
    missing: "not yet a customer 12 weeks ago",
    direction: { higher: "more tickets than usual", lower: "fewer tickets than usual" },
    actionable: true,
    expression: coveredFor(
      84,
      minus(
        count("ticket", { window: last(28), filters: [byCustomer] }),
        ratio(count("ticket", { window: between(84, 28), filters: [byCustomer] }), number(2)),
      ),
    ),
    tell: (value) => {
      if (Number.isNaN(value)) return "Not yet a customer 12 weeks ago";
      if (Math.abs(value) < 0.05) return "As many tickets as usual";
      return `${plainNumber(Math.abs(value))} tickets ${value > 0 ? "more" : "fewer"} than usual in four weeks`;
    },
  },
  {
    name: "severe_tickets_84d",
    theme: "support",
    label: "Severe tickets",
    meaning: "Tickets of high or urgent severity that the customer opened in the last 12 weeks",
    type: "count",
    unit: "count",
    missing: "tickets are not recorded that far back",
    direction: { higher: "more severe trouble", lower: "less severe trouble" },
    actionable: true,
    expression: count("ticket", { window: last(84), filters: [byCustomer, severe] }),
    tell: (value) =>
      value > 0 ? `${counted(value, "severe ticket")} in twelve weeks` : "No severe tickets in twelve weeks",
  },
  {
    name: "problem_tickets_28d",
    theme: "support",
    label: "Problem tickets",
    meaning: "Tickets about a problem that the customer opened in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "tickets are not recorded that far back",
    direction: { higher: "more problems", lower: "fewer problems" },
    actionable: true,
    expression: count("ticket", { window: last(28), filters: [byCustomer, { column: "category", in: ["problem"] }] }),
    tell: (value) =>
      value > 0 ? `${counted(value, "problem")} reported in four weeks` : "No problems reported in four weeks",
  },
  {
    name: "open_tickets",
    theme: "support",
    label: "Open tickets",
    meaning: "Tickets of the last 12 weeks that are not resolved",
    type: "count",
    unit: "count",
    missing: "tickets are not recorded that far back",
    direction: { higher: "waits for more answers", lower: "waits for fewer answers" },
    actionable: true,
    expression: count("ticket", { window: last(84), filters: [byCustomer, unresolved] }),
    tell: (value) => (value > 0 ? `${counted(value, "ticket")} still open` : "No open tickets"),
  },
  {
    name: "oldest_open_ticket_days",
    theme: "support",
    label: "Oldest open ticket",
    meaning: "Days since the oldest unresolved ticket of the last 12 weeks was opened",
    type: "measure",
    unit: "days",
    missing: "no open ticket",
    direction: { higher: "has waited longer", lower: "has waited less" },
    actionable: true,
    expression: daysSince(min("ticket", "opened_at", { window: last(84), filters: [byCustomer, unresolved] })),
    tell: (value) =>
      Number.isNaN(value) ? "No open tickets" : `Oldest open ticket has waited ${counted(Math.floor(value), "day")}`,
  },
  {
    name: "response_hours_84d",
    theme: "support",
    label: "Time to first response",
    meaning: "Mean hours to the first response on tickets of the last 12 weeks",
    type: "measure",
    unit: "hours",
    missing: "no answered ticket in 12 weeks",
    direction: { higher: "is answered more slowly", lower: "is answered faster" },
    actionable: true,
    expression: ratio(mean("ticket", "response_minutes", { window: last(84), filters: [byCustomer] }), number(60)),
    tell: (value) =>
      Number.isNaN(value)
        ? "No answered tickets in twelve weeks"
        : `First response to tickets took ${counted(value, "hour")} on average`,
  },
  {
    name: "resolution_hours_84d",
    theme: "support",
    label: "Time to resolution",
    meaning: "Mean hours to resolution of tickets opened in the last 12 weeks",
    type: "measure",
    unit: "hours",
    missing: "no resolved ticket in 12 weeks",
    direction: { higher: "is helped more slowly", lower: "is helped faster" },
    actionable: true,
    expression: ratio(mean("ticket", "resolution_minutes", { window: last(84), filters: [byCustomer] }), number(60)),
    tell: (value) =>
      Number.isNaN(value)
        ? "No resolved tickets in twelve weeks"
        : `Tickets took ${counted(value, "hour")} to resolve on average`,
  },
  {
    name: "reopened_84d",
    theme: "support",
    label: "Tickets reopened",
    meaning: "How often tickets opened in the last 12 weeks were opened again",
    type: "count",
    unit: "count",
    missing: "tickets are not recorded that far back",
    direction: { higher: "solutions did not hold", lower: "solutions held" },
    actionable: true,
    expression: sum("ticket", "reopenings", { window: last(84), filters: [byCustomer] }),
    tell: (value) =>
      value > 0
        ? `Tickets opened again ${counted(value, "time")} in twelve weeks`
        : "No ticket opened again in twelve weeks",
  },
  {
    name: "satisfaction_84d",
    theme: "support",
    label: "Satisfaction",
    meaning: "Mean rating, 1 to 5, that the customer gave to tickets in the last 12 weeks",
    type: "measure",
    unit: "rating",
    missing: "no rating in 12 weeks",
    direction: { higher: "is more satisfied", lower: "is less satisfied" },
    actionable: true,
    expression: mean("ticket", "satisfaction", { window: last(84), at: "rated_at" }),
    tell: (value) =>
      Number.isNaN(value)
        ? "No satisfaction rating in twelve weeks"
        : `Rated support ${plainNumber(value)} of 5 on average in twelve weeks`,
  },
  {
    name: "worst_satisfaction_84d",
    theme: "support",
    label: "Worst rating",
    meaning: "Lowest rating, 1 to 5, that the customer gave to a ticket in the last 12 weeks",
    type: "measure",
    unit: "rating",
    missing: "no rating in 12 weeks",
    direction: { higher: "was never disappointed", lower: "was disappointed at least once" },
    actionable: true,
    expression: min("ticket", "satisfaction", { window: last(84), at: "rated_at" }),
    tell: (value) =>
      Number.isNaN(value)
        ? "No satisfaction rating in twelve weeks"
        : `Lowest rating of support was ${plainNumber(value)} of 5 in twelve weeks`,
  },
  {
    name: "days_since_ticket",
    theme: "support",
    label: "Days since last ticket",
    meaning: "Days since the customer last opened a ticket, looking back 12 weeks",
    type: "measure",
    unit: "days",
    missing: "no ticket in 12 weeks",
    direction: { higher: "longer ago", lower: "more recent" },
    actionable: false,
    expression: daysSince(max("ticket", "opened_at", { window: last(84), filters: [byCustomer] })),
    tell: (value) =>
      Number.isNaN(value)
        ? "No tickets in twelve weeks"
        : `Last ticket was opened ${counted(Math.floor(value), "day")} before the week began`,
  },
];
