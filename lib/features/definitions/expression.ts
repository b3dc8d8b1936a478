/**
 * What a feature may compute, as data: aggregates over the rows of a source within a window, and arithmetic on them.
 * The compiler (../compile.ts) turns it into SQL; the tests evaluate the same data row by row.
 * Arithmetic is in double precision; wherever an operand has no value, neither has the result.
 */
export type Expression =
  | Aggregate
  | AccountColumn
  | { readonly kind: "number"; readonly value: number }
  /** over / under; no value where under is below `atLeast`. */
  | { readonly kind: "ratio"; readonly over: Expression; readonly under: Expression; readonly atLeast: number }
  | { readonly kind: "plus" | "minus" | "times" | "modulo"; readonly left: Expression; readonly right: Expression }
  /** 1 where the comparison holds, else 0. */
  | { readonly kind: "above"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "and"; readonly left: Expression; readonly right: Expression }
  /** Days from a point in time to as-of: whole calendar days for dates, fractions for times. */
  | { readonly kind: "days_since"; readonly of: Aggregate | AccountColumn }
  /** The value, for customers with paid coverage without a break for at least `days`: the others have no such past. */
  | { readonly kind: "covered_for"; readonly days: number; readonly of: Expression }
  /** Days of the window in which the customer had paid coverage without a break until as-of. */
  | { readonly kind: "covered_days"; readonly window: Window };

/** Calendar days in the business's zone before as-of, half-open: [as-of - from, as-of - to). */
export type Window = { readonly from: number; readonly to: number };

/** Rows by source, with the columns that an aggregate may read. `date` and `time` are points in time. */
export const SOURCE_COLUMNS = {
  /** A customer's day with any recorded use, as known at known-by. */
  usage_day: {
    day: "date",
    active_users: "number",
    sessions: "number",
    tasks: "number",
    comments: "number",
    projects: "number",
    files: "number",
    reports: "number",
    integrations: "number",
    exports: "number",
  },
  /** A support ticket that the customer opened, folded from its events; minutes and times are empty where not so yet. */
  ticket: {
    opened_at: "time",
    resolved_at: "time",
    rated_at: "time",
    category: "word",
    severity: "word",
    opened_by: "word",
    satisfaction: "number",
    reopenings: "number",
    response_minutes: "number",
    resolution_minutes: "number",
  },
  /** An invoice, folded from its events. days_late counts to payment, or to as-of while it is unpaid. */
  invoice: {
    due_at: "time",
    paid_at: "time",
    failed_at: "time",
    refunded_at: "time",
    failures: "number",
    amount_cents: "number",
    days_late: "number",
  },
  /** One subscription event. */
  subscription_change: { occurred_at: "time", kind: "word" },
} as const satisfies Record<string, Record<string, "number" | "word" | "date" | "time">>;

export type SourceName = keyof typeof SOURCE_COLUMNS;

export type Filter =
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly atLeast: number }
  | { readonly column: string; readonly empty: boolean };

export type Aggregate = {
  readonly kind: "aggregate";
  readonly source: SourceName;
  readonly fn: "count" | "sum" | "max" | "min";
  /** The result where the source is recorded but holds no such row: 0 for amounts of something, else no value. */
  readonly none: 0 | null;
  readonly column: string | null;
  /** The date or time column that the window is about. */
  readonly at: string;
  readonly window: Window;
  readonly filters: readonly Filter[];
};

/** Columns of the one row that a customer's paid subscriptions make: now, and 84 days ago as known now. */
export const ACCOUNT_COLUMNS = {
  seats: "number",
  list_mrr_cents: "number",
  unit_price_cents: "number",
  /** Share of list price, in percent, without discounts that a play granted: the programme must not see itself. */
  list_discount_pct: "number",
  term_months: "number",
  covered_since: "time",
  first_started_at: "time",
} as const;

export type AccountColumn = {
  readonly kind: "account";
  readonly column: keyof typeof ACCOUNT_COLUMNS;
  readonly state: "now" | "before";
};

/** How far back the "before" state lies, and the longest window a feature may have. */
export const BEFORE_DAYS = 84;

export const last = (days: number): Window => ({ from: days, to: 0 });
export const between = (from: number, to: number): Window => ({ from, to });

