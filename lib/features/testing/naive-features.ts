import { DateTime } from "luxon";
import type { BuildMoment } from "../binding";
import type { Aggregate, Expression, Filter, SourceName } from "../definitions/expression";
import { BEFORE_DAYS } from "../definitions/expression";
import { peerGroupOf } from "../peer-group";
import type { EventFact, FactWorld, SubscriptionFact, TicketFact } from "./fact-world";
import { type NaiveState, stateOf } from "./naive-subscriptions";

export type NaiveAccount = {
  leaving: boolean;
  mrrCents: number;
  peerGroup: string;
  value: (expression: Expression) => number;
};

type Row = Record<string, number | string | null>;

/**
 * A second implementation of the feature store, one customer and one row at a time, sharing nothing with the compiled
 * SQL but the definitions: what each customer with paid coverage should have. NaN is no value; times are epoch ms.
 */
export function naiveAccounts(world: FactWorld, moment: BuildMoment): Map<number, NaiveAccount> {
  const accounts = new Map<number, NaiveAccount>();
  for (let customer = 1; customer <= world.customers; customer += 1) {
    const own = <T extends { customer: number }>(facts: readonly T[]) => facts.filter((f) => f.customer === customer);
    const known = <T extends EventFact>(facts: readonly T[]) => newestKnown(own(facts), moment);
    const events = known(world.subscriptions);
    const states = statesAt(events, moment.asOf);
    const paid = states.filter((state) => state.covered && !state.trial);
    if (paid.length === 0) continue;
    const intents = statesAt(events, moment.knownBy);
    const leaving = paid.every((state) => intents.find((i) => i.subscription === state.subscription)?.noticeGiven);
    const before = statesAt(events, daysBefore(moment, BEFORE_DAYS)).filter((state) => state.covered && !state.trial);
    const rows: Record<SourceName, Row[]> = {
      usage_day: usageDays(own(world.usage), moment),
      ticket: tickets(inLookback(known(world.tickets), moment)),
      invoice: invoices(inLookback(known(world.payments), moment), moment),
      subscription_change: inLookback(events, moment).map((e) => ({ occurred_at: e.occurredAt, kind: e.kind })),
    };
    const accountRows = { now: accountRow(paid), before: before.length > 0 ? accountRow(before) : {} };
    const largest = [...paid].sort((a, b) => b.mrrCents - a.mrrCents || (a.subscription < b.subscription ? -1 : 1))[0];
    accounts.set(customer, {
      leaving,
      mrrCents: paid.reduce((total, state) => total + state.mrrCents, 0),
      peerGroup: peerGroupOf((largest as NaiveState).plan, total(paid, "seats")),
      value: (expression) => evaluate(expression, { moment, rows, accountRows }),
    });
  }
  return accounts;
}

/** Of the versions of one source id the newest that was recorded before known-by and ingested by the data cut. */
function newestKnown<T extends EventFact>(facts: readonly T[], moment: BuildMoment): T[] {
  const newest = new Map<string, T>();
  for (const fact of facts) {
    if (fact.recordedAt >= Number(moment.knownBy) || fact.ingestedAt > Number(moment.dataCut)) continue;
    const other = newest.get(fact.sourceId);
    if (!other || other.version < fact.version) newest.set(fact.sourceId, fact);
  }
  return [...newest.values()];
}

function statesAt(events: readonly SubscriptionFact[], at: Date): NaiveState[] {
  const past = events.filter((event) => event.occurredAt < Number(at));
  const ids = [...new Set(past.map(({ subscription }) => subscription))];
  return ids.map((id) =>
    stateOf({ subscription: id, events: past.filter((event) => event.subscription === id), at: Number(at) }),
  );
}

/** Events of the 84 days before as-of: tickets and invoices are seen through them. */
function inLookback<T extends EventFact>(facts: readonly T[], moment: BuildMoment): T[] {
  const [from, to] = [Number(daysBefore(moment, 84)), Number(moment.asOf)];
  return facts.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
}

function usageDays(facts: FactWorld["usage"], moment: BuildMoment): Row[] {
  const days = new Map<string, Row>();
  for (const fact of facts) {
    if (fact.recordedAt >= Number(moment.knownBy) || fact.ingestedAt > Number(moment.dataCut)) continue;
    const day = days.get(fact.day) ?? { day: fact.day };
    for (const [counter, n] of Object.entries(fact.counters)) day[counter] = ((day[counter] as number) ?? 0) + n;
    days.set(fact.day, day);
  }
  return [...days.values()];
}

function tickets(facts: readonly TicketFact[]): Row[] {
  return grouped(facts, ({ ticket }) => ticket).map((events) => {
    const times = (kind: string) => events.filter((e) => e.kind === kind).map((e) => e.occurredAt);
    const opened = events.filter((e) => e.kind === "opened");
    const openedAt = lowest(times("opened"));
    const [resolved, reopened] = [highest(times("resolved")), highest(times("reopened"))];
    const resolvedAt = resolved !== null && (reopened === null || resolved >= reopened) ? resolved : null;
    const minutes = (to: number | null) =>
      to === null || openedAt === null ? null : Math.floor((to - openedAt) / 60_000);
    return {
      opened_at: openedAt,
      resolved_at: resolvedAt,
      rated_at: highest(times("rated")),
      category: opened[0]?.category ?? null,
      severity: opened[0]?.severity ?? null,
      opened_by: opened[0] ? (opened[0].openedBy ?? "customer") : null,
      satisfaction: lowest(
        events.flatMap((e) => (e.kind === "rated" && e.satisfaction !== null ? [e.satisfaction] : [])),
      ),
      reopenings: times("reopened").length,
      response_minutes: minutes(lowest(times("responded"))),
      resolution_minutes: minutes(resolvedAt),
    };
  });
}

