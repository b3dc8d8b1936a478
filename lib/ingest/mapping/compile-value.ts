import type { FieldContext, FieldReader } from "../fields";
import type { Rejection } from "../row-encoder";
import { remembering } from "../times";
import { type Amount, type AmountFormat, createAmountReader, describeAmount, toCents, toNumber } from "./amount-format";
import type { Format, Value } from "./contract";
import { toField, toText, toWord, trimField } from "./foreign-text";
import { createTimeFormat, describeForms, type TimeFormat } from "./time-format";
import { templateTexts, valueColumns } from "./value-columns";

/** What a canonical field's value comes from, bound to the places of a file's columns. */
export type BoundValue = {
  /** The columns of the file that it is made of. */
  readonly columns: readonly string[];
  /** The canonical field, empty where there is none, or what is wrong with the file's own. */
  readonly read: (fields: readonly string[]) => string | Rejection;
};

export type ValueArgs = {
  positions: ReadonlyMap<string, number>;
  /** Of the canonical column. */
  reader: FieldReader;
  zone: string;
  context: FieldContext;
};

/** Compiles a value of a mapping that stands for a field; a lag stands for none. */
export function compileValue(value: Exclude<Value, { lagHours: number }>, args: ValueArgs): BoundValue {
  if ("constant" in value) {
    const constant = toField(value.constant);
    return { columns: [], read: () => constant };
  }
  if ("template" in value) return compileTemplate(value, args);
  if ("customerOfSubscription" in value) return compileColumn({ column: value.customerOfSubscription }, args);
  if ("customerIn" in value) return compileColumn({ column: value.customerIn.column }, args);
  return compileColumn(value, args);
}

/** Where one of its columns is empty there is no value: ids made of half would be those of others. */
function compileTemplate(value: { template: string }, { positions }: ValueArgs): BoundValue {
  const columns = valueColumns(value);
  const places = columns.map((column) => positions.get(column) as number);
  const texts = templateTexts(value.template).map(toField);
  return {
    columns,
    read: (fields) => {
      let joined = texts[0] as string;
      for (let i = 0; i < places.length; i += 1) {
        const part = trimField(fields[places[i] as number] as string);
        if (part === "") return "";
        joined += part + texts[i + 1];
      }
      return joined;
    },
  };
}

type ColumnValue = Extract<Value, { column: string }>;

function compileColumn(value: ColumnValue, args: ValueArgs): BoundValue {
  const { column } = value;
  const position = args.positions.get(column) as number;
  const whenEmpty = toField(value.whenEmpty ?? "");
  const words = value.words && new Map(Object.entries(value.words).map(([word, to]) => [toWord(word), toField(to)]));
  const wordOf = words && remembering((field) => words.get(toWord(toText(field))));
  const other = value.otherWord === undefined ? undefined : toField(value.otherWord);
  const format = value.format ?? { kind: "text" };
  const convert = compileFormat(format, { ...args, column });
  const unknownWord =
    words && format.kind === "text" && other === undefined
      ? `expected one of the words that the mapping names: ${Object.keys(value.words ?? {}).join(", ")}`
      : undefined;
  return {
    columns: valueColumns(value),
    read: (fields) => {
      const field = trimField(fields[position] as string);
      if (field === "") return whenEmpty;
      const word = wordOf?.(field) ?? other;
      if (word !== undefined) return word;
      if (unknownWord !== undefined) return { column, value: toText(field), reason: unknownWord };
      return convert(field, fields);
    },
  };
}

type Convert = (field: string, fields: readonly string[]) => string | Rejection;

function compileFormat(format: Format, args: ValueArgs & { column: string }): Convert {
  const { column } = args;
  switch (format.kind) {
    case "text":
      return (field) => field;
    case "time":
      return compileTime(format, args);
    case "boolean": {
      const words = new Map([
        ...format.yes.map((word) => [toWord(word), "true"] as const),
        ...format.no.map((word) => [toWord(word), "false"] as const),
      ]);
      const reason = `expected ${format.yes.join(" or ")} for yes, ${format.no.join(" or ")} for no`;
      const read = remembering((field) => words.get(toWord(toText(field))));
      return (field) => read(field) ?? { column, value: toText(field), reason };
    }
    default:
      return compileAmount(format, args);
  }
}

function compileTime(format: TimeFormat, args: ValueArgs & { column: string }): Convert {
  const { column, positions, context } = args;
  const target = args.reader.type === "date" ? "day" : "time";
  const read = createTimeFormat({ format, target, zone: args.zone });
  const reason = `expected ${describeForms(format.forms)}`;
  const convert = (field: string) => read(toText(field)) ?? { column, value: toText(field), reason };
  const { plus } = format;
  if (plus === undefined) return convert;
  const place = positions.get(plus.column) as number;
  const readLength = createAmountReader({
    format: { kind: "number", decimal: ".", thousands: "" },
    currency: context.currency,
  });
  return (field, fields) => {
    const time = convert(field);
    if (typeof time !== "string") return time;
    const text = toText(fields[place] as string);
    const length = readLength(text);
    if (typeof length !== "object" || length.negative) {
      return { column: plus.column, value: text, reason: `expected a number of ${plus.unit} such as 74` };
    }
    const later = new Date(Date.parse(time) + Math.round(Number(toNumber(length)) * UNIT_MS[plus.unit]));
    if (!Number.isNaN(later.getTime())) return later.toISOString();
    return {
      column: plus.column,
      value: text,
      reason: `expected a number of ${plus.unit} that ends before the year 2100`,
    };
  };
}

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

function compileAmount(format: AmountFormat, args: ValueArgs & { column: string }): Convert {
  const { column, positions, context } = args;
  const { dividedBy } = format;
  const read = createAmountReader({ format, currency: context.currency });
  const readDivisor = createAmountReader({ format: { ...format, kind: "number" }, currency: context.currency });
  const divisorPlace = dividedBy === undefined ? -1 : (positions.get(dividedBy) as number);
  const write = format.kind === "money" ? toCents : toNumber;
  return (field, fields) => {
    const text = toText(field);
    const amount = read(text);
    if (amount === undefined) return { column, value: text, reason: `expected ${describeAmount(format)}` };
    if (amount === "currency") return { column, value: text, reason: `expected an amount in ${context.currency}` };
    if (amount.negative && format.negative === "refuse") {
      return { column, value: text, reason: "expected an amount not below zero" };
    }
    if (dividedBy === undefined) return write(amount);
    const divisorText = toText(fields[divisorPlace] as string);
    const divisor = readDivisor(divisorText);
    if (!isPositive(divisor)) {
      return { column: dividedBy, value: divisorText, reason: "expected a number above zero to divide by" };
    }
    return write(amount, divisor);
  };
}

function isPositive(amount: Amount | "currency" | undefined): amount is Amount {
  return typeof amount === "object" && !amount.negative && amount.units > 0n;
}
