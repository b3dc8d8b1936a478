import type { FeatureDefinition } from "./definition";
import { count, last } from "./expression";
import { counted } from "./format";

/** Tickets of one category that the customer opened in the last 12 weeks. */
function asked(
  name: string,
  category: string,
  label: string,
  what: readonly [one: string, many: string],
  higher: string,
): FeatureDefinition {
  return {
    name,
    theme: "customer_contact",
    label,
    meaning: `${label} from the customer in the last 12 weeks`,
    type: "count",
    unit: "count",
    missing: "Tickets not recorded that far back",
    direction: { higher, lower: "asked less often" },
    actionable: true,
    expression: count("ticket", {
      window: last(84),
      filters: [
        { column: "opened_by", in: ["customer"] },
        { column: "category", in: [category] },
      ],
    }),
    tell: (value) => (value > 0 ? `${counted(value, ...what)} in twelve weeks` : `No ${what[1]} in twelve weeks`),
  };
}

/** What the customer asked for by itself; nothing that the vendor started. */
export const CUSTOMER_CONTACT_FEATURES: readonly FeatureDefinition[] = [
  asked(
    "cancellation_questions_84d",
    "cancellation",
    "Questions about cancelling",
    ["question about cancelling", "questions about cancelling"],
    "asked about cancelling",
  ),
  asked(
    "billing_questions_84d",
    "billing",
    "Questions about bills",
    ["question about bills", "questions about bills"],
    "asked about bills",
  ),
  asked(
    "feature_requests_84d",
    "feature_request",
    "Feature requests",
    ["feature request", "feature requests"],
    "asked for features",
  ),
  asked(
    "how_to_questions_84d",
    "question",
    "How-to questions",
    ["how-to question", "how-to questions"],
    "asked how things work",
  ),
  {
    name: "notices_withdrawn_84d",
    theme: "customer_contact",
    label: "Notices withdrawn",
    meaning: "Cancellation notices that the customer withdrew in the last 12 weeks",
    type: "count",
    unit: "count",
    missing: "Subscriptions not recorded",
    direction: { higher: "had already decided to leave once", lower: "gave no notice lately" },
    actionable: false,
    expression: count("subscription_change", {
      window: last(84),
      filters: [{ column: "kind", in: ["notice_withdrawn"] }],
    }),
    tell: (value) =>
      value > 0
        ? `Withdrew ${counted(value, "cancellation notice")} in twelve weeks`
        : "No withdrawn cancellation notice in twelve weeks",
  },
];
