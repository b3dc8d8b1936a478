import path from "node:path";
import type { PoolClient } from "pg";
import type { ErasedMarks } from "@/lib/privacy/erased-marks";
import { type BadRow, type Delimiter, type ImportInputReport, SAMPLES_MAX } from "./contract";
import { decodeField, readRecords } from "./csv/read-records";
import type { BindArgs, BoundFeed, BoundOutput, Feed } from "./feed";
import type { FileSpec } from "./file-spec";
import { refuseNothingValid } from "./nothing-valid";
import { createStaging } from "./repository";
import { type Rejection, stagedColumns } from "./row-encoder";
import { StagingWriter } from "./staging-writer";

export type StageArgs = BindArgs & {
  client: PoolClient;
  importId: number;
  directory: string;
  spec: FileSpec;
  /** The files that the canonical file's rows come from, one after another. */
  feeds: readonly Feed[];
  erased: ErasedMarks;
  /** Which line a line of a file was, where the file was put together of rows that came before. */
  lineOf?: (file: string, line: number) => number;
  onChunk?: (done: { file: string; bytes: number; rows: number }) => void;
  signal?: AbortSignal;
};

/** What one feed read, and what it gave to its canonical file. */
export type FeedRead = ImportInputReport & {
  header: readonly string[];
  delimiter: Delimiter;
  rowsMade: number;
  rowsBad: number;
  firstBad: BadRow[];
};

export type Staged = {
  /** Rows for the canonical file, good and bad. */
  rowsMade: number;
  reads: ReadonlyMap<Feed, FeedRead>;
  /** By the number that staged and refused rows carry as `feed`. */
  origins: readonly { feed: Feed; output: BoundOutput }[];
  writer: StagingWriter;
};

/** Reads, checks and stages what makes one canonical file: good rows into the temporary table `staged`, bad ones into quarantine. */
export async function stageFile(args: StageArgs): Promise<Staged> {
  const { spec, client } = args;
  await createStaging(client, stagingTable(spec));
  const writer = new StagingWriter({ ...args, columns: stagedColumns(spec) });
  const staged = { rowsMade: 0, reads: new Map<Feed, FeedRead>(), origins: [], writer };
  try {
    for (const feed of args.feeds) staged.reads.set(feed, await stageFeed(args, feed, staged));
    await writer.finish();
    return staged;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

type Staging = { rowsMade: number; origins: { feed: Feed; output: BoundOutput }[]; writer: StagingWriter };

async function stageFeed(args: StageArgs, feed: Feed, staged: Staging): Promise<FeedRead> {
  const { context } = args;
  const { writer } = staged;
  const { rowsMade } = staged;
  const firstOrigin = staged.origins.length;
  const done = { rowsRead: 0, rowsUnused: 0, rowsBad: 0 };
  const firstBad: BadRow[] = [];
  let bound: BoundFeed = { outputs: [], isUsed: () => false };
  let header: readonly string[] = [];
  let width = 0;
  let bytesBefore = 0;
  const placeOf = (line: number) => args.lineOf?.(feed.file, line) ?? line;
  const reject = (rejection: Rejection, line: number, raw: string, isRecord = true) => {
    staged.rowsMade += 1;
    done.rowsBad += 1;
    const bad = writer.reject({ ...feed, ...rejection, line, raw, isRecord });
    if (firstBad.length < SAMPLES_MAX) firstBad.push(bad);
  };
  const rejectWhole = (reason: string, line: number, raw: string, isRecord = true) => {
    if (feed.first) reject({ column: null, value: null, reason }, line, raw, isRecord);
  };
  const { bytes, sha256 } = await readRecords({
    path: path.join(args.directory, feed.file),
    name: feed.file,
    delimiter: feed.delimiter,
    signal: args.signal,
    sink: {
      header: (names) => {
        header = names;
        bound = feed.bind(header, args);
        width = header.length;
        staged.origins.push(...bound.outputs.map((output) => ({ feed, output })));
      },
      record: (fields, lineThere, offset, ascii) => {
        const line = placeOf(lineThere);
        done.rowsRead += 1;
        context.ascii = ascii;
        if (fields.length !== width) {
          const reason = `expected ${width} fields as in the header, found ${fields.length}`;
          return rejectWhole(reason, line, joinRecord(fields, feed.delimiter));
        }
        if (!bound.isUsed(fields)) {
          done.rowsUnused += 1;
          return;
        }
        for (let i = 0; i < bound.outputs.length; i += 1) {
          const encoded = (bound.outputs[i] as BoundOutput).encode(fields);
          if (encoded === undefined) continue;
          if (typeof encoded === "string") {
            staged.rowsMade += 1;
            writer.add(`${staged.rowsMade}\t${firstOrigin + i}\t${line}\t${offset}${encoded}`);
          } else reject(encoded, line, joinRecord(fields, feed.delimiter));
        }
      },
      malformed: (fault, raw, { line }) => {
        done.rowsRead += 1;
        rejectWhole(fault, placeOf(line), decodeField(raw.slice(0, RAW_BYTES_MAX)).trimEnd(), false);
      },
      chunk: async (bytes) => {
        await writer.flush();
        args.onChunk?.({ file: feed.file, bytes: bytes - bytesBefore, rows: done.rowsRead });
        bytesBefore = bytes;
      },
    },
  });
  return {
    file: feed.file,
    header,
    delimiter: feed.delimiter,
    bytes,
    sha256,
    ...done,
    rowsMade: staged.rowsMade - rowsMade,
    firstBad,
  };
}

/** Of a record, enough to recognize it by: it may be long, and bad ones are many. */
const RAW_BYTES_MAX = 4_000;

/**
 * Checks the beginning of a file without reading further: what it is, its header, and that a row follows.
 * @throws ImportError as the feed and readRecords, or where there is no row.
 */
export async function checkStart(args: BindArgs & { directory: string; feed: Feed }): Promise<void> {
  const { feed } = args;
  const stop = new AbortController();
  let rowsRead = 0;
  const count = () => {
    rowsRead += 1;
  };
  try {
    await readRecords({
      path: path.join(args.directory, feed.file),
      name: feed.file,
      delimiter: feed.delimiter,
      signal: stop.signal,
      sink: {
        header: (header) => {
          feed.bind(header, args);
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
  if (rowsRead === 0) refuseNothingValid({ name: feed.file, rowsMade: 0, rowsBad: 0, first: [] });
}

/** The beginning of one record as it stands in the file, for rows that are refused. */
export function joinRecord(fields: readonly string[], delimiter: Delimiter): string {
  let text = "";
  for (let i = 0; i < fields.length && text.length < RAW_BYTES_MAX; i += 1) {
    text += (i === 0 ? "" : delimiter) + requote((fields[i] as string).slice(0, RAW_BYTES_MAX), delimiter);
  }
  return decodeField(text.slice(0, RAW_BYTES_MAX));
}

/** A field as it stands in a file: in quotes where it needs them. */
export function requote(field: string, delimiter: Delimiter): string {
  return field.includes(delimiter) || /["\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function stagingTable(spec: FileSpec): { name: string; type: string }[] {
  const types = new Map<string, string>(spec.columns.map((column) => [column.column, column.reader.type]));
  const own: Record<string, string> = {
    row_no: "int NOT NULL",
    feed: "int NOT NULL",
    line: "int NOT NULL",
    byte_offset: "bigint NOT NULL",
    recorded_at: "timestamptz(3) NOT NULL",
    recorded_basis: "text NOT NULL",
    content_hash: "bytea",
  };
  return stagedColumns(spec).map((name) => ({ name, type: own[name] ?? (types.get(name) as string) }));
}
