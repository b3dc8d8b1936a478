import type { CanonicalColumns } from "@/lib/ingest/contract";
import type { FileDraft } from "./draft";
import { findKey, findOwnId, type Key } from "./keys";
import { findColumn, IDS, isUnique, type KnownFile, VOCABULARY } from "./known-file";
import { customerListKey, hasName, subscriptionListKey } from "./list-keys";
import { canonicalDraft } from "./recipes/canonical";
import { contactEmail, contactsDraft } from "./recipes/contacts";
import { customersDraft } from "./recipes/customers";
import { departuresDraft, departureTime } from "./recipes/departures";
import { paymentAmount, paymentsDraft } from "./recipes/payments";
import { subscriptionLogDraft } from "./recipes/subscription-log";
import { subscriptionStart, subscriptionsDraft } from "./recipes/subscriptions";
import { ticketOpened, ticketsDraft } from "./recipes/tickets";
import { dailyUsageDraft, usageCounters, usageEventsDraft, usageTime } from "./recipes/usage";
import { namedAs } from "./role-names";
import { customerOf, type RowCustomerArgs } from "./row-customer";
import { SUBSCRIPTION_KIND_WORDS, translateWords } from "./vocabulary";

type RecognizeArgs = RowCustomerArgs & { canonical: CanonicalColumns; currency: string };

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
    draft: () => withCustomers(subscriptionsDraft({ file, id, customer }), args, customer),
  };
}

/** Where no file lists customers, a table with one subscription for each customer tells of the customers too. */
function withCustomers(draft: FileDraft, { file, customers: listed }: RecognizeArgs, customer: Key | null): FileDraft {
  if (listed !== null || customer === null) return draft;
  const [output] = customersDraft(file, customer, subscriptionStart(file)).outputs;
  if (output?.columns.name && isUnique(customer.column))
    return { ...draft, role: "customers and their subscriptions", outputs: [output, ...draft.outputs] };
  const note = "No file here lists customers, one a row: all other rows wait until some source brings their customers.";
  return { ...draft, notes: [...draft.notes, note] };
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

function points(file: KnownFile, role: Parameters<typeof namedAs>[1]): number {
  return namedAs(file, role) ? 3 : 0;
}
