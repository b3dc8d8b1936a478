import type { FeatureDefinition } from "./definition";
import { above, account, accountBefore, and, daysSince, minus, modulo, number, ratio, times } from "./expression";
import { counted, formatValue, percent, plainNumber } from "./format";

const DAYS_PER_MONTH = 365.25 / 12;
const termDays = times(account("term_months"), number(DAYS_PER_MONTH));

/** Contract and tenure: how long, on what terms, at what price. */
export const CONTRACT_FEATURES: readonly FeatureDefinition[] = [
  {
    name: "tenure_days",
    theme: "contract",
    label: "Tenure",
    meaning: "Days since the first paid subscription that still runs began",
    type: "measure",
    unit: "days",
    missing: "Start of the contract not recorded",
    direction: { higher: "has been a customer for longer", lower: "is a newer customer" },
    actionable: false,
    expression: daysSince(account("first_started_at")),
    tell: (value) => `Customer for ${counted(Math.floor(value), "day")}`,
  },
  {
    name: "term_months",
    theme: "contract",
    label: "Contract term",
    meaning: "Length of the contract in months; the longest where there are several",
    type: "measure",
    unit: "months",
    missing: "Contract term not recorded",
    direction: { higher: "is bound for longer", lower: "can leave sooner" },
    actionable: true,
    expression: account("term_months"),
    tell: (value) => {
      return value > 1 ? `Contract runs for ${counted(value, "month")} at a time` : "Contract renews every month";
    },
  },
  {
    name: "days_to_renewal",
    theme: "contract",
    label: "Days to renewal",
    meaning: "Days until the current contract term ends, counting terms from the last start in average months",
    type: "measure",
    unit: "days",
    missing: "Contract term not recorded",
    direction: { higher: "renewal is further away", lower: "renewal is near" },
    actionable: false,
    expression: minus(termDays, modulo(daysSince(account("covered_since")), termDays)),
    tell: (value) => `Contract renews in about ${counted(Math.ceil(value), "day")}`,
  },
  {
    name: "list_mrr_cents",
    theme: "contract",
    label: "Monthly list price",
    meaning: "Seats times list price a month, before discounts",
    type: "measure",
    unit: "cents",
    missing: "Seats or price not recorded",
    direction: { higher: "pays more in all", lower: "pays less in all" },
    actionable: false,
    expression: account("list_mrr_cents"),
    tell: (value) => `List price of ${formatValue(value, "cents")} a month`,
  },
  {
    name: "unit_price_cents",
    theme: "contract",
    label: "List price per seat",
    meaning: "List price per seat and month",
    type: "measure",
    unit: "cents",
    missing: "Price not recorded",
    direction: { higher: "is on a dearer plan", lower: "is on a cheaper plan" },
    actionable: false,
    expression: account("unit_price_cents"),
    tell: (value) => `List price of ${formatValue(value, "cents")} per seat and month`,
  },
  {
    name: "price_change_84d",
    theme: "contract",
    label: "Price per seat, 12-week change",
    meaning: "List price per seat now as a share of what it was 12 weeks ago",
    type: "ratio",
    unit: "share",
    missing: "Not enough history to compare with twelve weeks ago",
    direction: { higher: "price per seat went up", lower: "price per seat went down" },
    actionable: false,
    expression: ratio(account("unit_price_cents"), accountBefore("unit_price_cents")),
    tell: (value) => {
      const share = percent(Math.abs(value - 1));
      if (share === "0%") return "Price per seat unchanged over twelve weeks";
      return `Price per seat ${value > 1 ? "rose" : "fell"} by ${share} in twelve weeks`;
    },
  },
  {
    name: "list_discount_pct",
    theme: "contract",
    label: "Discount",
    meaning: "Discount on the list price in percent, without discounts granted by a retention play",
    type: "measure",
    unit: "percent",
    missing: "Seats not recorded",
    direction: { higher: "has a larger discount", lower: "has a smaller discount" },
    actionable: false,
    expression: account("list_discount_pct"),
    tell: (value) => (value > 0 ? `Pays ${plainNumber(value)}% below list price` : "Pays the full list price"),
  },
  {
    name: "returned_before",
    theme: "contract",
    label: "Came back before",
    meaning: "Whether the customer ended a subscription once and then came back",
    type: "flag",
    unit: "yes_no",
    missing: "Start of the contract not recorded",
    direction: { higher: "left once before", lower: "never left before" },
    actionable: false,
    expression: above(daysSince(account("first_started_at")), daysSince(account("covered_since"))),
    tell: (value) => (value > 0.5 ? "Left once before and came back" : "Never left before"),
  },
  {
    name: "downgraded_84d",
    theme: "contract",
    label: "Downgraded",
    meaning: "Whether both the price per seat and the monthly list price are lower than 12 weeks ago",
    type: "flag",
    unit: "yes_no",
    missing: "Not enough history to compare with twelve weeks ago",
    direction: { higher: "moved to a cheaper plan", lower: "did not move to a cheaper plan" },
    actionable: true,
    expression: and(
      above(accountBefore("unit_price_cents"), account("unit_price_cents")),
      above(accountBefore("list_mrr_cents"), account("list_mrr_cents")),
    ),
    tell: (value) => {
      return value > 0.5 ? "Moved to a cheaper plan in the last twelve weeks" : "Kept the plan over twelve weeks";
    },
  },
];
