import { BILLING_FEATURES } from "./billing";
import { BREADTH_FEATURES } from "./breadth";
import { CONTRACT_FEATURES } from "./contract-terms";
import { CUSTOMER_CONTACT_FEATURES } from "./customer-contact";
import type { FeatureDefinition } from "./definition";
import { RECENCY_FEATURES } from "./recency";
import { SEAT_FEATURES } from "./seats";
import { SUPPORT_FEATURES } from "./support";
import { USAGE_LEVEL_FEATURES } from "./usage-level";
import { USAGE_TREND_FEATURES } from "./usage-trend";

/** A feature view: one named, ordered list of features for one target. */
export type FeatureViewDefinition = {
  readonly name: string;
  readonly targetId: string;
  readonly features: readonly FeatureDefinition[];
};

/** The weekly view of an account that the churn model reads; the order of the values is the order here. */
export const ACCOUNT_WEEKLY: FeatureViewDefinition = {
  name: "account_weekly",
  targetId: "churn-30d",
  features: [
    ...CONTRACT_FEATURES,
    ...SEAT_FEATURES,
    ...USAGE_LEVEL_FEATURES,
    ...USAGE_TREND_FEATURES,
    ...BREADTH_FEATURES,
    ...RECENCY_FEATURES,
    ...SUPPORT_FEATURES,
    ...BILLING_FEATURES,
    ...CUSTOMER_CONTACT_FEATURES,
  ],
};
