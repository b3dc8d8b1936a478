import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { ImportError } from "../contract";
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

/** Well below the megabyte at which Node keeps strings outside the heap, where they pile up before they are collected. */
const CHUNK_BYTES = 1 << 19;
/** A quoted field may not grow past this: an unclosed quote must not swallow the rest of the file into memory. */
const RECORD_BYTES_MAX = 1 << 20;
/** A file without line breaks is no CSV file. */
const LINE_BYTES_MAX = 4 << 20;
const LINE_FEED = 10;

/** Text of a field that came as bytes in a string. */
export function decodeField(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/**
 * Reads a CSV file in chunks of 512 KB, in memory that does not depend on its size, and hands its records to `sink`.
 * Lines without a quote are split at commas; others by splitRecord. Blank lines and a byte order mark are skipped.
 * @returns size and SHA-256 of the file.
 * @throws ImportError where the file is empty or not UTF-8, naming file and line.
 */
export async function readRecords(args: {
  path: string;
  name: string;
  sink: RecordSink;
  signal?: AbortSignal;
}): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(args.path, "r");
  try {
    return await readAll(handle, args);
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle, args: { name: string; sink: RecordSink; signal?: AbortSignal }) {
  const { sink, name } = args;
  const hash = createHash("sha256");
  // One buffer for the whole file, what is held over at its front: new ones a chunk would pile up until collected.
  const buffer = Buffer.allocUnsafe(LINE_BYTES_MAX + CHUNK_BYTES);
  let heldBytes = 0;
  let position = 0;
  let read = 0;
  let line = 1;
  let headerSeen = false;
  for (;;) {
    args.signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, heldBytes, CHUNK_BYTES, read);
    const final = bytesRead === 0;
    read += bytesRead;
    hash.update(buffer.subarray(heldBytes, heldBytes + bytesRead));
    let chunk = buffer.subarray(0, heldBytes + bytesRead);
    if (position === 0 && chunk.length >= 3 && chunk.readUIntBE(0, 3) === 0xefbbbf) {
      chunk = chunk.subarray(3);
      position = 3;
    }
    const complete = final ? chunk.length : chunk.lastIndexOf(LINE_FEED) + 1;
    const { used, lines } = consume(chunk.subarray(0, complete), {
      line,
      position,
      final,
      name,
      sink: {
        record: (fields, at, offset, ascii) => {
          if (headerSeen) return sink.record(fields, at, offset, ascii);
          headerSeen = true;
          sink.header(fields.map(decodeField));
        },
        malformed: (fault, raw, place) => {
          if (!headerSeen) throw new ImportError(`${name} line ${place.line}: the header is no CSV record: ${fault}`);
          sink.malformed(fault, raw, place);
        },
      },
    });
    line += lines;
    position += used;
    heldBytes = chunk.copy(buffer, 0, used);
    if (heldBytes > LINE_BYTES_MAX) {
      throw new ImportError(`${name} line ${line}: longer than ${LINE_BYTES_MAX} bytes; expected one record a line`);
    }
    await sink.chunk(read);
    if (final) break;
  }
  if (!headerSeen) throw new ImportError(`${name} is empty: expected a header with the column names in its first line`);
  return { bytes: read, sha256: hash.digest("hex") };
}

type Consumer = {
  line: number;
  position: number;
  final: boolean;
  name: string;
  sink: Pick<RecordSink, "record" | "malformed">;
};

/** Hands over the records that are complete in `region`; the rest is to be given again with more behind it. */
function consume(region: Buffer, args: Consumer): { used: number; lines: number } {
  const { sink, position, final } = args;
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
      const tooLong = text.length - at > RECORD_BYTES_MAX;
      const split = splitRecord(text, at, final || tooLong);
      if (split === "incomplete") break;
      if ("fault" in split) sink.malformed(split.fault, text.slice(at, split.end), { line, offset: position + at });
      else sink.record(split.fields, line, position + at, ascii);
      line += split.lines;
      at = Math.min(split.end, text.length);
      continue;
    }
    let stop = text.charCodeAt(end - 1) === LINE_FEED ? end - 1 : end;
    if (stop > at && text.charCodeAt(stop - 1) === 13) stop -= 1;
    if (stop > at) sink.record(text.slice(at, stop).split(","), line, position + at, ascii);
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
