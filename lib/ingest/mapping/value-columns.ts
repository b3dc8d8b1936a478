import type { FileSpec } from "../file-spec";
import type { Output, Value } from "./contract";

/** The columns of the file that a value is made of. */
export function valueColumns(value: Value): string[] {
  if ("template" in value) return [...value.template.matchAll(TEMPLATE_COLUMN)].map(([, name]) => name as string);
  if ("customerOfSubscription" in value) return [value.customerOfSubscription];
  if ("customerIn" in value) return [value.customerIn.column];
  if (!("column" in value)) return [];
  const { column, format } = value;
  const second =
    format && "dividedBy" in format ? format.dividedBy : format && "plus" in format ? format.plus?.column : undefined;
  return second === undefined ? [column] : [column, second];
}

/** What stands between the columns that a template names. */
export function templateTexts(template: string): string[] {
  return template.split(/\{[^{}]+\}/);
}

/** How quarantine names what a value is made of. */
export function columnLabel(columns: readonly string[]): string {
  return columns.join(", ");
}

/**
 * Of a file that feeds columns with personal data, those of its columns and of their labels that tell who a person is;
 * null of another file.
 */
export function personalColumns(outputs: readonly { output: Output; spec: FileSpec }[]): ReadonlySet<string> | null {
  if (!outputs.some(({ spec }) => spec.columns.some((column) => column.personal))) return null;
  const values = outputs.flatMap(({ output, spec }) =>
    Object.entries(output.columns).map(([name, value]) => ({
      columns: valueColumns(value),
      personal: spec.columns.some((column) => column.name === name && column.personal),
    })),
  );
  const columns = new Set(values.filter(({ personal }) => personal).flatMap(({ columns }) => columns));
  const labels = values.filter((value) => value.columns.some((column) => columns.has(column)));
  return new Set([...columns, ...labels.map((value) => columnLabel(value.columns))]);
}

const TEMPLATE_COLUMN = /\{([^{}]+)\}/g;
