import { type Bind, type Parameter, startBinding } from "./binding";
import type { FeatureViewDefinition } from "./definitions/account-weekly";
import { type Aggregate, aggregatesOf, type Expression, type Filter, type SourceName } from "./definitions/expression";
import { accountBeforeTable, accountTables, POSTGRES_SOURCES, type Relation } from "./postgres-sources";

/** How a database writes the sources down; Postgres is the only one so far. */
export type Dialect = { readonly sources: Readonly<Record<SourceName, Relation>> };

export const POSTGRES: Dialect = { sources: POSTGRES_SOURCES };

export type CompiledStatement = { readonly sql: string; readonly parameters: readonly Parameter[] };

/**
 * One statement that writes the feature rows of a view for one as-of inside the database: one scan per source with
 * conditional aggregates, joined to the customers who may be predicted. Rows are written in order of customer_id.
 * It answers one row: `rows` written, and the customers left out because they are `leaving` or on `trial`.
 */
export function compileBuild(view: FeatureViewDefinition, dialect: Dialect = POSTGRES): CompiledStatement {
  const { bind, parameters } = startBinding();
  const sources = aggregatesBySource(view);
  const tables = [
    accountTables(bind),
    accountBeforeTable(bind),
    ...[...sources].map(([source, aggregates]) => sourceTable(source, aggregates, { bind, dialect })),
  ];
  const values = view.features.map((feature) => `(${expressionSql(feature.expression, { bind, sources })})::real`);
  const joins = [...sources.keys()].map((source) => `LEFT JOIN ${tableName(source)} USING (customer_id)`);
  const sql = `
WITH ${tables.join(",")}, written AS (
  INSERT INTO feature_row (as_of, customer_id, view_id, values, mrr_cents, peer_group)
  SELECT ${bind("asOf")}, account.customer_id, ${bind("viewId")},
    ARRAY[
      ${values.join(",\n      ")}
    ], account.mrr_cents, account.peer_group
  FROM account LEFT JOIN account_before USING (customer_id)
    ${joins.join("\n    ")}
  WHERE NOT account.leaving
  ORDER BY account.customer_id
  RETURNING 1
)
SELECT (SELECT count(*) FROM written)::integer AS rows,
  (SELECT count(*) FROM account WHERE account.leaving)::integer AS leaving,
  (SELECT count(*) FROM trial)::integer AS trial`;
  return { sql, parameters };
}

/** One row with the customers who could have been predicted at an as-of (`predictable`), are `leaving` or on `trial`. */
export function compileEligibilityCount(): CompiledStatement {
  const { bind, parameters } = startBinding();
  const sql = `
WITH ${accountTables(bind)}
SELECT count(*) FILTER (WHERE NOT account.leaving)::integer AS predictable,
  count(*) FILTER (WHERE account.leaving)::integer AS leaving,
  (SELECT count(*) FROM trial)::integer AS trial
FROM account`;
  return { sql, parameters };
}

/** The customers with paid coverage at an as-of whose notice was known at known-by, in order of customer_id. */
export function compileLeaving(): CompiledStatement {
  const { bind, parameters } = startBinding();
  const sql = `
WITH ${accountTables(bind)}
SELECT account.customer_id, account.notice_at, account.effective_at, account.mrr_cents
FROM account WHERE account.leaving ORDER BY account.customer_id`;
  return { sql, parameters };
}

/** The longest window, in days, over each source that a view reads. */
export function longestWindows(view: FeatureViewDefinition): Map<SourceName, number> {
  const longest = new Map<SourceName, number>();
  for (const { source, window } of view.features.flatMap(({ expression }) => aggregatesOf(expression)))
    longest.set(source, Math.max(longest.get(source) ?? 0, window.from));
  return longest;
}

type Sources = Map<SourceName, Aggregate[]>;

/** Each distinct aggregate once, by source. */
function aggregatesBySource(view: FeatureViewDefinition): Sources {
  const sources: Sources = new Map();
  for (const aggregate of view.features.flatMap(({ expression }) => aggregatesOf(expression))) {
    const known = sources.get(aggregate.source) ?? [];
    if (!known.some((other) => same(other, aggregate))) known.push(aggregate);
    sources.set(aggregate.source, known);
  }
  return sources;
}

