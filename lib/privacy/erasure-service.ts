import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { whileNoImportRuns } from "@/lib/ingest/while-no-import-runs";
import type { Amount, ErasureReceipt, Subject } from "./contract";
import { digestOf, plainForm } from "./erased-marks";
import {
  eraseContactRow,
  eraseCustomerRows,
  findSalt,
  insertMarks,
  isSharedAddress,
  replaceInMessages,
  withholdQuarantined,
} from "./erasure-repository";
import { contactTraces, customerTraces, idTells, namesIt, tracesOf } from "./policy";
import { REPLACED } from "./stored-words";
import {
  type ContactRecord,
  type CustomerRecord,
  findContact,
  findContactsOf,
  findCustomer,
} from "./subject-repository";

const LOCK_WAIT_MS = 10_000;

/**
 * Replaces identity and free text of one contact, or of one customer and all its people, in one transaction during which
 * no import runs; what remains keeps a later import from bringing it back. Ids, facts, feature rows, predictions, labels,
 * models and the audit stay. Done once more it changes nothing. The caller has checked that `actor` may.
 * @throws DomainError not_found; invalid_input where `name` is not the name; conflict where an import runs for too long
 */
export async function erase(args: { subject: Subject; name: string; actor: Actor }): Promise<ErasureReceipt> {
  const { subject, name, actor } = args;
  const receipt = await whileNoImportRuns({
    waitMs: LOCK_WAIT_MS,
    work: async (client): Promise<ErasureReceipt> => {
      const found = await findSubject(subject, client);
      if (found.erasedAt) return { outcome: "already", erasedAt: found.erasedAt.toISOString(), replaced: [] };
      if (!namesIt(name, found.name))
        throw new DomainError("invalid_input", `Name: expected the name of the ${subject.kind} as it stands here.`);
      const replaced = found.contact
        ? await eraseContact(client, found.contact)
        : await eraseCustomer(client, found.customer);
      await recordAudit(
        {
          actor,
          action: `${subject.kind}.erase`,
          subjectType: subject.kind,
          subjectId: String(subject.id),
          detail: { replaced: Object.fromEntries(replaced.map(({ what, count }) => [what, count])) },
        },
        client,
      );
      const after = await findSubject(subject, client);
      return { outcome: "erased", erasedAt: (after.erasedAt as Date).toISOString(), replaced };
    },
  });
  if (!receipt)
    throw new DomainError("conflict", "An import is under way, and would undo this: try again when it has ended.");
  return receipt;
}

type FoundSubject = { name: string; erasedAt: Date | null } & (
  | { contact: ContactRecord; customer?: undefined }
  | { customer: CustomerRecord; contact?: undefined }
);

async function findSubject(subject: Subject, client: PoolClient): Promise<FoundSubject> {
  if (subject.kind === "contact") {
    const contact = await findContact(subject.id, client);
    if (!contact) throw notFoundError();
    return { name: contact.fullName, erasedAt: contact.erasedAt, contact };
  }
  const customer = await findCustomer(subject.id, client);
  if (!customer) throw notFoundError();
  return { name: customer.name, erasedAt: customer.erasedAt, customer };
}

async function eraseContact(client: PoolClient, contact: ContactRecord): Promise<Amount[]> {
  const { id, customerId, email, sourceId } = contact;
  const tells = idTells(sourceId, [contact.fullName, email, contact.phone]);
  const salt = await findSalt(client);
  const traces = contactTraces(contact);
  const shared = email !== null && (await isSharedAddress(client, { email, contactId: id }));
  await insertMarks(client, {
    salt,
    marks: [
      ...traces.map(({ text }) => ({ kind: "text" as const, digest: digestOf(salt, plainForm(text)) })),
      ...(email && !shared ? [{ kind: "email" as const, digest: digestOf(salt, email) }] : []),
      ...(tells ? [{ kind: "contact_id" as const, digest: digestOf(salt, `${customerId}/${sourceId}`) }] : []),
    ],
  });
  await eraseContactRow(client, { id, sourceId: tells ? `erased-${id}` : null });
  const rows = await withholdQuarantined(client, traces);
  const messages = await replaceInMessages(client, traces);
  return [
    { what: REPLACED.contacts, count: 1 },
    { what: REPLACED.quarantined, count: rows },
    { what: REPLACED.messages, count: messages },
  ];
}

async function eraseCustomer(client: PoolClient, customer: CustomerRecord): Promise<Amount[]> {
  const salt = await findSalt(client);
  const traces = tracesOf(customer.names);
  await insertMarks(client, {
    salt,
    marks: traces.map(({ text }) => ({ kind: "text", digest: digestOf(salt, plainForm(text)) })),
  });
  const contacts = await findContactsOf(customer.id, client);
  const ofContacts: Amount[][] = [];
  for (const contact of contacts) ofContacts.push(await eraseContact(client, contact));
  const versions = await eraseCustomerRows(client, customer.id);
  const sum = (what: string) =>
    ofContacts.flat().reduce((total, amount) => total + (amount.what === what ? amount.count : 0), 0);
  const rows = await withholdQuarantined(client, customerTraces(customer));
  const messages = await replaceInMessages(client, traces);
  return [
    { what: REPLACED.versions, count: versions },
    { what: REPLACED.contacts, count: contacts.length },
    { what: REPLACED.quarantined, count: rows + sum(REPLACED.quarantined) },
    { what: REPLACED.messages, count: messages + sum(REPLACED.messages) },
  ];
}
