import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { notFoundError } from "@/lib/http/domain-error";
import type { Subject } from "./contract";
import { contactSections, customerSections, readSections, type Section } from "./export-repository";
import { contactTraces, customerTraces } from "./policy";
import { findContact, findCustomer, findCustomerTables } from "./subject-repository";
import { userKeysOf } from "./user-keys";

/**
 * All that is known of one contact or customer as JSON text, piece by piece: rows by table, as they are stored. One entry in
 * the audit, written before anything is read. The caller has checked that `actor` may.
 * @throws DomainError not_found, before the first piece
 */
export async function exportSubject(args: {
  subject: Subject;
  actor: Actor;
  now: Date;
}): Promise<AsyncGenerator<string>> {
  const { subject } = args;
  const sections = await (subject.kind === "contact" ? ofContact : ofCustomer)(subject.id);
  await recordAudit({
    actor: args.actor,
    action: `${subject.kind}.export`,
    subjectType: subject.kind,
    subjectId: String(subject.id),
  });
  return write({ subject, sections, now: args.now });
}

/** Text pieces as the body of an answer; a reader who goes away ends the reading of the database too. */
export function asBody(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function ofContact(id: number): Promise<Section[]> {
  const contact = await findContact(id);
  if (!contact) throw notFoundError();
  if (contact.erasedAt) return contactSections({ contactId: id, traces: [], userKeys: [] });
  return contactSections({ contactId: id, traces: contactTraces(contact), userKeys: userKeysOf(contact) });
}

async function ofCustomer(id: number): Promise<Section[]> {
  const customer = await findCustomer(id);
  if (!customer) throw notFoundError();
  const tables = await findCustomerTables();
  return customerSections({ customerId: id, tables, traces: customer.erasedAt ? [] : customerTraces(customer) });
}

async function* write(args: { subject: Subject; sections: readonly Section[]; now: Date }): AsyncGenerator<string> {
  const head = { about: args.subject, exportedAt: args.now.toISOString() };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "rows": {`;
  let section: string | undefined;
  let isFirst = true;
  for await (const part of readSections(args.sections)) {
    if (part.section !== section) {
      yield `${section === undefined ? "" : "\n  ],"}\n  ${JSON.stringify(part.section)}: [`;
      section = part.section;
      isFirst = true;
    }
    for (const row of part.rows) {
      yield `${isFirst ? "" : ","}\n   ${JSON.stringify(row)}`;
      isFirst = false;
    }
  }
  yield "\n  ]\n }\n}\n";
}
