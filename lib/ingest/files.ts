import { CANONICAL_FILES, type CanonicalFile, USAGE_COUNTERS } from "./contract";
import {
  day,
  email,
  hashedUser,
  identifier,
  oneOf,
  percentage,
  reportingCurrency,
  text,
  time,
  wholeNumber,
  yesOrNo,
} from "./fields";
import { type FileColumn, type FileSpec, named, optional, required } from "./file-spec";

/** The customer, by the id that the source gives; numbered when merged. */
const customer = named("customer_source_id", { name: "customer_id", reader: identifier, required: true });
const eventId = named("source_id", { name: "event_id", reader: identifier, required: true });

/** Kinds of usage events and the daily counter that each adds to. */
export const USAGE_KINDS: Readonly<Record<string, (typeof USAGE_COUNTERS)[number]>> = {
  session: "sessions",
  task: "tasks",
  comment: "comments",
  project: "projects",
  file: "files",
  report: "reports",
  integration: "integrations",
  export: "exports",
};

const SPECS: Readonly<Record<CanonicalFile, Omit<FileSpec, "file">>> = {
  "customers.csv": {
    merge: { kind: "customers" },
    occurredAt: ["occurred_at", "signed_up_at"],
    columns: [
      customer,
      required("name", text()),
      optional("account_group", identifier),
      optional("segment", text(60)),
      optional("industry", text(60)),
      optional("country", text(60)),
      required("signed_up_at", time),
      optional("owner_email", email),
      optional("occurred_at", time),
    ],
  },
  "subscription_events.csv": {
    merge: { kind: "facts", table: "subscription_event" },
    occurredAt: ["occurred_at"],
    columns: [
      eventId,
      customer,
      required("subscription_id", identifier),
      required(
        "kind",
        oneOf(
          "start",
          "trial_start",
          "seat_change",
          "plan_change",
          "price_change",
          "discount",
          "notice",
          "notice_withdrawn",
          "end",
          "reactivation",
        ),
      ),
      required("occurred_at", time),
      optional("effective_at", time, { ahead: true }),
      optional("plan", text(60), { requiredFor: ["start", "trial_start", "plan_change", "reactivation"] }),
      optional("seats", wholeNumber(1, 10_000_000), {
        requiredFor: ["start", "trial_start", "seat_change", "reactivation"],
      }),
      optional("unit_price_cents", wholeNumber(0, 100_000_000), {
        requiredFor: ["start", "price_change", "reactivation"],
      }),
      optional("discount_pct", percentage, { requiredFor: ["discount"] }),
      optional("discount_by_play", yesOrNo),
      optional("term_months", wholeNumber(1, 120)),
    ],
  },
  "usage.csv": {
    merge: { kind: "usage" },
    occurredAt: ["day"],
    columns: [
      customer,
      required("day", day),
      ...USAGE_COUNTERS.map((name): FileColumn => optional(name, wholeNumber(), { whenEmpty: "0" })),
    ],
  },
  "usage_events.csv": {
    merge: { kind: "usage-events" },
    occurredAt: ["occurred_at"],
    columns: [
      eventId,
      customer,
      required("occurred_at", time),
      required("kind", oneOf(...Object.keys(USAGE_KINDS))),
      named("user_key", { name: "user_id", reader: hashedUser }),
      optional("quantity", wholeNumber(0, 1_000_000), { whenEmpty: "1" }),
    ],
  },
  "tickets.csv": {
    merge: { kind: "facts", table: "ticket_event" },
    occurredAt: ["occurred_at"],
    columns: [
      eventId,
      customer,
      required("ticket_id", identifier),
      required("occurred_at", time),
      required("kind", oneOf("opened", "responded", "resolved", "reopened", "rated")),
      optional("category", oneOf("problem", "question", "billing", "feature_request", "cancellation"), {
        requiredFor: ["opened"],
      }),
      optional("severity", oneOf("low", "normal", "high", "urgent"), { requiredFor: ["opened"] }),
      optional("opened_by", oneOf("customer", "vendor"), { whenEmpty: "customer" }),
      optional("satisfaction", wholeNumber(1, 5), { requiredFor: ["rated"] }),
    ],
  },
  "payments.csv": {
    merge: { kind: "facts", table: "payment_event" },
    occurredAt: ["occurred_at"],
    columns: [
      eventId,
      customer,
      required("invoice_id", identifier),
      required("occurred_at", time),
      required("kind", oneOf("due", "paid", "failed", "refunded")),
      required("amount_cents", wholeNumber()),
      required("currency", reportingCurrency),
    ],
  },
  "contacts.csv": {
    merge: { kind: "contacts" },
    occurredAt: [],
    columns: [
      named("source_id", { name: "contact_id", reader: identifier, required: true }),
      customer,
      named("full_name", { name: "full_name", reader: text(), required: true, personal: true }),
      optional("email", email, { personal: true }),
      optional("phone", text(60), { personal: true }),
      optional("job_title", text(), { personal: true }),
      optional("is_primary", yesOrNo, { whenEmpty: "false" }),
    ],
  },
};

/** The canonical files as typed data, in the order in which they are imported. */
export const FILE_SPECS: readonly FileSpec[] = CANONICAL_FILES.map((file) => ({ file, ...SPECS[file] }));
