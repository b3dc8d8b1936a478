import { ACCOUNT_BASE, BASE_COLUMNS, ROW_COLUMNS } from "./base-columns";
import { CLOSED_COLUMNS, CLOSED_TABLES, MADE_TABLES } from "./closed-columns";
import type { ColumnUse } from "./contract";
import type { FeatureViewDefinition } from "./definitions/account-weekly";
import type { Aggregate, Expression } from "./definitions/expression";

/** A column of a table that tells of customers, and whether the role under which features are computed may read it. */
export type CatalogColumn = { readonly table: string; readonly column: string; readonly readable: boolean };

/**
 * Divides the columns into those that feed predictions, with the features made from each, and those that never do, with
 * the reason. What has no place by the grants, the features and the stated reasons is `undecided`.
 */
export function describeColumnUse(args: { columns: readonly CatalogColumn[]; view: FeatureViewDefinition }): ColumnUse {
  const featuresOf = featuresByColumn(args.view);
  const use: ColumnUse = { fed: [], never: [], undecided: [] };
  for (const { table, column, readable } of args.columns) {
    if (MADE_TABLES.includes(table)) continue;
    const features = featuresOf.get(`${table}.${column}`) ?? [];
    const place = { table, column };
    const readFor = ROW_COLUMNS[column] ?? (isMadeFrom(table, column) ? UNUSED : undefined);
    const closed = CLOSED_TABLES[table] ?? CLOSED_COLUMNS[column];
    if (readable && features.length > 0) use.fed.push({ ...place, features, why: null });
    else if (readable && readFor) use.fed.push({ ...place, features: [], why: readFor });
    else if (!readable && closed && features.length === 0) use.never.push({ ...place, why: closed });
    else use.undecided.push(place);
  }
  return use;
}

const UNUSED = "open to features; none is made from it now";

/** Whether a source's column is made from it, whatever the features of the view ask for. */
function isMadeFrom(table: string, column: string): boolean {
  return [...Object.values(BASE_COLUMNS), ACCOUNT_BASE].some(
    (base) => base.table === table && Object.values<readonly string[]>(base.columns).flat().includes(column),
  );
}

/** Labels of the features by the column ("table.column") that they are made from. */
function featuresByColumn(view: FeatureViewDefinition): Map<string, string[]> {
  const byColumn = new Map<string, string[]>();
  for (const { label, expression } of view.features)
    for (const column of new Set(readsOf(expression))) byColumn.set(column, [...(byColumn.get(column) ?? []), label]);
  return byColumn;
}

function readsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "aggregate":
      return aggregateReads(expression);
    case "account":
      return accountReads(expression.column);
    case "covered_days":
      return accountReads("covered_days");
    case "covered_for":
      return [...accountReads("covered_days"), ...readsOf(expression.of)];
    case "days_since":
      return readsOf(expression.of);
    case "ratio":
      return [...readsOf(expression.over), ...readsOf(expression.under)];
    default:
      return [...readsOf(expression.left), ...readsOf(expression.right)];
  }
}

function aggregateReads({ source, at, column, filters }: Aggregate): string[] {
  const { table, columns } = BASE_COLUMNS[source];
  const base: Readonly<Record<string, readonly string[]>> = columns;
  return [at, column ?? at, ...filters.map((filter) => filter.column)]
    .flatMap((name) => base[name] ?? [])
    .map((name) => `${table}.${name}`);
}

function accountReads(column: keyof typeof ACCOUNT_BASE.columns): string[] {
  return ACCOUNT_BASE.columns[column].map((name) => `${ACCOUNT_BASE.table}.${name}`);
}
