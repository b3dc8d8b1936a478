import type { ColumnFinding } from "../contract";
import {
  asNumber,
  asText,
  asTime,
  asWords,
  constant,
  type FileDraft,
  findCreated,
  type Proposed,
  recordedBy,
  template,
} from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile } from "../known-file";
import { translateWords, USAGE_WORDS } from "../vocabulary";

const AT = [
  "occurred at",
  "timestamp",
  "event time",
  "event date",
  "usage date",
  "date",
  "day",
  "time",
  "created at",
  "created",
  "datum",
];
const COUNTERS: Readonly<Record<string, readonly string[]>> = {
  active_users: ["active users", "dau", "daily active users", "unique users", "users"],
  sessions: ["sessions", "session count", "logins", "login count", "visits"],
  tasks: ["tasks", "task count", "tasks created", "tasks completed", "actions"],
  comments: ["comments", "comment count", "messages", "messages sent"],
  projects: ["projects", "project count", "projects created", "boards"],
  files: ["files", "file count", "files uploaded", "uploads", "documents"],
  reports: ["reports", "report count", "reports viewed", "dashboards"],
  integrations: ["integrations", "api calls", "integration calls", "webhooks"],
  exports: ["exports", "export count", "downloads"],
};

export function usageTime(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: AT, kinds: ["time"] });
}

/** Counters of a table with one row for each customer and day, by canonical name. */
export function usageCounters(file: KnownFile): Record<string, ColumnFinding> {
  const found: [string, ColumnFinding][] = [];
  for (const [counter, phrases] of Object.entries(COUNTERS)) {
    const column = findColumn(file, { phrases, kinds: ["number"], not: found.map(([, taken]) => taken) });
    if (column) found.push([counter, column]);
  }
  return Object.fromEntries(found);
}

/** One row for each customer and day, with counters in columns. */
export function dailyUsageDraft(args: {
  file: KnownFile;
  customer: Proposed | null;
  day: ColumnFinding;
  counters: Record<string, ColumnFinding>;
}): FileDraft {
  const { file, customer, day, counters } = args;
  const names = Object.values(counters).map(({ name }) => name);
  return {
    role: "usage by day",
    why: `one row for each customer and day, with counts in ${names.join(", ")}`,
    outputs: [
      {
        to: "usage.csv",
        why: "one day of one customer for each row",
        when: [],
        columns: {
          customer_id: customer,
          day: asTime(day),
          ...Object.fromEntries(Object.entries(counters).map(([counter, column]) => [counter, asNumber(file, column)])),
          recorded_at: recordedBy(findCreated(file, [day]), "when the row was made"),
        },
      },
    ],
    notes: [],
  };
}

/** One row for each event, which the import adds up by customer and day. */
export function usageEventsDraft(args: {
  file: KnownFile;
  id: Key | null;
  customer: Proposed | null;
  at: ColumnFinding;
}): FileDraft {
  const { file, id, customer, at } = args;
  const what = findColumn(file, {
    phrases: [
      "event type",
      "event name",
      "event",
      "action",
      "type",
      "kind",
      "feature name",
      "feature",
      "activity",
      "name",
    ],
    kinds: ["words", "text", "id"],
    not: [id?.column ?? null],
  });
  const user = findColumn(file, {
    phrases: [
      "user id",
      "user",
      "member id",
      "actor id",
      "person id",
      "user email",
      "email",
      "distinct id",
      "contact id",
    ],
    kinds: ["id", "email", "number", "words", "text"],
    not: [id?.column ?? null, what],
  });
  const quantity = findColumn(file, {
    phrases: ["quantity", "usage count", "event count", "count", "amount", "times"],
    kinds: ["number"],
  });
  const known = what ? Object.keys(translateWords(what.words, USAGE_WORDS).words).length : 0;
  const plain = constant(
    "task",
    what
      ? `${what.name} names no kind that is known; all of it counts as tasks`
      : "no column says what was done; all of it counts as tasks",
  );
  const parts = [
    ...(customer && "column" in customer.value ? [customer.value.column] : []),
    ...(customer && "customerOfSubscription" in customer.value ? [customer.value.customerOfSubscription] : []),
    ...(customer && "customerIn" in customer.value ? [customer.value.customerIn.column] : []),
    at.name,
    ...(what ? [what.name] : []),
    ...(user ? [user.name] : []),
  ];
  return {
    role: "usage events",
    why: `one row for each use, at ${at.name}`,
    outputs: [
      {
        to: "usage_events.csv",
        why: "one event for each row; the import adds them up by customer and day",
        when: [],
        columns: {
          event_id: id
            ? asText(id.column, id.why)
            : template(parts.map((name) => `{${name}}`).join("-"), "no column tells the rows apart; these together do"),
          customer_id: customer,
          occurred_at: asTime(at),
          kind: known > 0 ? asWords(what, USAGE_WORDS) : plain,
          user_id: asText(user),
          quantity: asNumber(file, quantity),
          recorded_at: recordedBy(findCreated(file, [at]), "when the row was made"),
        },
      },
    ],
    notes: user ? [] : ["No column says who used it: active users cannot be counted from this file."],
  };
}
