import { CANONICAL_FILES, type CanonicalColumns } from "@/lib/ingest/contract";
import type { ColumnFinding } from "./contract";
import { asText, type FileDraft, type Proposed } from "./draft";
import { type CustomerList, findByContent, findKey, findOwnId, type Key, type KnownIds } from "./keys";
import { findColumn, IDS, isUnique, type KnownFile, VOCABULARY } from "./known-file";
import { contactEmail, contactsDraft } from "./recipes/contacts";
import { customersDraft } from "./recipes/customers";
import { departuresDraft, departureTime } from "./recipes/departures";
import { paymentAmount, paymentsDraft } from "./recipes/payments";
import { subscriptionLogDraft, subscriptionStart, subscriptionsDraft } from "./recipes/subscriptions";
import { ticketOpened, ticketsDraft } from "./recipes/tickets";
import { dailyUsageDraft, usageCounters, usageEventsDraft, usageTime } from "./recipes/usage";
import { SUBSCRIPTION_KIND_WORDS, translateWords } from "./vocabulary";

export type RecognizeArgs = {
  file: KnownFile;
  customers: KnownIds | null;
  subscriptions: KnownIds | null;
  /** Other files whose ids stand for customers. */
  lists: readonly CustomerList[];
  canonical: CanonicalColumns;
  currency: string;
};

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
/** Below this nothing is proposed: a wrong proposal costs more than none. */
const SCORE_MIN = 4;

/** What a file is taken for, and the outputs that follow; null where it is like nothing that is known. */
export function recognizeFile(args: RecognizeArgs): FileDraft | null {
  const { file } = args;
  const canonical = canonicalDraft(file, args.canonical);
  if (canonical) return canonical;
  const candidates = [
    customers,
    subscriptionLog,
    subscriptions,
    dailyUsage,
    usageEvents,
    tickets,
    payments,
    contacts,
    departures,
  ]
    .map((recognize) => recognize(args))
    .filter((candidate) => candidate !== null)
    .sort((a, b) => b.score - a.score);
  const best = candidates[0];
  return best && best.score >= SCORE_MIN ? best.draft() : null;
}

/** Whether a file lists customers, one a row, and by which column: found before all else, since other files name its ids. */
export function customerListKey(file: KnownFile): Key | null {
  const key = findKey(file, "customer", null) ?? (namedAs(file, "customers") ? findOwnId(file) : null);
  if (key === null || !isUnique(key.column)) return null;
  if (namedAs(file, "customers")) return key;
  return hasName(file) && subscriptionStart(file) === null ? key : null;
}

/** The column of a list of subscriptions, one a row, that tells them apart. */
export function subscriptionListKey(file: KnownFile): Key | null {
  const key = findKey(file, "subscription", null) ?? (namedAs(file, "subscriptions") ? findOwnId(file) : null);
  return key && key.column.distinct > key.column.filled * 0.95 && subscriptionStart(file) ? key : null;
}

type Candidate = { score: number; draft: () => FileDraft } | null;

function customers({ file }: RecognizeArgs): Candidate {
  const key = customerListKey(file);
  if (!key) return null;
  return {
    score: 4 + points(file, "customers") + (hasName(file) ? 2 : 0) - (subscriptionListKey(file) ? 3 : 0),
    draft: () => customersDraft(file, key),
  };
}

function subscriptions(args: RecognizeArgs): Candidate {
  const { file } = args;
  const customer = findKey(file, "customer", args.customers);
  const id = subscriptionListKey(file) ?? (namedAs(file, "subscriptions") ? customer : null);
  if (!id || !subscriptionStart(file)) return null;
  const money = findColumn(file, { phrases: ["mrr", "mrr amount", "plan", "plan tier", "seats", "unit price"] });
  return {
    score: 4 + points(file, "subscriptions") + (money ? 2 : 0),
    draft: () => subscriptionsDraft({ file, id, customer }),
  };
}

function subscriptionLog(args: RecognizeArgs): Candidate {
  const { file } = args;
  const subscription = findKey(file, "subscription", args.subscriptions);
  const kind = findColumn(file, {
    phrases: ["kind", "event type", "event", "type", "change type", "action"],
    kinds: VOCABULARY,
  });
  const at = usageTime(file) ?? subscriptionStart(file);
  if (!subscription || !kind || !at) return null;
  const known = Object.keys(translateWords(kind.words, SUBSCRIPTION_KIND_WORDS).words).length;
  if (known * 2 <= kind.words.length) return null;
  const customer = findKey(file, "customer", args.customers);
  const id = findOwnId(file, [subscription.column, customer?.column ?? null]);
  return {
    score: 8 + points(file, "subscriptions"),
    draft: () => subscriptionLogDraft({ file, id, customer, subscription, kind, at }),
  };
}

/** The customer of a row: named, or known by the subscription or by what else is named of which another file says whose it is. */
function customerOf(args: RecognizeArgs): Proposed | null {
  const customer = findKey(args.file, "customer", args.customers);
  if (customer) return asText(customer.column, customer.why);
  const subscription = findKey(args.file, "subscription", args.subscriptions);
  if (!subscription) return customerInList(args);
  return {
    value: { customerOfSubscription: subscription.column.name },
    why: `the file names subscriptions, not customers (${subscription.why})`,
  };
}

function customerInList({ file, lists }: RecognizeArgs): Proposed | null {
  for (const list of lists) {
    const found = list.file === file.sample.name ? null : findByContent(file, list);
    if (!found) continue;
    return {
      value: { customerIn: { column: found.column.name, file: list.file, key: list.key, customer: list.customer } },
      why: `the file names no customer, but ${found.why}, which names theirs`,
    };
  }
  return null;
}

