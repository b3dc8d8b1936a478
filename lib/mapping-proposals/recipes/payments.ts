import type { ColumnFinding } from "../contract";
import {
  asMoney,
  asText,
  asTime,
  asWords,
  constant,
  type FileDraft,
  filled,
  findCreated,
  findUpdated,
  type OutputDraft,
  oneOf,
  type Proposed,
  recordedBy,
  template,
} from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile, VOCABULARY } from "../known-file";
import { PAYMENT_WORDS, statesAmong, translateWords } from "../vocabulary";

const AMOUNT = [
  "amount cents",
  "amount",
  "amount due",
  "total",
  "gross amount",
  "invoice amount",
  "amount total",
  "total amount",
  "net amount",
  "charged amount",
  "betrag",
  "bruttobetrag",
  "summe",
];
const DUE = [
  "due date",
  "due at",
  "due on",
  "due",
  "fallig am",
  "falligkeit",
  "invoice date",
  "issued at",
  "issue date",
  "date",
  "rechnungsdatum",
  "created at",
  "created",
];
const PAID = ["paid at", "paid on", "paid date", "payment date", "paid", "settled at", "bezahlt am", "zahlungsdatum"];

export function paymentAmount(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: AMOUNT, kinds: ["number"] });
}

/** Invoices or payments: due, paid, failed and refunded out of dates and a status. */
export function paymentsDraft(args: {
  file: KnownFile;
  id: Key;
  customer: Proposed | null;
  amount: ColumnFinding;
  currency: string;
}): FileDraft {
  const { file, customer, amount } = args;
  const paid = findColumn(file, { phrases: PAID, kinds: ["time"] });
  const due = findColumn(file, { phrases: DUE, kinds: ["time"], not: [paid] });
  const failed = findColumn(file, { phrases: ["failed at", "failure date", "declined at"], kinds: ["time"] });
  const refunded = findColumn(file, { phrases: ["refunded at", "refund date"], kinds: ["time"] });
  const status = findColumn(file, {
    phrases: ["status", "state", "payment status", "invoice status", "type", "kind"],
    kinds: VOCABULARY,
  });
  const invoice =
    findColumn(file, {
      phrases: ["invoice id", "invoice number", "invoice no", "invoice", "rechnungsnummer", "rechnung"],
      kinds: ["id", "number", "text", "words"],
    }) ?? args.id.column;
  const currencyColumn = findColumn(file, {
    phrases: ["currency", "currency code", "wahrung"],
    kinds: VOCABULARY,
  });
  const id = args.id.column.name;
  const base = {
    customer_id: customer,
    invoice_id: asText(invoice),
    amount_cents: asMoney(file, amount),
    currency: currencyProposal(currencyColumn, args.currency),
  };
  const kindOf = (kind: string): Record<string, Proposed> => ({
    event_id: template(`{${id}}-${kind}`, "an id for each event, made of the invoice's"),
    kind: constant(kind, `rows of this output are ${kind} events`),
  });
  const updated = findUpdated(file, [due, paid, failed, refunded]);
  const created = findCreated(file, [due, paid, failed, refunded]);
  const output = (kind: string, at: ColumnFinding, when: OutputDraft["when"], why: string): OutputDraft => ({
    to: "payments.csv",
    why,
    when,
    columns: {
      ...kindOf(kind),
      ...base,
      occurred_at: asTime(at),
      recorded_at: recordedBy(
        kind === "due" ? created : updated,
        kind === "due" ? "when the row was made" : "when the row was last changed",
      ),
    },
  });
  const outputs: OutputDraft[] = [];
  if (paid && due) {
    outputs.push(
      output("due", due, [filled(due)], `due at ${due.name}`),
      output("paid", paid, [filled(paid)], `paid where ${paid.name} is filled`),
    );
    const words = status ? statesAmong(status.words, PAYMENT_WORDS.failed ?? []) : [];
    if (failed) outputs.push(output("failed", failed, [filled(failed)], `failed where ${failed.name} is filled`));
    else if (status && words.length > 0)
      outputs.push(
        output("failed", due, [oneOf(status, words)], `failed where ${status.name} is ${words.join(" or ")}`),
      );
    if (refunded)
      outputs.push(output("refunded", refunded, [filled(refunded)], `refunded where ${refunded.name} is filled`));
  } else {
    const at = paid ?? due;
    const known = status ? Object.keys(translateWords(status.words, PAYMENT_WORDS).words).length > 0 : false;
    const kind = known
      ? asWords(status, PAYMENT_WORDS)
      : constant("paid", "no column says what became of it; each row counts as a payment");
    outputs.push({
      to: "payments.csv",
      why: `one event for each row${known ? `, its kind in ${status?.name}` : ""}`,
      when: [],
      columns: {
        ...base,
        event_id:
          known && status
            ? template(`{${id}}-{${status.name}}`, "the id with its state, since a later file may tell the next one")
            : asText(args.id.column, args.id.why),
        kind,
        occurred_at: asTime(at),
        recorded_at: recordedBy(created ?? updated, "when the row was written"),
      },
    });
  }
  return { role: "payments", why: `one row for each invoice or payment, with ${amount.name}`, outputs, notes: [] };
}

function currencyProposal(column: ColumnFinding | null, currency: string): Proposed {
  if (column === null) return constant(currency, "no column gives the currency; taken as the reporting currency");
  const strangers = column.words.filter((word) => word !== currency);
  const differ = strangers.filter((word) => word.toUpperCase() === currency);
  const others = strangers.filter((word) => word.toUpperCase() !== currency);
  const why =
    others.length > 0
      ? `by its name; amounts in ${others.join(", ")} go to quarantine, since all is told in ${currency}`
      : `by its name: ${column.why}`;
  return {
    value: {
      column: column.name,
      ...(differ.length > 0 && { words: Object.fromEntries(differ.map((word) => [word.toLowerCase(), currency])) }),
    },
    why,
  };
}
