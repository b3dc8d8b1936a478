import { isAscii, isUtf8 } from "node:buffer";
import { type Delimiter, ImportError } from "../contract";
import { type ByteSource, openBytes, READ_BYTES_MAX } from "./byte-source";
import { DEFAULT_DELIMITER, refuseOtherDelimiter } from "./delimiter";
import { nextLine, splitRecord } from "./split-record";

export type RecordPlace = {
  /** Physical line on which the record begins, from 1. */
  readonly line: number;
  /** Byte at which it begins. */
  readonly offset: number;
};

/**
 * What takes the records. Fields come as bytes in a string (latin1): index and length are bytes, and a chunk without
 * other than ASCII needs no decoding; `decodeField` makes text of the rest. `ascii` holds for the whole chunk.
 */
export type RecordSink = {
  header(fields: string[]): void;
  record(fields: string[], line: number, offset: number, ascii: boolean): void;
  malformed(fault: string, raw: string, place: RecordPlace): void;
  /** After each chunk, awaited: write out what was gathered. `bytes` were read so far. */
  chunk(bytes: number): Promise<void>;
};

/** A quoted field may not grow past this: an unclosed quote must not swallow the rest of the file into memory. */
const RECORD_BYTES_MAX = 1 << 20;
/** A longer line is no row; a header longer than this is none. */
const LINE_BYTES_MAX = 4 << 20;
/** Of a line too long to be kept, what it is recognized by. */
const LINE_START_BYTES = 4_096;
const TOO_LONG = `a line of more than ${LINE_BYTES_MAX >> 20} MB`;
const LINE_FEED = 10;

/** Text of a field that came as bytes in a string. */
export function decodeField(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/**
 * Reads a CSV file in chunks of 512 KB, in memory that does not depend on its size or the length of its lines, and hands
 * its records to `sink`. Lines without a quote are split at delimiters; others by splitRecord. Blank lines and a byte
 * order mark are skipped; a line of more than 4 MB is malformed, and reading goes on behind it.
 * @returns size and SHA-256 of the file.
 * @throws ImportError as openBytes; where the file is empty, not of its encoding, or its header is no record or is
 *   separated otherwise, naming file and line.
 */
export async function readRecords(args: {
  path: string;
  name: string;
  delimiter?: Delimiter;
  sink: RecordSink;
  signal?: AbortSignal;
}): Promise<{ bytes: number; sha256: string }> {
  const source = await openBytes(args);
  try {
    return await readAll(source, args);
  } finally {
    await source.close();
  }
}

async function readAll(
  source: ByteSource,
  args: { name: string; delimiter?: Delimiter; sink: RecordSink; signal?: AbortSignal },
) {
  const { sink, name, delimiter = DEFAULT_DELIMITER } = args;
  // One buffer for the whole file, what is held over at its front: new ones a chunk would pile up until collected.
  const buffer = Buffer.allocUnsafe(LINE_BYTES_MAX + READ_BYTES_MAX);
  let heldBytes = 0;
  let position = 0;
  let line = 1;
  let skipping = false;
  const records = headerFirst({ ...args, delimiter });
  for (;;) {
    args.signal?.throwIfAborted();
    const bytesRead = await source.read(buffer, heldBytes);
    const final = bytesRead === 0;
    let chunk = buffer.subarray(0, heldBytes + bytesRead);
    if (position === 0 && chunk.length >= 3 && chunk.readUIntBE(0, 3) === 0xefbbbf) {
      chunk = chunk.subarray(3);
      position = 3;
    }
    if (skipping) {
      const lineEnd = chunk.indexOf(LINE_FEED) + 1;
      skipping = lineEnd === 0;
      if (!skipping) line += 1;
      const skipped = skipping ? chunk.length : lineEnd;
      position += skipped;
      chunk = chunk.subarray(skipped);
    }
    const complete = final ? chunk.length : chunk.lastIndexOf(LINE_FEED) + 1;
    const { used, lines } = consume(chunk.subarray(0, complete), {
      line,
      position,
      available: chunk.length,
      final,
      name,
      delimiter,
      sink: records.sink,
    });
    line += lines;
    position += used;
    heldBytes = chunk.copy(buffer, 0, used);
    if (heldBytes > LINE_BYTES_MAX) {
      records.sink.malformed(TOO_LONG, buffer.toString("latin1", 0, LINE_START_BYTES), { line, offset: position });
      position += heldBytes;
      heldBytes = 0;
      skipping = true;
    }
    await sink.chunk(source.bytesRead());
    if (final) break;
  }
  if (!records.headerSeen())
    throw new ImportError(`${name} is empty: expected a header with the column names in its first line`);
  return { bytes: source.bytesRead(), sha256: source.sha256() };
}

/** Takes the first record as the header, the others as records. */
function headerFirst(args: { name: string; delimiter: Delimiter; sink: RecordSink }) {
  const { name, delimiter } = args;
  let seen = false;
  const sink: Consumer["sink"] = {
    record: (fields, line, offset, ascii) => {
      if (seen) return args.sink.record(fields, line, offset, ascii);
      seen = true;
      if (fields.length === 1) refuseOtherDelimiter({ name, line, header: fields[0] as string, delimiter });
      args.sink.header(fields.map(decodeField));
    },
    malformed: (fault, raw, place) => {
      if (seen) return args.sink.malformed(fault, raw, place);
      refuseOtherDelimiter({ name, line: place.line, header: raw, delimiter });
      throw new ImportError(`${name} line ${place.line}: the header is no CSV record: ${fault}`);
    },
  };
  return { sink, headerSeen: () => seen };
}

type Consumer = {
  line: number;
  position: number;
  /** Bytes at hand from the region's start on, the beginning of a further line included. */
  available: number;
  final: boolean;
  name: string;
  delimiter: Delimiter;
  sink: Pick<RecordSink, "record" | "malformed">;
};

/** Hands over the records that are complete in `region`; the rest is to be given again with more behind it. */
function consume(region: Buffer, args: Consumer): { used: number; lines: number } {
  const { sink, position, final, delimiter } = args;
  const ascii = isAscii(region);
  if (!ascii && !isUtf8(region)) throw notUtf8(region, args);
  const text = region.toString("latin1");
  let quote = text.indexOf('"');
  let line = args.line;
  let at = 0;
  while (at < text.length) {
    const end = nextLine(text, at);
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    if (quote !== -1 && quote < end) {
      const tooLong = args.available - at > RECORD_BYTES_MAX;
      const split = splitRecord(text, at, final || tooLong, delimiter);
      if (split === "incomplete") break;
      if ("fault" in split) sink.malformed(split.fault, text.slice(at, split.end), { line, offset: position + at });
      else sink.record(split.fields, line, position + at, ascii);
      line += split.lines;
      at = Math.min(split.end, text.length);
      continue;
    }
    let stop = text.charCodeAt(end - 1) === LINE_FEED ? end - 1 : end;
    if (stop > at && text.charCodeAt(stop - 1) === 13) stop -= 1;
    if (stop > at) sink.record(text.slice(at, stop).split(delimiter), line, position + at, ascii);
    line += 1;
    at = end;
  }
  return { used: at, lines: line - args.line };
}

function notUtf8(region: Buffer, args: { line: number; name: string }): ImportError {
  let line = args.line;
  for (let at = 0; at < region.length; line += 1) {
    const feed = region.indexOf(LINE_FEED, at);
    const end = feed === -1 ? region.length : feed + 1;
    if (!isUtf8(region.subarray(at, end))) break;
    at = end;
  }
  return new ImportError(`${args.name} line ${line}: not UTF-8; save the file as UTF-8 and import it again`);
}
