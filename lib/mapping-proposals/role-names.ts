import type { KnownFile } from "./known-file";

/** What files are called that hold one kind of rows, in one and many. */
const NAMES = {
  customers: [
    "account",
    "customer",
    "client",
    "company",
    "companie",
    "organization",
    "organisation",
    "org",
    "tenant",
    "workspace",
    "kunden",
    "kunde",
  ],
  subscriptions: ["subscription", "contract", "license", "licence", "abo", "vertrag", "vertraege"],
  usage: ["usage", "event", "activity", "activitie", "log", "session", "metric", "feature", "track", "tracks"],
  tickets: ["ticket", "case", "conversation", "support", "helpdesk", "desk", "issue", "zendesk", "incident"],
  payments: [
    "invoice",
    "payment",
    "charge",
    "billing",
    "transaction",
    "rechnung",
    "rechnungen",
    "zahlung",
    "zahlungen",
  ],
  departures: ["churn", "churned", "cancellation", "departure", "offboarding", "kuendigung", "kuendigungen"],
  contacts: ["contact", "user", "people", "person", "member", "kontakt", "kontakte", "ansprechpartner"],
} as const;

/** Whether a file's name says that it holds such rows. */
export function namedAs(file: KnownFile, role: keyof typeof NAMES): boolean {
  return file.about.some((token) => (NAMES[role] as readonly string[]).includes(token));
}
