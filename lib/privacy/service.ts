import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { notFoundError } from "@/lib/http/domain-error";
import type { Amount, SearchResult, Subject, SubjectView } from "./contract";
import { countQuarantined } from "./erasure-repository";
import { contactTraces, customerTraces, idTells } from "./policy";
import { KEPT_AUDIT, keptWords, REPLACED, REPLACED_TABLES } from "./stored-words";
import {
  countAudit,
  countCustomerRows,
  countUsageEvents,
  findContact,
  findContactsOf,
  findCustomer,
  findCustomerTables,
  findHits,
} from "./subject-repository";
import { userKeysOf } from "./user-keys";

const HITS_SHOWN = 30;

/**
 * Contacts and customers by part of a name or address, or by the source's id. One entry in the audit, without the text and
 * without whom it found. The caller has checked that `actor` may.
 */
export async function searchSubjects(args: { text: string; actor: Actor }): Promise<SearchResult> {
  const found = await findHits(args.text, HITS_SHOWN + 1);
  const hits = found.slice(0, HITS_SHOWN).map(({ kind, id, erasedAt, ...hit }) => ({
    subject: { kind, id },
    ...hit,
    erasedAt: erasedAt?.toISOString() ?? null,
  }));
  const count = (kind: Subject["kind"]) => hits.filter((hit) => hit.subject.kind === kind).length;
  await recordAudit({
    actor: args.actor,
    action: "privacy.search",
    subjectType: "privacy",
    subjectId: "search",
    detail: { contacts: count("contact"), customers: count("customer") },
  });
  return { hits, more: found.length > HITS_SHOWN };
}

/**
 * What is kept of one contact or customer, and what an erasure would replace and leave. One entry in the audit,
 * unless it is erased and nobody is there to see. The caller
 * has checked that `actor` may.
 * @throws DomainError not_found
 */
export async function viewSubject(args: { subject: Subject; actor: Actor }): Promise<SubjectView> {
  const view = await (args.subject.kind === "contact" ? viewContact : viewCustomer)(args.subject.id);
  if (view.erasedAt) return view;
  await recordAudit({
    actor: args.actor,
    action: `${args.subject.kind}.view`,
    subjectType: args.subject.kind,
    subjectId: String(args.subject.id),
    detail: { reason: "privacy" },
  });
  return view;
}

async function viewContact(id: number): Promise<SubjectView> {
  const contact = await findContact(id);
  const customer = contact && (await findCustomer(contact.customerId));
  if (!contact || !customer) throw notFoundError();
  const { fullName, email, phone, jobTitle, sourceId } = contact;
  const erased = contact.erasedAt !== null;
  const tells = !erased && idTells(sourceId, [fullName, email, phone]);
  return {
    subject: { kind: "contact", id },
    name: fullName,
    customerName: customer.name,
    sourceId,
    erasedAt: contact.erasedAt?.toISOString() ?? null,
    identity: told([
      ["Name", [fullName]],
      ["E-mail", [email]],
      ["Phone", [phone]],
      ["Job title", [jobTitle]],
    ]),
    replaced: [
      { what: REPLACED.contacts, count: erased ? 0 : 1 },
      { what: REPLACED.quarantined, count: erased ? 0 : await countQuarantined(contactTraces(contact)) },
    ],
    kept: amounts([
      {
        what: keptWords("usage_event"),
        count: erased ? 0 : await countUsageEvents({ customerId: contact.customerId, userKeys: userKeysOf(contact) }),
      },
      { what: KEPT_AUDIT, count: await countAudit({ kind: "contact", id }) },
    ]),
    sourceIdTells: tells ? "replaced" : "no",
  };
}

async function viewCustomer(id: number): Promise<SubjectView> {
  const customer = await findCustomer(id);
  if (!customer) throw notFoundError();
  const tables = await findCustomerTables();
  const counts = await countCustomerRows({ customerId: id, tables });
  const countOf = new Map(tables.map((table, i) => [table, counts[i] ?? 0]));
  const erased = customer.erasedAt !== null;
  return {
    subject: { kind: "customer", id },
    name: customer.name,
    customerName: customer.name,
    sourceId: customer.sourceId,
    erasedAt: customer.erasedAt?.toISOString() ?? null,
    identity: told([
      ["Name, also earlier ones", customer.names],
      ["Account group", customer.accountGroups],
      ["Segment", customer.segments],
      ["Industry", customer.industries],
      ["Country", customer.countries],
    ]),
    replaced: [
      { what: REPLACED.versions, count: erased ? 0 : (countOf.get("customer_version") ?? 0) },
      { what: REPLACED.contacts, count: (await findContactsOf(id)).length },
      { what: REPLACED.quarantined, count: erased ? 0 : await countQuarantined(customerTraces(customer)) },
    ],
    kept: amounts([
      ...tables
        .filter((table) => !REPLACED_TABLES.includes(table))
        .map((table) => ({ what: keptWords(table), count: countOf.get(table) ?? 0 })),
      { what: KEPT_AUDIT, count: await countAudit({ kind: "customer", id }) },
    ]),
    sourceIdTells: idTells(customer.sourceId, customer.names) ? "stays" : "no",
  };
}

function amounts(all: readonly Amount[]): Amount[] {
  return all.filter(({ count }) => count > 0);
}

function told(values: readonly [label: string, values: readonly (string | null)[]][]): SubjectView["identity"] {
  return values.flatMap(([label, of]) => {
    const value = of.filter((each) => each !== null).join(" · ");
    return value === "" ? [] : [{ label, value }];
  });
}