function sourceTable(
  source: SourceName,
  aggregates: readonly Aggregate[],
  { bind, dialect }: { bind: Bind; dialect: Dialect },
): string {
  const days = Math.max(...aggregates.map(({ window }) => window.from));
  const columns = new Set(
    aggregates.flatMap(({ at, column, filters }) => [at, column ?? at, ...filters.map((filter) => filter.column)]),
  );
  const items = aggregates.map((aggregate, i) => `${aggregateSql(aggregate, { bind, days })} AS ${columnName(i)}`);
  return `
  ${tableName(source)} AS (
    SELECT r.customer_id, ${items.join(",\n      ")}
    FROM (${dialect.sources[source]({ bind, days, columns })}
    ) r GROUP BY r.customer_id
  )`;
}

/** `days` is what the scan itself is limited to; conditions that it already guarantees are left out. */
function aggregateSql(aggregate: Aggregate, { bind, days }: { bind: Bind; days: number }): string {
  const { fn, column, at, window, filters } = aggregate;
  const isDay = at === "day";
  const bound = (daysBefore: number) => bind(isDay ? `day:${daysBefore}` : `instant:${daysBefore}`);
  const conditions = [
    ...(isDay && window.from === days ? [] : [`r.${at} >= ${bound(window.from)}`]),
    ...(isDay && window.to === 0 ? [] : [`r.${at} < ${bound(window.to)}`]),
    ...filters.map(filterSql),
  ];
  const call = fn === "count" ? "count(*)" : `${fn}(r.${column})`;
  return conditions.length > 0 ? `${call} FILTER (WHERE ${conditions.join(" AND ")})` : call;
}

function filterSql(filter: Filter): string {
  if ("in" in filter) return `r.${filter.column} IN (${filter.in.map(quoted).join(", ")})`;
  if ("atLeast" in filter) return `r.${filter.column} >= ${filter.atLeast}`;
  return `r.${filter.column} IS ${filter.empty ? "NULL" : "NOT NULL"}`;
}

function expressionSql(expression: Expression, context: { bind: Bind; sources: Sources }): string {
  const { bind } = context;
  const of = (inner: Expression) => expressionSql(inner, context);
  switch (expression.kind) {
    case "number":
      return `${expression.value}::float8`;
    case "account":
      return `${expression.state === "now" ? "account" : "account_before"}.${expression.column}`;
    case "aggregate": {
      const value = aggregateColumn(expression, context.sources);
      const known = bind(`covers:${expression.source}`);
      const whole = expression.none === null ? value : `coalesce(${value}, ${expression.none})`;
      return `CASE WHEN ${known} THEN ${whole}::float8 END`;
    }
    case "days_since":
      return daysSinceSql(expression.of, context);
    case "covered_for":
      return `CASE WHEN account.covered_days >= ${expression.days} THEN ${of(expression.of)} END`;
    case "covered_days":
      return `greatest(0, least(${expression.window.from}, account.covered_days) - ${expression.window.to})`;
    case "ratio": {
      const under = of(expression.under);
      return `CASE WHEN (${under}) >= ${expression.atLeast} THEN (${of(expression.over)}) / (${under}) END`;
    }
    case "modulo": {
      const [left, right] = [of(expression.left), of(expression.right)];
      return `CASE WHEN (${right}) > 0 THEN (${left}) - (${right}) * floor((${left}) / (${right})) END`;
    }
    case "above":
      return `((${of(expression.left)}) > (${of(expression.right)}))::integer::float8`;
    case "and":
    case "times":
      return `(${of(expression.left)}) * (${of(expression.right)})`;
    case "plus":
      return `(${of(expression.left)}) + (${of(expression.right)})`;
    case "minus":
      return `(${of(expression.left)}) - (${of(expression.right)})`;
  }
}

function daysSinceSql(
  of: Extract<Expression, { kind: "days_since" }>["of"],
  { bind, sources }: { bind: Bind; sources: Sources },
): string {
  if (of.kind === "account")
    return `extract(epoch FROM ${bind("asOf")} - account${of.state === "now" ? "" : "_before"}.${of.column})::float8 / 86400`;
  const value = aggregateColumn(of, sources);
  const days =
    of.column === "day"
      ? `(${bind("day:0")} - ${value})::float8`
      : `extract(epoch FROM ${bind("asOf")} - ${value})::float8 / 86400`;
  return `CASE WHEN ${bind(`covers:${of.source}`)} THEN ${days} END`;
}

function aggregateColumn(aggregate: Aggregate, sources: Sources): string {
  const index = (sources.get(aggregate.source) ?? []).findIndex((other) => same(other, aggregate));
  return `${tableName(aggregate.source)}.${columnName(index)}`;
}

const same = (left: Aggregate, right: Aggregate) => JSON.stringify(left) === JSON.stringify(right);
const tableName = (source: SourceName) => `from_${source}`;
const columnName = (index: number) => `a${index}`;
const quoted = (word: string) => `'${word.replaceAll("'", "''")}'`;