function invoices(facts: FactWorld["payments"], moment: BuildMoment): Row[] {
  return grouped([...facts], ({ invoice }) => invoice).map((events) => {
    const times = (kind: string) => events.filter((e) => e.kind === kind).map((e) => e.occurredAt);
    const [dueAt, paidAt] = [lowest(times("due")), lowest(times("paid"))];
    return {
      due_at: dueAt,
      paid_at: paidAt,
      failed_at: highest(times("failed")),
      refunded_at: highest(times("refunded")),
      failures: times("failed").length,
      amount_cents: highest(events.filter((e) => e.kind === "due").map((e) => e.amountCents)),
      days_late:
        dueAt === null ? null : Math.max(0, Math.floor(((paidAt ?? Number(moment.asOf)) - dueAt) / 86_400_000)),
    };
  });
}

function accountRow(paid: readonly NaiveState[]): Row {
  const seats = total(paid, "seats");
  const list = paid.reduce((sum, state) => sum + state.seats * state.unitPriceCents, 0);
  const discount = paid.reduce((sum, s) => sum + s.seats * (s.discountByPlay ? 0 : s.discountPct), 0);
  return {
    seats,
    list_mrr_cents: list,
    unit_price_cents: list / seats,
    list_discount_pct: discount / seats,
    term_months: highest(paid.flatMap(({ termMonths }) => (termMonths === null ? [] : [termMonths]))),
    covered_since: lowest(paid.map(({ startedAt }) => startedAt)),
    first_started_at: lowest(paid.map(({ firstStartedAt }) => firstStartedAt)),
  };
}

type Context = {
  moment: BuildMoment;
  rows: Record<SourceName, Row[]>;
  accountRows: { now: Row; before: Row };
};

function evaluate(expression: Expression, context: Context): number {
  const of = (inner: Expression) => evaluate(inner, context);
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "account":
      return (context.accountRows[expression.state][expression.column] as number | null | undefined) ?? Number.NaN;
    case "aggregate":
      return (aggregated(expression, context) as number | null) ?? Number.NaN;
    case "days_since": {
      if (expression.of.kind === "account") return (Number(context.moment.asOf) - of(expression.of)) / 86_400_000;
      const value = aggregated(expression.of, context);
      if (value === null) return Number.NaN;
      if (typeof value === "number") return (Number(context.moment.asOf) - value) / 86_400_000;
      return wholeDays(value, localDay(context.moment.asOf, context));
    }
    case "covered_for":
      return coveredDays(context) >= expression.days ? of(expression.of) : Number.NaN;
    case "covered_days":
      return Math.max(0, Math.min(expression.window.from, coveredDays(context)) - expression.window.to);
    case "ratio": {
      const under = of(expression.under);
      return under >= expression.atLeast ? of(expression.over) / under : Number.NaN;
    }
    case "modulo": {
      const [left, right] = [of(expression.left), of(expression.right)];
      return right > 0 ? left - right * Math.floor(left / right) : Number.NaN;
    }
    case "above": {
      const [left, right] = [of(expression.left), of(expression.right)];
      return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : Number(left > right);
    }
    case "and":
    case "times":
      return of(expression.left) * of(expression.right);
    case "plus":
      return of(expression.left) + of(expression.right);
    case "minus":
      return of(expression.left) - of(expression.right);
  }
}

function aggregated(aggregate: Aggregate, context: Context): number | string | null {
  if (!context.moment.covered.has(aggregate.source)) return null;
  const { moment } = context;
  const bound = (days: number) =>
    aggregate.at === "day" ? localDay(daysBefore(moment, days), context) : Number(daysBefore(moment, days));
  const [from, to] = [bound(aggregate.window.from), bound(aggregate.window.to)];
  const rows = context.rows[aggregate.source].filter((row) => {
    const at = row[aggregate.at] ?? null;
    return at !== null && at >= from && at < to && aggregate.filters.every((filter) => passes(row, filter));
  });
  if (aggregate.fn === "count") return rows.length;
  const values = rows.flatMap((row) => row[aggregate.column as string] ?? []);
  if (values.length === 0) return aggregate.none;
  if (aggregate.fn === "sum") return (values as number[]).reduce((a, b) => a + b, 0);
  return values.reduce((a, b) => ((aggregate.fn === "max" ? a > b : a < b) ? a : b));
}

function passes(row: Row, filter: Filter): boolean {
  const value = row[filter.column] ?? null;
  if ("in" in filter) return value !== null && filter.in.includes(String(value));
  if ("atLeast" in filter) return value !== null && (value as number) >= filter.atLeast;
  return (value === null) === filter.empty;
}

function coveredDays(context: Context): number {
  const since = context.accountRows.now.covered_since as number;
  return wholeDays(localDay(new Date(since), context), localDay(context.moment.asOf, context));
}

const daysBefore = (moment: BuildMoment, days: number) =>
  DateTime.fromJSDate(moment.asOf, { zone: moment.zone }).minus({ days }).toJSDate();
const localDay = (at: Date, { moment }: Context) =>
  DateTime.fromJSDate(at, { zone: moment.zone }).toFormat("yyyy-MM-dd");
const wholeDays = (from: string, to: string) =>
  (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000;
const lowest = (numbers: readonly number[]) => (numbers.length > 0 ? Math.min(...numbers) : null);
const highest = (numbers: readonly number[]) => (numbers.length > 0 ? Math.max(...numbers) : null);
const total = (states: readonly NaiveState[], key: "seats") => states.reduce((sum, state) => sum + state[key], 0);

function grouped<T>(facts: readonly T[], key: (fact: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const fact of facts) groups.set(key(fact), [...(groups.get(key(fact)) ?? []), fact]);
  return [...groups.values()];
}
