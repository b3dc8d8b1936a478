import type { ColumnFinding } from "../contract";
import { asText, asTime, asWords, type FileDraft, findCreated, type OutputDraft, recordedBy } from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile } from "../known-file";
import { SUBSCRIPTION_KIND_WORDS } from "../vocabulary";
import { termColumns } from "./term-columns";

/** A log with one row for each change of a subscription, its kind in a column. */
export function subscriptionLogDraft(args: {
  file: KnownFile;
  id: Key | null;
  customer: Key | null;
  subscription: Key | null;
  kind: ColumnFinding;
  at: ColumnFinding;
}): FileDraft {
  const { file, id, customer, subscription, kind, at } = args;
  const terms = termColumns(file);
  const created = findCreated(file, [at]);
  const output: OutputDraft = {
    to: "subscription_events.csv",
    why: `one event for each row, its kind in ${kind.name}`,
    when: [],
    columns: {
      event_id: asText(id?.column ?? null, id?.why),
      customer_id: asText(customer?.column ?? null, customer?.why),
      subscription_id: asText(subscription?.column ?? null, subscription?.why),
      kind: asWords(kind, SUBSCRIPTION_KIND_WORDS),
      occurred_at: asTime(at),
      effective_at: asTime(
        findColumn(file, { phrases: ["effective at", "effective date", "effective on"], kinds: ["time"], not: [at] }),
      ),
      ...terms.columns,
      recorded_at: recordedBy(created, "when the row was made"),
    },
  };
  return {
    role: "subscription events",
    why: `one row for each change, its kind in ${kind.name}`,
    outputs: [output],
    notes: [],
  };
}
