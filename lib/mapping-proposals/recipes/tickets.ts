import type { ColumnFinding } from "../contract";
import {
  asNumber,
  asText,
  asTime,
  asWords,
  constant,
  type FileDraft,
  filled,
  findUpdated,
  type OutputDraft,
  type Proposed,
  recordedBy,
  template,
} from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile, VOCABULARY } from "../known-file";
import { CATEGORY_WORDS, RATING_WORDS, SEVERITY_WORDS } from "../vocabulary";

const OPENED = [
  "opened at",
  "created at",
  "submitted at",
  "created",
  "created on",
  "opened",
  "opened on",
  "requested at",
  "date opened",
  "created date",
  "reported at",
  "erstellt am",
  "date",
];

export function ticketOpened(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: OPENED, kinds: ["time"] });
}

/** A table with one row for each ticket becomes its events: opened, responded, resolved, rated. */
export function ticketsDraft(args: {
  file: KnownFile;
  id: Key;
  customer: Proposed | null;
  opened: ColumnFinding;
}): FileDraft {
  const { file, customer, opened } = args;
  const id = args.id.column.name;
  const responded = findColumn(file, {
    phrases: [
      "first response at",
      "first responded at",
      "first reply at",
      "first reply",
      "first response",
      "responded at",
      "first response time",
      "first reply time",
    ],
    kinds: ["time"],
    not: [opened],
  });
  const resolved = findColumn(file, {
    phrases: [
      "resolved at",
      "solved at",
      "closed at",
      "resolved",
      "solved",
      "closed",
      "closed on",
      "resolution date",
      "completed at",
      "geschlossen am",
    ],
    kinds: ["time"],
    not: [opened, responded],
  });
  const rating = findColumn(file, {
    phrases: [
      "satisfaction",
      "satisfaction score",
      "satisfaction rating",
      "csat",
      "csat score",
      "rating",
      "customer satisfaction",
      "zufriedenheit",
    ],
    kinds: ["number", ...VOCABULARY],
  });
  const severity = findColumn(file, {
    phrases: ["severity", "priority", "urgency", "prioritat"],
    kinds: VOCABULARY,
  });
  const category = findColumn(file, {
    phrases: ["category", "type", "ticket type", "issue type", "reason", "topic", "kategorie"],
    kinds: VOCABULARY,
    not: [severity],
  });
  const updated = findUpdated(file, [opened, responded, resolved]);
  const base = {
    customer_id: customer,
    ticket_id: asText(args.id.column, args.id.why),
  };
  const event = (kind: string): Record<string, Proposed> => ({
    event_id: template(`{${id}}-${kind}`, "an id for each event, made of the ticket's"),
    kind: constant(kind, `rows of this output are ${kind} events`),
  });
  const outputs: OutputDraft[] = [
    {
      to: "tickets.csv",
      why: `an opening at ${opened.name}`,
      when: [],
      columns: {
        ...event("opened"),
        ...base,
        occurred_at: asTime(opened),
        category:
          asWords(category, CATEGORY_WORDS, { whenEmpty: "problem" }) ??
          constant("problem", "no column gives a category"),
        severity:
          asWords(severity, SEVERITY_WORDS, { whenEmpty: "normal" }) ??
          constant("normal", "no column gives a severity"),
        recorded_at: recordedBy(opened, "a help desk knows of a ticket when it is opened"),
      },
    },
  ];
  const later = (
    kind: string,
    at: ColumnFinding,
    more: Record<string, Proposed | null> = {},
    condition = at,
  ): OutputDraft => ({
    to: "tickets.csv",
    why:
      kind === "rated"
        ? `a rating where ${condition.name} is filled, at ${at.name}`
        : `${kind} where ${at.name} is filled`,
    when: [...new Set([condition, at])].map(filled),
    columns: {
      ...event(kind),
      ...base,
      occurred_at: asTime(at),
      ...more,
      recorded_at: recordedBy(at, "a help desk knows it when it happens"),
    },
  });
  if (responded) outputs.push(later("responded", responded));
  if (resolved) outputs.push(later("resolved", resolved));
  const rated =
    findColumn(file, { phrases: ["rated at", "satisfaction at", "rating date"], kinds: ["time"] }) ??
    resolved ??
    updated;
  if (rating && rated)
    outputs.push(
      later(
        "rated",
        rated,
        { satisfaction: rating.kind === "number" ? asNumber(file, rating) : asWords(rating, RATING_WORDS) },
        rating,
      ),
    );
  const notes = [];
  if (rating && !rated) notes.push(`${rating.name} rates tickets, but no column says when: ratings are left out.`);
  const minutes = file.columns.find((column) =>
    /response.*(minutes|hours|secs|seconds)|(minutes|hours).*response/i.test(column.name),
  );
  if (minutes && !responded)
    notes.push(`${minutes.name} is a length of time, not a time: first responses are left out.`);
  return { role: "tickets", why: `one row for each ticket, opened at ${opened.name}`, outputs, notes };
}
