import type { Measured } from "@/lib/retention/contract";
import { type CheckedMonth, type Confirmation, type MonthCounts, NOTE_LENGTH_MIN, type Survivorship } from "./contract";

/** What the subscriptions say of who came and went; only what follows paid coverage counts as an end. */
export type Evidence = {
  /** customers with paid coverage at any time */
  readonly customers: number;
  /** ends and notices of paid subscriptions */
  readonly ends: number;
  readonly firstEndAt: Date | null;
  readonly firstStartAt: Date | null;
};

/**
 * Whether the files hold only customers who are still there: no end and no notice at all, or all of them in the data's
 * last month although there were customers before it (an export made of the present ones, and what came after).
 */
export function survivorshipOf(args: Evidence & { lastMonthFrom: Date }): Survivorship | null {
  const { customers, ends, firstEndAt, firstStartAt, lastMonthFrom } = args;
  if (customers === 0 || firstStartAt === null) return null;
  const helps =
    "An export of present customers alone looks like this. Export those who left as well: every subscription ever sold, with its end or its notice.";
  if (ends === 0 || firstEndAt === null)
    return {
      kind: "nobody_left",
      says: `${counted(customers, "customer")} and not one end or notice of a paid subscription: nobody has ever left. ${helps}`,
    };
  if (firstEndAt < lastMonthFrom || firstStartAt >= lastMonthFrom) return null;
  return {
    kind: "last_month_only",
    says: `${counted(customers, "customer")}, and all ${counted(ends, "end")} or notices lie in the last month of the data: before it nobody left. ${helps}`,
  };
}

/** What differs between the months that somebody saw and those that are so now, in words; empty where nothing does. */
export function differences(seen: readonly MonthCounts[], present: readonly MonthCounts[]): string[] {
  const now = new Map(present.map((month) => [month.month, month]));
  const gone = seen.flatMap(({ month, ...was }) => {
    const is = now.get(month);
    now.delete(month);
    if (!is) return [`${month} is not counted any more`];
    if (is.atStart === was.atStart && is.departures === was.departures) return [];
    return [`${month} was ${was.departures} of ${was.atStart} and is ${is.departures} of ${is.atStart}`];
  });
  return [...gone, ...[...now.values()].map((is) => `${is.month} is new: ${is.departures} of ${is.atStart}`)];
}

/** A confirmation as it was stored; `months` were final then. */
export type StoredConfirmation = {
  readonly labelRuleId: number;
  readonly finalMonths: readonly MonthCounts[];
};

/**
 * Whether a confirmation stands: its rule is in force, and what was final then has the same counts now. Months that have
 * passed out of the window say nothing any more; where all have, the confirmation is too old.
 */
export function judgeConfirmation(args: {
  confirmation: StoredConfirmation;
  labelRuleId: number;
  months: readonly MonthCounts[];
}): Pick<Confirmation, "state" | "because"> {
  const { confirmation, labelRuleId, months } = args;
  const lapsed = (because: string) => ({ state: "lapsed", because }) as const;
  if (confirmation.labelRuleId !== labelRuleId) return lapsed("The rule of what counts as churn has changed since.");
  const first = months[0]?.month ?? "";
  const seen = confirmation.finalMonths.filter(({ month }) => month >= first);
  if (months.length > 0 && seen.length === 0 && confirmation.finalMonths.length > 0)
    return lapsed("Of the months that were final then none is shown any more.");
  const names = new Set(seen.map(({ month }) => month));
  const changed = differences(
    seen,
    months.filter(({ month }) => names.has(month)),
  );
  return changed.length > 0 ? lapsed(`Since then ${changed.join("; ")}.`) : { state: "stands", because: null };
}

/** Why a confirmation needs a note, null where it needs none: finance's figure is missing, or lies outside the interval. */
export function noteProblem(args: {
  financeRate: number | null;
  average: Measured;
  note: string | null;
}): string | null {
  const { financeRate, average, note } = args;
  if (note !== null && note.length >= NOTE_LENGTH_MIN) return null;
  const expected = `expected a note of at least ${NOTE_LENGTH_MIN} characters`;
  if (financeRate === null)
    return `note is missing: without finance's figure, say what the months were compared with; ${expected}`;
  if (average.state !== "measured") return null;
  const { low, high } = average.proportion;
  if (financeRate >= low && financeRate <= high) return null;
  return `note is missing: ${percent(financeRate)} lies outside ${percent(low)} to ${percent(high)}, what the data shows; say why both are right, ${expected}`;
}

/** Departures by customers at start over the last whole months, `most` at most. */
export function averagedMonths(
  months: readonly CheckedMonth[],
  most: number,
): { months: number; atStart: number; departures: number } {
  const last = months.filter(({ state }) => state === "whole").slice(-most);
  return {
    months: last.length,
    atStart: last.reduce((sum, month) => sum + month.atStart, 0),
    departures: last.reduce((sum, month) => sum + month.departures, 0),
  };
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
