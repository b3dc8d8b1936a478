import type { Condition } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "../contract";
import {
  asText,
  asTime,
  constant,
  type FileDraft,
  filled,
  findCreated,
  findUpdated,
  noneOf,
  type OutputDraft,
  oneOf,
  type Proposed,
  recordedBy,
  template,
  yesWords,
} from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile, VOCABULARY } from "../known-file";
import { NOTICE_STATES, SUBSCRIPTION_KIND_WORDS, statesAmong, TRIAL_STATES } from "../vocabulary";
import { termColumns } from "./term-columns";

const START = [
  "start date",
  "started at",
  "start",
  "started on",
  "subscription start",
  "begin date",
  "activated at",
  "activation date",
  "contract start",
  "valid from",
  "beginn",
  "created at",
  "created",
];
const END = [
  "end date",
  "ended at",
  "end",
  "ended on",
  "subscription end",
  "churn date",
  "churned at",
  "termination date",
  "terminated at",
  "expires at",
  "expiry date",
  "expiration date",
  "contract end",
  "valid to",
  "valid until",
  "ende",
];
const CANCELLED = [
  "canceled at",
  "cancelled at",
  "cancellation date",
  "cancel date",
  "canceled on",
  "cancelled on",
  "cancel requested at",
  "notice date",
  "notice given at",
  "gekundigt am",
];

export function subscriptionStart(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: START, kinds: ["time"] });
}

/**
 * A table with one row for each subscription, its dates in columns, becomes events: start or trial start, notice, end.
 * Changes in between are not in such a table.
 */
export function subscriptionsDraft(args: { file: KnownFile; id: Key; customer: Key | null }): FileDraft {
  const { file, customer } = args;
  const id = args.id.column.name;
  const start = subscriptionStart(file);
  const end = findColumn(file, { phrases: END, kinds: ["time"], not: [start] });
  const cancelled = findColumn(file, { phrases: CANCELLED, kinds: ["time"], not: [start, end] });
  const created = findCreated(file, [start]);
  const updated = findUpdated(file, [start, end, cancelled]);
  const status = findColumn(file, { phrases: ["status", "state", "subscription status"], kinds: VOCABULARY });
  const terms = termColumns(file);
  const base = {
    customer_id: asText(customer?.column ?? null, customer?.why),
    subscription_id: asText(args.id.column, args.id.why),
  };
  const event = (kind: string): Record<string, Proposed> => ({
    event_id: template(`{${id}}-${kind}`, `an id for each ${kind.replaceAll("_", " ")}, made of the subscription's`),
    kind: constant(kind, `rows of this output are ${kind.replaceAll("_", " ")} events`),
  });
  const begins = (kind: "start" | "trial_start", when: Condition[], why: string): OutputDraft => ({
    to: "subscription_events.csv",
    why,
    when,
    columns: {
      ...event(kind),
      ...base,
      occurred_at: asTime(start),
      ...terms.columns,
      recorded_at: recordedBy(created, "when the row was made"),
    },
  });
  const trial = trialCondition(file, status);
  const outputs: OutputDraft[] = [
    begins(
      "start",
      trial ? [noneOf(trial.column, trial.words)] : [],
      `a start at ${start?.name ?? "its beginning"}${trial ? ", where it is no trial" : ""}`,
    ),
  ];
  if (trial)
    outputs.push(
      begins("trial_start", [oneOf(trial.column, trial.words)], `a trial's start, where ${trial.column.name} says so`),
    );
  const notice = noticeDraft({ file, status, cancelled, end, updated });
  if (notice) outputs.push({ ...notice, columns: { ...event("notice"), ...base, ...notice.columns } });
  if (end) {
    const ended = status ? statesAmong(status.words, SUBSCRIPTION_KIND_WORDS.end ?? []) : [];
    const when = [filled(end), ...(status && ended.length > 0 ? [oneOf(status, ended)] : [])];
    outputs.push({
      to: "subscription_events.csv",
      why: `an end where ${end.name} is filled${when.length > 1 ? ` and ${status?.name} says that it has ended` : ""}`,
      when,
      columns: {
        ...event("end"),
        ...base,
        occurred_at: asTime(end),
        recorded_at: recordedBy(updated, "when the row was last changed"),
      },
    });
  }
  const notes = [
    ...terms.notes,
    ...(end ? [] : ["No column says when a subscription ended: customers who left cannot be seen in this file."]),
    "Changes of seats, plan or price between start and end are not in a table with one row for each subscription.",
  ];
  return {
    role: "subscriptions",
    why: `one row for each subscription, from ${start?.name ?? "?"}${end ? ` to ${end.name}` : ""}`,
    outputs,
    notes,
  };
}

function trialCondition(file: KnownFile, status: ColumnFinding | null) {
  const flag = findColumn(file, { phrases: ["is trial", "trial", "on trial", "trial flag"], kinds: ["boolean"] });
  if (flag) return { column: flag, words: yesWords(flag) };
  const words = status ? statesAmong(status.words, TRIAL_STATES) : [];
  return status && words.length > 0 ? { column: status, words } : null;
}

/** Notice out of a status, a flag such as cancel_at_period_end, or the date on which it was given. */
function noticeDraft(args: {
  file: KnownFile;
  status: ColumnFinding | null;
  cancelled: ColumnFinding | null;
  end: ColumnFinding | null;
  updated: ColumnFinding | null;
}): OutputDraft | null {
  const { file, status, cancelled, updated } = args;
  const flag = findColumn(file, {
    phrases: ["cancel at period end", "will cancel", "non renewing", "notice given", "is cancelling"],
    kinds: ["boolean"],
  });
  const states = status ? statesAmong(status.words, NOTICE_STATES) : [];
  if (!cancelled && !flag && states.length === 0) return null;
  const effective =
    args.end ??
    findColumn(file, {
      phrases: ["current period end", "period end", "cancel at", "renewal date", "next renewal"],
      kinds: ["time"],
      not: [cancelled],
    });
  const given = cancelled ?? updated;
  const when = cancelled
    ? [filled(cancelled)]
    : flag
      ? [oneOf(flag, yesWords(flag))]
      : status
        ? [oneOf(status, states)]
        : [];
  const by = cancelled
    ? `${cancelled.name} is filled`
    : flag
      ? `${flag.name} says so`
      : `${status?.name} is ${states.join(" or ")}`;
  return {
    to: "subscription_events.csv",
    why: `a notice where ${by}`,
    when,
    columns: {
      occurred_at: asTime(given),
      effective_at: asTime(effective === given ? null : effective),
      recorded_at: cancelled ? recordedBy(updated, "when the row was last changed") : null,
    },
  };
}
