import { IANAZone } from "luxon";
import type { CanonicalFile } from "../contract";
import { type FieldContext, reportingCurrency, time } from "../fields";
import { type FileColumn, type FileSpec, RECORDED_AT } from "../file-spec";
import { FILE_SPECS } from "../files";
import { createTimeReader } from "../times";
import type { FileMapping, Format, Mapping, Output, Value } from "./contract";
import { toField } from "./foreign-text";
import { isTimeForm } from "./time-format";
import { valueColumns } from "./value-columns";

/** `place` in words, `path` through the mapping: files, 0, outputs, 1, columns, kind. */
export type MappingFault = {
  readonly place: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
};

/** What a mapping says that cannot be meant, beyond its form: columns that are not there, canonical ones left out, … */
export function findMappingFaults(mapping: Mapping): MappingFault[] {
  const outputs = mapping.files.flatMap(({ outputs }) => outputs);
  const faults = mapping.files.flatMap((file, at) =>
    checkFile(file, mapping).map((fault) => ({ ...fault, path: ["files", at, ...fault.path] })),
  );
  if (outputs.length === 0) faults.push({ place: mapping.source, path: [], message: "no file has an output" });
  return faults;
}

function checkFile(file: FileMapping, mapping: Mapping): MappingFault[] {
  const twice = file.header.filter((name, i) => file.header.indexOf(name) !== i);
  return [
    ...twice.map((name) => ({ place: file.name, path: ["header"], message: `the header names "${name}" twice` })),
    ...file.outputs.flatMap((output, i) =>
      checkOutput(file, { output, mapping }).map(({ place, path, message }) => ({
        path: ["outputs", i, ...path],
        place: `${file.name}, output ${i + 1} (${output.to})${place}`,
        message,
      })),
    ),
  ];
}

function checkOutput(file: FileMapping, { output, mapping }: { output: Output; mapping: Mapping }): MappingFault[] {
  const spec = FILE_SPECS.find(({ file: name }) => name === output.to) as FileSpec;
  const faults: MappingFault[] = [];
  const kind = output.columns.kind;
  const kinds = kind && "constant" in kind ? [kind.constant] : [];
  for (const column of spec.columns) {
    if (column.name in output.columns) continue;
    const forKind = kinds.find((name) => column.requiredFor?.includes(name));
    if (column.required)
      faults.push({
        place: "",
        path: ["columns", column.name],
        message: `says nothing of the required column "${column.name}"`,
      });
    else if (forKind)
      faults.push({
        place: "",
        path: ["columns", column.name],
        message: `says nothing of "${column.name}", required for kind ${forKind}`,
      });
  }
  for (const [at, condition] of output.when.entries()) {
    const place = `, condition on "${condition.column}"`;
    const path = ["when", at];
    faults.push(...strangers(file, [condition.column]).map((message) => ({ place, path, message })));
    const needsWords = condition.is === "one-of" || condition.is === "none-of";
    if (needsWords && !condition.words?.length) faults.push({ place, path, message: `${condition.is} needs words` });
    if (!needsWords && condition.words) faults.push({ place, path, message: `${condition.is} takes no words` });
  }
  for (const [name, value] of Object.entries(output.columns)) {
    const place = `, ${name}`;
    const path = ["columns", name];
    const column = spec.columns.find((candidate) => candidate.name === name);
    if (column === undefined && name !== RECORDED_AT) {
      const known = [...spec.columns.map((candidate) => candidate.name), RECORDED_AT].join(", ");
      faults.push({ place, path, message: `${spec.file} has no such column; it has ${known}` });
      continue;
    }
    const messages = [
      ...strangers(file, valueColumns(value)),
      ...checkValue({ value, to: output.to, column, mapping }),
    ];
    faults.push(...messages.map((message) => ({ place, path, message })));
  }
  return faults;
}

function strangers(file: FileMapping, columns: readonly string[]): string[] {
  return columns
    .filter((column) => !file.header.includes(column))
    .map((column) => `the header has no column "${column}"`);
}

/** @param args.column undefined for recorded_at. */
function checkValue(args: {
  value: Value;
  to: CanonicalFile;
  column: FileColumn | undefined;
  mapping: Mapping;
}): string[] {
  const { value, to, column } = args;
  if ("lagHours" in value) return column === undefined ? [] : ["a lag is for recorded_at only"];
  if ("customerOfSubscription" in value) {
    if (column?.column !== "customer_source_id") return ["the customer of a subscription is for customer_id only"];
    const isLater = to !== "customers.csv" && to !== "subscription_events.csv";
    return isLater ? [] : ["subscriptions are not known yet when this file is imported"];
  }
  if ("customerIn" in value) {
    const { customerIn } = value;
    if (column?.column !== "customer_source_id") return ["the customer in another file is for customer_id only"];
    if (to === "customers.csv") return ["customers have ids of their own"];
    const other = args.mapping.files.find(({ name }) => name === customerIn.file);
    if (other === undefined) return [`the mapping has no file "${customerIn.file}"`];
    return [customerIn.key, customerIn.customer]
      .filter((name) => !other.header.includes(name))
      .map((name) => `the header of ${other.name} has no column "${name}"`);
  }
  if ("constant" in value) return checkLiteral(value.constant, column);
  if ("template" in value)
    return valueColumns(value).length > 0 ? [] : ["a template names columns in braces; a constant does not"];
  const literals = [...Object.values(value.words ?? {}), value.otherWord, value.whenEmpty];
  return [
    ...literals.flatMap((literal) => (literal ? checkLiteral(literal, column) : [])),
    ...(value.format ? checkFormat(value.format, column) : []),
  ];
}

function checkFormat(format: Format, column: FileColumn | undefined): string[] {
  const type = column?.reader.type ?? "timestamptz";
  const fitting = FORMAT_TYPES[format.kind];
  const faults =
    fitting === undefined || fitting.includes(type)
      ? []
      : [`the format ${format.kind} does not fit a column of ${type}`];
  if (format.kind === "time") {
    for (const form of format.forms) if (!isTimeForm(form)) faults.push(`"${form}" is no form of time`);
    if (format.plus !== undefined && type !== "timestamptz") faults.push("a day cannot be later by a time");
    if (format.zone !== undefined && !IANAZone.isValidZone(format.zone))
      faults.push(`"${format.zone}" is no time zone`);
  }
  if ("decimal" in format && format.decimal === format.thousands) {
    faults.push("the signs of decimals and of thousands are the same");
  }
  return faults;
}

const FORMAT_TYPES: Readonly<Record<Format["kind"], readonly string[] | undefined>> = {
  text: undefined,
  time: ["timestamptz", "date"],
  money: ["integer"],
  number: ["integer", "real"],
  boolean: ["boolean"],
};

/** What the mapping says itself must be canonical already; which currency is the company's it cannot know. */
function checkLiteral(literal: string, column: FileColumn | undefined): string[] {
  const reader = column?.reader ?? time;
  if (reader === reportingCurrency || reader.read(toField(literal), LITERAL_CONTEXT) !== undefined) return [];
  return [`"${literal}": expected ${reader.expected}`];
}

const LITERAL_CONTEXT: FieldContext = {
  times: createTimeReader({ zone: "UTC", lagHours: 0 }),
  currency: "",
  salt: "any",
  ascii: false,
};
