import type { FeatureDefinition } from "./definition";
import { count, daysSince, last, max, mean, min, sum } from "./expression";
import { counted } from "./format";

const unpaid = { column: "paid_at", empty: true } as const;
const paid = { column: "paid_at", empty: false } as const;
const failed = { column: "failures", atLeast: 1 } as const;

/** Billing: failed, late and open payments. */
export const BILLING_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "failed_payments_28d",
    theme: "billing",
    label: "Failed payments, 4 weeks",
    meaning: "Invoices with a payment attempt that failed in the last 4 weeks",
    type: "count",
    unit: "count",
    missing: "Payments not recorded that far back",
    direction: { higher: "more payments failed", lower: "fewer payments failed" },
    actionable: true,
    expression: count("invoice", { window: last(28), at: "failed_at", filters: [failed] }),
    tell: (value) =>
      value > 0 ? `Payment of ${counted(value, "invoice")} failed in four weeks` : "No failed payments in four weeks",
  },
  {
    name: "failed_payments_84d",
    theme: "billing",
    label: "Failed payments, 12 weeks",
    meaning: "Payment attempts that failed on invoices due in the last 12 weeks",
    type: "count",
    unit: "count",
    missing: "Payments not recorded that far back",
    direction: { higher: "more payments failed", lower: "fewer payments failed" },
    actionable: true,
    expression: sum("invoice", "failures", { window: last(84) }),
    tell: (value) =>
      value > 0 ? `${counted(value, "payment attempt")} failed in twelve weeks` : "No failed payments in twelve weeks",
  },
  {
    name: "unpaid_invoices",
    theme: "billing",
    label: "Unpaid invoices",
    meaning: "Invoices due in the last 12 weeks that are not paid",
    type: "count",
    unit: "count",
    missing: "Payments not recorded that far back",
    direction: { higher: "owes more invoices", lower: "owes fewer invoices" },
    actionable: true,
    expression: count("invoice", { window: last(84), filters: [unpaid] }),
    tell: (value) => (value > 0 ? `${counted(value, "invoice")} unpaid` : "No unpaid invoices"),
  },
  {
    name: "overdue_days",
    theme: "billing",
    label: "Overdue for",
    meaning: "Days since the oldest unpaid invoice of the last 12 weeks was due",
    type: "measure",
    unit: "days",
    missing: "No unpaid invoices",
    direction: { higher: "has owed for longer", lower: "has owed for less" },
    actionable: true,
    expression: daysSince(min("invoice", "due_at", { window: last(84), filters: [unpaid] })),
    tell: (value) => `Oldest unpaid invoice is ${counted(Math.floor(value), "day")} overdue`,
  },
  {
    name: "days_late_84d",
    theme: "billing",
    label: "Days late",
    meaning: "Mean days from due date to payment, or until now while unpaid, of invoices due in the last 12 weeks",
    type: "measure",
    unit: "days",
    missing: "No invoice due in twelve weeks",
    direction: { higher: "pays later", lower: "pays sooner" },
    actionable: true,
    expression: mean("invoice", "days_late", { window: last(84) }),
    tell: (value) => `Pays ${counted(value, "day")} after the due date on average`,
  },
  {
    name: "days_since_payment",
    theme: "billing",
    label: "Days since last payment",
    meaning: "Days since the last payment arrived, looking back 12 weeks",
    type: "measure",
    unit: "days",
    missing: "No payment in twelve weeks",
    direction: { higher: "longer ago", lower: "more recent" },
    actionable: false,
    expression: daysSince(max("invoice", "paid_at", { window: last(84), at: "paid_at", filters: [paid] })),
    tell: (value) => `Last payment arrived ${counted(Math.floor(value), "day")} before the week began`,
  },
  {
    name: "refunds_84d",
    theme: "billing",
    label: "Refunds",
    meaning: "Invoices refunded in the last 12 weeks",
    type: "count",
    unit: "count",
    missing: "Payments not recorded that far back",
    direction: { higher: "was refunded more", lower: "was refunded less" },
    actionable: false,
    expression: count("invoice", { window: last(84), at: "refunded_at" }),
    tell: (value) =>
      value > 0 ? `${counted(value, "invoice")} refunded in twelve weeks` : "No refunds in twelve weeks",
  },
];
