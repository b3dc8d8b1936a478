import path from "node:path";
import type { PoolClient } from "pg";
import type { ErasedMarks } from "@/lib/privacy/erased-marks";
import { decodeField, readRecords } from "./csv/read-records";
import type { FieldContext } from "./fields";
import type { FileSpec } from "./file-spec";
import { refuseNothingValid } from "./nothing-valid";
import { createStaging } from "./repository";
import { createRowEncoder, type RowEncoder, stagedColumns } from "./row-encoder";
import { StagingWriter } from "./staging-writer";

export type StageArgs = {
  client: PoolClient;
  importId: number;
  directory: string;
  spec: FileSpec;
  historical: boolean;
  receivedAt: Date;
  context: FieldContext;
  erased: ErasedMarks;
  onChunk?: (done: { bytes: number; rows: number }) => void;
  signal?: AbortSignal;
};

export type StagedFile = { bytes: number; sha256: string; rowsRead: number; writer: StagingWriter };

/** Reads, checks and stages one file: good rows into the temporary table `staged`, bad ones into quarantine. */
export async function stageFile(args: StageArgs): Promise<StagedFile> {
  const { spec, client, context } = args;
  await createStaging(client, stagingTable(spec));
  const personal = new Set(spec.columns.filter((column) => column.personal).map(({ name }) => name));
  const columns = stagedColumns(spec);
  const writer = new StagingWriter({
    client,
    importId: args.importId,
    file: spec.file,
    columns,
    personal,
    erased: args.erased,
  });
  let encode: RowEncoder | undefined;
  let rowsRead = 0;
  try {
    const { bytes, sha256 } = await readRecords({
      path: path.join(args.directory, spec.file),
      name: spec.file,
      signal: args.signal,
      sink: {
        header: (header) => {
          encode = createRowEncoder({ ...args, header });
        },
        record: (fields, line, offset, ascii) => {
          rowsRead += 1;
          context.ascii = ascii;
          const encoded = (encode as RowEncoder)(fields, line, offset);
          if (typeof encoded === "string") return writer.add(encoded);
          const value = encoded.value === null ? null : decodeField(encoded.value.slice(0, RAW_BYTES_MAX));
          writer.reject({ ...encoded, value, line, raw: joinRecord(fields) });
        },
        malformed: (fault, raw, { line }) => {
          rowsRead += 1;
          const value = decodeField(raw.slice(0, RAW_BYTES_MAX)).trimEnd();
          writer.reject({ column: null, value: null, reason: fault, line, raw: value });
        },
        chunk: async (bytes) => {
          await writer.flush();
          args.onChunk?.({ bytes, rows: rowsRead });
        },
      },
    });
    refuseNothingValid({ name: spec.file, rowsRead, rowsBad: writer.rowsBad, first: writer.first });
    await writer.finish();
    return { bytes, sha256, rowsRead, writer };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Of a record, enough to recognize it by: it may be long, and bad ones are many. */
const RAW_BYTES_MAX = 4_000;

/**
 * Checks the beginning of a file without reading further: what it is, its header, and that a row follows.
 * @throws ImportError as createRowEncoder and readRecords, or where there is no row.
 */
export async function checkStart(args: { directory: string; spec: FileSpec; context: FieldContext }): Promise<void> {
  const { spec, context } = args;
  const stop = new AbortController();
  let rowsRead = 0;
  const count = () => {
    rowsRead += 1;
  };
  try {
    await readRecords({
      path: path.join(args.directory, spec.file),
      name: spec.file,
      signal: stop.signal,
      sink: {
        header: (header) => {
          createRowEncoder({ spec, header, historical: false, receivedAt: new Date(0), context });
        },
        record: count,
        malformed: count,
        chunk: async () => {
          if (rowsRead > 0) stop.abort();
        },
      },
    });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  if (rowsRead === 0) refuseNothingValid({ name: spec.file, rowsRead, rowsBad: 0, first: [] });
}

/** The beginning of one record as it stands in the file, for rows that are refused. */
export function joinRecord(fields: readonly string[]): string {
  let text = "";
  for (let i = 0; i < fields.length && text.length < RAW_BYTES_MAX; i += 1) {
    text += (i === 0 ? "" : ",") + requote((fields[i] as string).slice(0, RAW_BYTES_MAX));
  }
  return decodeField(text.slice(0, RAW_BYTES_MAX));
}

function requote(field: string): string {
  return /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function stagingTable(spec: FileSpec): { name: string; type: string }[] {
  const types = new Map<string, string>(spec.columns.map((column) => [column.column, column.reader.type]));
  const own: Record<string, string> = {
    line: "int NOT NULL",
    byte_offset: "bigint NOT NULL",
    recorded_at: "timestamptz(3) NOT NULL",
    recorded_basis: "text NOT NULL",
    content_hash: "bytea",
  };
  return stagedColumns(spec).map((name) => ({ name, type: own[name] ?? (types.get(name) as string) }));
}
