import type { Expression } from "./expression";

/** Themes group features that tell of one thing, for charts and for reasons; in the order in which ties are shown. */
export const THEMES = {
  usage_trend: "Change in use",
  usage_level: "Level of use",
  seats: "Seats",
  breadth: "Breadth and depth of use",
  recency: "Time since last use",
  support: "Support",
  billing: "Billing",
  customer_contact: "What the customer asked for",
  contract: "Contract and tenure",
} as const;

export type Theme = keyof typeof THEMES;

/** Units carry their number format (see format.ts). */
export type Unit =
  | "people"
  | "seats"
  | "days"
  | "hours"
  | "months"
  | "count"
  | "share"
  | "percent"
  | "cents"
  | "rating"
  | "yes_no";

/** A row as a sentence sees it: values by feature name, NaN where missing. */
export type RowReader = (name: string) => number;

/**
 * One feature, whole: what is computed, and how it is told. A new feature is a new entry in its theme's file.
 * Which sources and windows it has follows from the expression.
 */
export type FeatureDefinition = {
  /** Column name in the view: snake_case, never shown to a CSM. */
  readonly name: string;
  readonly theme: Theme;
  /** Short name for tables and charts. */
  readonly label: string;
  /** What it is, in a sentence for anyone. */
  readonly meaning: string;
  readonly type: "count" | "measure" | "ratio" | "flag";
  readonly unit: Unit;
  /** What it says of a customer that there is no value: a plain sentence without the full stop. */
  readonly missing: string;
  readonly direction: { readonly higher: string; readonly lower: string };
  /** Whether a CSM's work can change it. */
  readonly actionable: boolean;
  readonly expression: Expression;
  /** One plain sentence without the full stop about this customer; every number in it is in the row. See tellFeature. */
  readonly tell: (value: number, row: RowReader) => string;
};

/** The sentence about a customer's value of a feature, also where there is none. */
export function tellFeature(feature: FeatureDefinition, row: RowReader): string {
  const value = row(feature.name);
  return Number.isNaN(value) ? feature.missing : feature.tell(value, row);
}
