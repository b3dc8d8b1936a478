import { z } from "zod";
import type { Owner, PublishedRun, Standing } from "@/lib/queue/contract";
import type { Band, Listing } from "@/lib/scoring/contract";

export const CustomerParamsSchema = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) }).strict();

export const DIRECTORY_PAGE_SIZE = 50;

/** The address of the list of all customers; `after` is the `next` of the page before. */
export const DirectoryQuerySchema = z
  .object({
    q: z
      .string()
      .trim()
      .max(100)
      .refine((text) => !text.includes("\0"), "must not contain a NUL character")
      .default(""),
    after: z.string().max(500).optional(),
  })
  .strict();

export type DirectoryQuery = z.infer<typeof DirectoryQuerySchema>;

/** One customer in the list of all. */
export type DirectoryRow = {
  customerId: number;
  name: string;
  segment: string | null;
  coverage: "paid" | "trial" | "none";
  plan: string | null;
  mrrCents: number;
  /** null: neither scored nor on notice this week */
  standing: Standing | null;
  owner: Owner | null;
};

export type DirectoryPage = { rows: DirectoryRow[]; next: string | null; currency: string };

/** Who a customer is now. Money is in cents, times are ISO 8601. */
export type CustomerHead = {
  customerId: number;
  name: string;
  segment: string | null;
  industry: string | null;
  country: string | null;
  signedUpAt: string;
  owner: Owner | null;
  /** paid: covered and not in a trial */
  coverage: "paid" | "trial" | "ended" | "never";
  plan: string | null;
  seats: number | null;
  /** most people active on one day of the last 28; null where no usage was ever recorded */
  seatsUsed: number | null;
  mrrCents: number;
  /** start of the present stretch of paid coverage */
  paidSince: string | null;
  endedAt: string | null;
};

/** Why there is no score to show, or the score. */
export type CustomerPrediction =
  | { state: "shown"; prediction: CustomerScore }
  /** not on this week's list; while a comparison group runs, scores of unlisted customers are shown to nobody who contacts them */
  | { state: "unlisted" }
  | { state: "leaving"; noticeAt: string; effectiveAt: string | null }
  | { state: "not_paying" }
  /** pays, but came after the as-of or has too little history */
  | { state: "not_scored" }
  | { state: "nothing_published" };

export type CustomerScore = {
  probability: number;
  margin: number;
  /** log-odds of the average account, where the contributions start */
  bias: number;
  listing: Listing;
  band: Band;
  change: number | null;
  peerGroup: string;
  contributions: Contribution[];
};

/** One column's part in the log-odds, with the value that caused it. */
export type Contribution = {
  column: string;
  /** what the column says, in plain words */
  label: string;
  meaning: string;
  logOdds: number;
  /** the value as a person reads it; "no data" where it is missing */
  value: string;
  /** the sentence stored when publishing, for the strongest columns */
  sentence: string | null;
  /** values at earlier as-ofs, oldest first; null: missing or no feature row */
  past: { asOf: string; value: number | null; text: string }[];
  typical: { low: string; middle: string; high: string; lowValue: number; highValue: number } | null;
};

export type HistoryPoint = {
  asOf: string;
  modelNumber: number;
  threshold: number;
  state: "shown" | "unlisted" | "not_scored";
  probability: number | null;
};

/** One week, by the company's zone. */
export type UsageWeek = {
  week: string;
  /** null: before the first data of any customer, or not over yet */
  sessions: number | null;
  activeDays: number | null;
  /** most people active on one day */
  peakUsers: number | null;
  /** sessions a week over the 28 days up to this week's end; null while the data does not reach back so far */
  sessionsMean28: number | null;
};

export type SubscriptionWeek = { week: string; seats: number | null; mrrCents: number; plan: string | null };

export type Ticket = {
  ticketId: string;
  openedAt: string;
  category: string | null;
  severity: string | null;
  openedBy: "customer" | "vendor";
  /** hours until the first response; null: none yet */
  responseHours: number | null;
  resolvedAt: string | null;
  satisfaction: number | null;
};

export type TicketWeek = { week: string; low: number; normal: number; high: number; urgent: number };

export type Invoice = {
  invoiceId: string;
  dueAt: string | null;
  amountCents: number;
  paidAt: string | null;
  failures: number;
  refunded: boolean;
  state: "paid" | "paid_late" | "overdue" | "due";
  daysLate: number | null;
};

export type SubscriptionChange = { at: string; text: string };

export type CustomerPage = {
  head: CustomerHead;
  run: PublishedRun | null;
  prediction: CustomerPrediction;
  history: HistoryPoint[];
  usage: UsageWeek[];
  subscription: SubscriptionWeek[];
  changes: SubscriptionChange[];
  ticketWeeks: TicketWeek[];
  tickets: Ticket[];
  invoices: Invoice[];
  /** how many contacts there are; they are read by a call of their own, which is audited */
  contacts: number;
  contactAccess: ContactAccess;
  /** when all of this was read */
  now: string;
  currency: string;
  zone: string;
};

/** Whether a user may see the people at a customer: as_owner at once, with_reason after saying why. */
export type ContactAccess = "as_owner" | "with_reason" | "never";

/**
 * Why somebody who is not the owner looks at the people. A list, not a text: it stands in the audit for ever, where a text
 * might name the person.
 */
export const VIEW_REASONS = {
  standing_in: "I stand in for the owner",
  no_owner: "The customer has no owner",
  escalation: "An escalation is mine to answer",
  data_request: "Somebody asked about their data",
  data_check: "I check imported data",
} as const;
export const ViewReasonSchema = z.enum(Object.keys(VIEW_REASONS) as [ViewReason, ...ViewReason[]]);
export type ViewReason = keyof typeof VIEW_REASONS;

/** What is sent to see the people at a customer; the owner gives no reason. */
export const ViewContactsSchema = z.object({ reason: ViewReasonSchema.optional() }).strict();

/** A person at a customer. */
export type Contact = {
  fullName: string;
  jobTitle: string | null;
  email: string | null;
  phone: string | null;
  isPrimary: boolean;
};
