import { hash } from "node:crypto";
import { ImportError } from "./contract";
import { decodeField } from "./csv/read-records";
import type { FieldContext } from "./fields";
import { type FileColumn, type FileSpec, RECORDED_AT } from "./file-spec";
import { listed, shortened } from "./name-list";
import type { TimeReader } from "./times";

/** Why a row, or a field of it, is not taken; the value as text. */
export type Rejection = { readonly column: string | null; readonly value: string | null; readonly reason: string };

/** Turns the fields of one record, as many as the header has, into COPY text behind its place, or says what is wrong with them. */
export type RowEncoder = (fields: readonly string[]) => string | Rejection;

const NOTHING = "\\N";
/** Of a value that is refused, enough to recognize it by. */
const VALUE_BYTES_MAX = 4_000;

/** Staging columns: those of the place, which stage-file.ts writes, and the others in the order in which the encoder writes them. */
export function stagedColumns(spec: FileSpec): string[] {
  return [
    "row_no",
    "feed",
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
 * @param args.lag where given, rows that say nothing about it are known by this reader's lag in any import.
 * @throws ImportError where a required column is missing, or one is unknown or there twice.
 */
export function createRowEncoder(args: {
  spec: FileSpec;
  header: readonly string[];
  historical: boolean;
  receivedAt: Date;
  context: FieldContext;
  lag?: TimeReader;
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

  const lag = args.lag ?? (args.historical ? context.times : undefined);
  const assume = (times: TimeReader): string => {
    const occurred = occurredIndexes.map((index) => values[index] as string).find((value) => value !== NOTHING);
    if (occurred === undefined) return received;
    return spec.merge.kind === "usage" ? times.dayKnown(occurred) : times.plusLag(occurred);
  };

  return (fields) => {
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
        return {
          column: RECORDED_AT,
          value: decodeField(stated.slice(0, VALUE_BYTES_MAX)),
          reason: "expected an ISO 8601 time such as 2026-03-01T09:30:00Z",
        };
      }
    } else if (lag !== undefined) {
      basis = "assumed";
      recorded = assume(lag);
    }
    const content = hashed ? `\\\\x${hash("md5", encoded, "hex")}` : NOTHING;
    return `${encoded}\t${recorded}\t${basis}\t${content}\n`;
  };
}

function rejected(column: FileColumn, value: string, reason: string): Rejection {
  return { column: column.name, value: decodeField(value.slice(0, VALUE_BYTES_MAX)), reason };
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
