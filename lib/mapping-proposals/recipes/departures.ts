import type { ColumnFinding } from "../contract";
import { asText, asTime, constant, type FileDraft, findCreated, recordedBy } from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile } from "../known-file";

const LEFT = [
  "churn date",
  "churned at",
  "churned on",
  "cancellation date",
  "cancelled at",
  "canceled at",
  "end date",
  "left at",
  "departure date",
  "termination date",
  "date",
];

export function departureTime(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: LEFT, kinds: ["time"] });
}

/**
 * A list of customers who left. It names no subscriptions: where another file tells their ends, both would count, so that
 * nothing is proposed; where none does, each row ends the one subscription that carries the customer's own id.
 */
export function departuresDraft(args: {
  file: KnownFile;
  id: Key | null;
  customer: Key;
  at: ColumnFinding;
  /** The file with subscriptions, where there is one. */
  subscriptionsFile: string | null;
}): FileDraft {
  const { file, id, customer, at, subscriptionsFile } = args;
  const role = "departures";
  const why = `one row for each customer who left, at ${at.name}`;
  if (subscriptionsFile !== null) {
    const note = `Ends are told by ${subscriptionsFile} already, and this file names customers, not subscriptions. Choose which of the two is right; nothing is made of this one.`;
    return { role, why, outputs: [], notes: [note] };
  }
  return {
    role,
    why,
    outputs: [
      {
        to: "subscription_events.csv",
        why: `an end at ${at.name}`,
        when: [],
        columns: {
          event_id: asText(id?.column ?? null, id?.why),
          kind: constant("end", "rows of this output are end events"),
          customer_id: asText(customer.column, customer.why),
          subscription_id: asText(
            customer.column,
            "the file names no subscription: the customer's own id stands for its only one",
          ),
          occurred_at: asTime(at),
          recorded_at: recordedBy(findCreated(file, [at]), "when the row was made"),
        },
      },
    ],
    notes: [
      `This file names customers, not subscriptions: their starts must carry the customer's id as the subscription's too.`,
    ],
  };
}