type AggregateOptions = { window: Window; filters?: readonly Filter[]; at?: string };

export const count = (source: SourceName, options: AggregateOptions) => aggregate(source, "count", null, options);
export const sum = (source: SourceName, column: string, options: AggregateOptions) =>
  aggregate(source, "sum", column, options);
export const max = (source: SourceName, column: string, options: AggregateOptions) =>
  aggregate(source, "max", column, options);
/** The highest value of an amount, 0 where there is no row: a day without a row is a day without use. */
export const peak = (source: SourceName, column: string, options: AggregateOptions): Aggregate => ({
  ...aggregate(source, "max", column, options),
  none: 0,
});
export const min = (source: SourceName, column: string, options: AggregateOptions) =>
  aggregate(source, "min", column, options);

/** Mean of a column over the rows that have it. */
export const mean = (source: SourceName, column: string, options: AggregateOptions): Expression => {
  const filters = [...(options.filters ?? []), { column, empty: false }];
  return ratio(sum(source, column, { ...options, filters }), count(source, { ...options, filters }));
};

export const account = (column: AccountColumn["column"]): AccountColumn => ({ kind: "account", column, state: "now" });
export const accountBefore = (column: AccountColumn["column"]): AccountColumn => ({
  kind: "account",
  column,
  state: "before",
});
export const number = (value: number): Expression => ({ kind: "number", value });
export const plus = (left: Expression, right: Expression): Expression => ({ kind: "plus", left, right });
export const minus = (left: Expression, right: Expression): Expression => ({ kind: "minus", left, right });
export const times = (left: Expression, right: Expression): Expression => ({ kind: "times", left, right });
export const modulo = (left: Expression, right: Expression): Expression => ({ kind: "modulo", left, right });
export const above = (left: Expression, right: Expression): Expression => ({ kind: "above", left, right });
export const and = (left: Expression, right: Expression): Expression => ({ kind: "and", left, right });
export const coveredFor = (days: number, of: Expression): Expression => ({ kind: "covered_for", days, of });
export const daysSince = (of: Aggregate | AccountColumn): Expression => ({ kind: "days_since", of });

/** Below any whole number: a denominator must be positive. */
const POSITIVE = 1e-9;
export const ratio = (over: Expression, under: Expression, atLeast = POSITIVE): Expression => ({
  kind: "ratio",
  over,
  under,
  atLeast,
});

/** Fewest covered days that make a rate: below that a customer has no usual level yet. */
const COVERED_DAYS_MIN = 7;

/** A sum per covered day of its window. */
export const perDay = (total: Aggregate): Expression =>
  ratio(total, { kind: "covered_days", window: total.window }, COVERED_DAYS_MIN);

/** Use per day in a recent window against the days before it, as a share of the usual: 1 is as before. */
export const againstBaseline = (column: string, recent: Window, baseline: Window): Expression =>
  ratio(perDay(sum("usage_day", column, { window: recent })), perDay(sum("usage_day", column, { window: baseline })));

/** The aggregates of an expression, as often as they stand in it. */
export function aggregatesOf(expression: Expression): Aggregate[] {
  switch (expression.kind) {
    case "aggregate":
      return [expression];
    case "ratio":
      return [...aggregatesOf(expression.over), ...aggregatesOf(expression.under)];
    case "plus":
    case "minus":
    case "times":
    case "modulo":
    case "above":
    case "and":
      return [...aggregatesOf(expression.left), ...aggregatesOf(expression.right)];
    case "days_since":
    case "covered_for":
      return aggregatesOf(expression.of);
    default:
      return [];
  }
}

function aggregate(
  source: SourceName,
  fn: Aggregate["fn"],
  column: string | null,
  options: AggregateOptions,
): Aggregate {
  const at = options.at ?? DEFAULT_TIME[source];
  const none = fn === "count" || fn === "sum" ? 0 : null;
  return { kind: "aggregate", source, fn, column, at, none, window: options.window, filters: options.filters ?? [] };
}

const DEFAULT_TIME: Record<SourceName, string> = {
  usage_day: "day",
  ticket: "opened_at",
  invoice: "due_at",
  subscription_change: "occurred_at",
};
