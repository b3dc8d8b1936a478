import { hash } from "node:crypto";
import { ImportError } from "./contract";
import type { FieldContext } from "./fields";
import { type FileColumn, type FileSpec, RECORDED_AT } from "./file-spec";

export type Rejection = { readonly column: string | null; readonly value: string | null; readonly reason: string };

/** Turns the fields of one record into one line of COPY text, or says what is wrong with them. */
export type RowEncoder = (fields: readonly string[], line: number, offset: number) => string | Rejection;

const NOTHING = "\\N";

/** Staging columns in the order in which the encoder writes them. */
export function stagedColumns(spec: FileSpec): string[] {
  return [
    "line",
    "byte_offset",
    ...spec.columns.map((column) => column.column),
    RECORDED_AT,
    "recorded_basis",
    "content_hash",
  ];
}

/**
 * Binds a file's columns to its header and gives the encoder of its rows.
 * @param args.receivedAt recorded_at of rows that say nothing about it, in an import that is not historical.
 * @throws ImportError where a required column is missing, or one is unknown or there twice.
 */
export function createRowEncoder(args: {
  spec: FileSpec;
  header: readonly string[];
  historical: boolean;
  receivedAt: Date;
  context: FieldContext;
}): RowEncoder {
  const { spec, header, context } = args;
  const positions = bindHeader(spec, header);
  const columns = spec.columns.map((column) => ({ ...column, position: positions.get(column.name) ?? -1 }));
  const recordedPosition = positions.get(RECORDED_AT) ?? -1;
  const kindPosition = positions.get("kind") ?? -1;
  const occurredIndexes = spec.occurredAt.map((name) => columns.findIndex((column) => column.column === name));
  const received = args.receivedAt.toISOString();
  const hashed = spec.merge.kind !== "usage";
  const values: string[] = new Array(columns.length);

  const assume = (): string => {
    const occurred = occurredIndexes.map((index) => values[index] as string).find((value) => value !== NOTHING);
    if (occurred === undefined) return received;
    return spec.merge.kind === "usage" ? context.times.dayKnown(occurred) : context.times.plusLag(occurred);
  };

  return (fields, line, offset) => {
    if (fields.length !== header.length) {
      return {
        column: null,
        value: null,
        reason: `expected ${header.length} fields as in the header, found ${fields.length}`,
      };
    }
    let encoded = "";
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as (typeof columns)[number];
      const raw = column.position === -1 ? "" : (fields[column.position] as string);
      let value: string | undefined;
      if (raw === "") {
        if (column.required === true) return rejected(column, "", "required, but empty");
        const kind = column.requiredFor === undefined ? "" : (fields[kindPosition] ?? "");
        if (column.requiredFor?.includes(kind)) return rejected(column, "", `required for kind ${kind}, but empty`);
        value = column.whenEmpty ?? NOTHING;
      } else {
        value = column.reader.read(raw, context);
        if (value === undefined) return rejected(column, raw, `expected ${column.reader.expected}`);
      }
      values[i] = value;
      encoded += `\t${value}`;
    }
    const stated = recordedPosition === -1 ? "" : (fields[recordedPosition] as string);
    let recorded: string | undefined = received;
    let basis = "received";
    if (stated !== "") {
      basis = "source";
      recorded = context.times.read(stated);
      if (recorded === undefined) {
        return { column: RECORDED_AT, value: stated, reason: "expected an ISO 8601 time such as 2026-03-01T09:30:00Z" };
      }
    } else if (args.historical) {
      basis = "assumed";
      recorded = assume();
    }
    const content = hashed ? `\\\\x${hash("md5", encoded, "hex")}` : NOTHING;
    return `${line}\t${offset}${encoded}\t${recorded}\t${basis}\t${content}\n`;
  };
}

function rejected(column: FileColumn, value: string, reason: string): Rejection {
  return { column: column.name, value, reason };
}

function bindHeader(spec: FileSpec, header: readonly string[]): Map<string, number> {
  const known = [...spec.columns.map((column) => column.name), RECORDED_AT];
  const positions = new Map<string, number>();
  header.forEach((name, position) => {
    const trimmed = name.trim();
    if (!known.includes(trimmed)) {
      throw new ImportError(
        `${spec.file} line 1: unknown column "${shortened(trimmed)}"; expected some of ${known.join(", ")}`,
      );
    }
    if (positions.has(trimmed)) throw new ImportError(`${spec.file} line 1: column "${trimmed}" is there twice`);
    positions.set(trimmed, position);
  });
  const missing = spec.columns.filter((column) => column.required && !positions.has(column.name));
  if (missing.length > 0) {
    const names = missing.map((column) => `"${column.name}"`).join(", ");
    throw new ImportError(`${spec.file} line 1: required column ${names} is missing; found ${listed(header)}`);
  }
  return positions;
}

const NAMES_SHOWN_MAX = 30;
const NAME_LENGTH_SHOWN_MAX = 60;

/** Headers may have hundreds of columns, and what is no header may be long: a message stays readable. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN_MAX).map(shortened).join(", ");
  return names.length > NAMES_SHOWN_MAX ? `${shown} and ${names.length - NAMES_SHOWN_MAX} more` : shown;
}

function shortened(name: string): string {
  return name.length > NAME_LENGTH_SHOWN_MAX ? `${name.slice(0, NAME_LENGTH_SHOWN_MAX)}…` : name;
}