function dailyUsage(args: RecognizeArgs): Candidate {
  const { file } = args;
  const day = usageTime(file);
  const customer = customerOf(args);
  const counters = usageCounters(file);
  const count = Object.keys(counters).length;
  if (!day || !customer || count === 0 || !("column" in customer.value)) return null;
  return {
    score: 2 + points(file, "usage") + Math.min(3, count),
    draft: () => dailyUsageDraft({ file, customer, day, counters }),
  };
}

function usageEvents(args: RecognizeArgs): Candidate {
  const { file } = args;
  const at = usageTime(file);
  const customer = customerOf(args);
  if (!at || !customer) return null;
  const keys = [
    findKey(file, "customer", args.customers)?.column ?? null,
    findKey(file, "subscription", args.subscriptions)?.column ?? null,
  ];
  const user = findColumn(file, { phrases: ["user id", "user", "member id", "actor id"], fitMin: 0.95 });
  const what = findColumn(file, {
    phrases: ["event", "event name", "event type", "feature", "feature name", "action"],
    fitMin: 0.8,
  });
  const id = findOwnId(file, [...keys, user, what]);
  return {
    score: 1 + points(file, "usage") + (what ? 2 : 0) + (user ? 1 : 0),
    draft: () => usageEventsDraft({ file, id, customer, at }),
  };
}

function tickets(args: RecognizeArgs): Candidate {
  const { file } = args;
  const customer = findKey(file, "customer", args.customers);
  const opened = ticketOpened(file);
  const id = findColumn(file, {
    phrases: ["ticket id", "ticket number", "ticket", "case id", "case number", "conversation id", "issue id"],
    kinds: IDS,
    fitMin: 0.85,
  });
  const own = id
    ? { column: id, why: "by its name" }
    : namedAs(file, "tickets")
      ? findOwnId(file, [customer?.column ?? null])
      : null;
  if (!own || !opened) return null;
  const priority = findColumn(file, {
    phrases: ["priority", "severity", "satisfaction", "satisfaction score", "csat"],
  });
  return {
    score: 3 + points(file, "tickets") + (id ? 2 : 0) + (priority ? 2 : 0),
    draft: () => ticketsDraft({ file, id: own, customer: customerOf(args), opened }),
  };
}

function payments(args: RecognizeArgs): Candidate {
  const { file } = args;
  const customer = findKey(file, "customer", args.customers);
  const amount = paymentAmount(file);
  const id = findColumn(file, {
    phrases: [
      "payment id",
      "transaction id",
      "charge id",
      "invoice id",
      "invoice number",
      "invoice no",
      "invoice",
      "rechnungsnummer",
    ],
    kinds: IDS,
    fitMin: 0.85,
  });
  const own = id && isUnique(id) ? { column: id, why: "by its name" } : findOwnId(file, [customer?.column ?? null]);
  if (!amount || !own || !file.columns.some((column) => column.kind === "time")) return null;
  return {
    score: 2 + points(file, "payments") + (id ? 3 : 0),
    draft: () => paymentsDraft({ file, id: own, customer: customerOf(args), amount, currency: args.currency }),
  };
}

function contacts(args: RecognizeArgs): Candidate {
  const { file } = args;
  const customer = findKey(file, "customer", args.customers);
  const id =
    findColumn(file, {
      phrases: ["contact id", "person id", "user id", "member id", "id"],
      kinds: IDS,
      not: [customer?.column ?? null],
      fitMin: 0.85,
    }) ?? contactEmail(file);
  const person = findColumn(file, {
    phrases: ["first name", "last name", "full name", "job title", "phone", "vorname", "nachname"],
  });
  if (!id || !isUnique(id) || (!person && !contactEmail(file))) return null;
  return {
    score: 1 + points(file, "contacts") + (person ? 3 : 0),
    draft: () => contactsDraft({ file, id: { column: id, why: "by its name" }, customer }),
  };
}

function departures(args: RecognizeArgs): Candidate {
  const { file } = args;
  const customer = findKey(file, "customer", args.customers);
  const at = departureTime(file);
  if (!namedAs(file, "departures") || !customer || !at || subscriptionListKey(file)) return null;
  const id = findOwnId(file, [customer.column]);
  const subscriptionsFile = args.subscriptions?.file ?? null;
  return {
    score: 5 + points(file, "departures"),
    draft: () => departuresDraft({ file, id, customer, at, subscriptionsFile }),
  };
}

/** A file whose columns are those of a canonical one needs no translation. */
function canonicalDraft(file: KnownFile, canonical: CanonicalColumns): FileDraft | null {
  for (const name of CANONICAL_FILES) {
    const known = canonical[name];
    const required = known.filter((column) => column.required);
    if (!required.every((column) => file.sample.header.includes(column.name))) continue;
    if (!file.sample.header.every((column) => known.some((other) => other.name === column))) continue;
    return {
      role: "the product's own form",
      why: `its columns are those of ${name}`,
      outputs: [
        {
          to: name,
          why: "each row as it stands",
          when: [],
          columns: Object.fromEntries(
            file.sample.header.map((column) => [column, { value: { column }, why: "the same name" }]),
          ),
        },
      ],
      notes: [],
    };
  }
  return null;
}

function points(file: KnownFile, role: keyof typeof NAMES): number {
  return namedAs(file, role) ? 3 : 0;
}

function namedAs(file: KnownFile, role: keyof typeof NAMES): boolean {
  return file.about.some((token) => (NAMES[role] as readonly string[]).includes(token));
}

function hasName(file: KnownFile): ColumnFinding | null {
  return findColumn(file, {
    phrases: ["name", "company name", "account name", "customer name", "organization name", "firma"],
    kinds: ["text", "id", "words"],
  });
}
