import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { eraseDeliveredFiles } from "@/lib/deliveries/erase-files";
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
import { contactTraces, customerTraces, idTells, namesIt, type Trace, tracesOf } from "./policy";
import { REPLACED } from "./stored-words";
import {
  type ContactRecord,
  type CustomerRecord,
  findContact,
  findContactsOf,
  findCustomer,
} from "./subject-repository";

/**
 * Replaces identity and free text of one contact, or of one customer and all its people, in one transaction during which
 * no import runs; copies of files that were imported go as well. What remains keeps a later import from bringing it back. Ids, facts, feature rows, predictions, labels,
 * models and the audit stay. Done once more it changes nothing. The caller has checked that `actor` may.
 * @throws DomainError not_found; invalid_input where `name` is not the name; conflict where an import runs for too long
 */
export async function erase(args: {
  subject: Subject;
  name: string;
  actor: Actor;
  /** how long to wait for an import to end; default 10 s */
  lockWaitMs?: number;
}): Promise<ErasureReceipt> {
  const { subject, name, actor } = args;
  const receipt = await whileNoImportRuns({
    waitMs: args.lockWaitMs ?? 10_000,
    work: async (client): Promise<ErasureReceipt> => {
      const found = await findSubject(subject, client);
      if (found.erasedAt)
        return { outcome: "already", erasedAt: found.erasedAt.toISOString(), replaced: [], filesWaiting: 0 };
      if (!namesIt(name, found.name))
        throw new DomainError("invalid_input", `Name: expected the name of the ${subject.kind} as it stands here.`);
      const { replaced, traces, texts } = await (found.contact
        ? eraseOneContact(client, found.contact)
        : eraseCustomer(client, found.customer));
      const files = await eraseDeliveredFiles(texts);
      replaced.push(
        { what: REPLACED.quarantined, count: await withholdQuarantined(client, traces) },
        { what: REPLACED.messages, count: await replaceInMessages(client, traces) },
        { what: REPLACED.files, count: files.removed },
      );
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
      return {
        outcome: "erased",
        erasedAt: (after.erasedAt as Date).toISOString(),
        replaced,
        filesWaiting: files.waiting,
      };
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

/** What was replaced in the tables of people and customers, and what else it is to be looked for by: in rows, and in files. */
type Erased = { replaced: Amount[]; traces: Trace[]; texts: Trace[] };

async function eraseOneContact(client: PoolClient, contact: ContactRecord): Promise<Erased> {
  const traces = await eraseContact(client, { contact, salt: await findSalt(client) });
  return { replaced: [{ what: REPLACED.contacts, count: 1 }], traces, texts: traces };
}

async function eraseCustomer(client: PoolClient, customer: CustomerRecord): Promise<Erased> {
  const salt = await findSalt(client);
  const texts = tracesOf(customer.names);
  await insertMarks(client, { salt, marks: texts.map((trace) => textMark(salt, trace)) });
  const contacts = await findContactsOf(customer.id, client);
  for (const contact of contacts) texts.push(...(await eraseContact(client, { contact, salt })));
  const versions = await eraseCustomerRows(client, customer.id);
  return {
    replaced: [
      { what: REPLACED.versions, count: versions },
      { what: REPLACED.contacts, count: contacts.length },
    ],
    traces: [...texts, ...customerTraces(customer)],
    // Its id alone, which all its payments carry, tells nobody in a file.
    texts,
  };
}

/** @returns what the person is to be looked for by elsewhere */
async function eraseContact(client: PoolClient, args: { contact: ContactRecord; salt: string }): Promise<Trace[]> {
  const { contact, salt } = args;
  const { id, customerId, email, sourceId } = contact;
  const tells = idTells(sourceId, [contact.fullName, email, contact.phone]);
  const traces = contactTraces(contact);
  const shared = email !== null && (await isSharedAddress(client, { email, contactId: id }));
  await insertMarks(client, {
    salt,
    marks: [
      ...traces.map((trace) => textMark(salt, trace)),
      ...(email && !shared ? [{ kind: "email" as const, digest: digestOf(salt, email) }] : []),
      { kind: "contact_id", digest: digestOf(salt, `${sourceId}/${contact.fullName}`) },
      ...(tells ? [{ kind: "contact_id" as const, digest: digestOf(salt, `${customerId}/${sourceId}`) }] : []),
    ],
  });
  await eraseContactRow(client, { id, sourceId: tells ? `erased-${id}` : null });
  return traces;
}

function textMark(salt: string, trace: Trace) {
  return { kind: "text" as const, digest: digestOf(salt, plainForm(trace.text)) };
}
