import { createHash } from "node:crypto";
import { type FileHandle, open, stat } from "node:fs/promises";
import { ImportError } from "../contract";
import { foreignBytes, foreignText } from "./foreign-content";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** A text file as UTF-8 bytes, whatever its encoding. */
export type ByteSource = {
  readonly encoding: Encoding;
  /**
   * Reads on: writes UTF-8 into `buffer` at `at`, at most READ_BYTES_MAX bytes.
   * @returns how many bytes were written; 0 where the file has ended.
   */
  read(buffer: Buffer, at: number): Promise<number>;
  /** UTF-8 from a place on; places count the bytes that `read` gives, the byte order mark of UTF-8 included. */
  readAt(place: number, length: number): Promise<Buffer>;
  /** Bytes of the file read so far, and SHA-256 of them, which ends the reading. */
  bytesRead(): number;
  sha256(): string;
  close(): Promise<void>;
};

/** Well below the megabyte at which Node keeps strings outside the heap, where they pile up before they are collected. */
export const READ_BYTES_MAX = 1 << 19;
/** Three bytes of UTF-8 may come of two of UTF-16. */
const UTF16_READ_BYTES = 1 << 18;
/** By these a file is recognized. */
const START_BYTES = 8_192;

/**
 * Opens a file to be read as text: UTF-8 with or without a byte order mark, or UTF-16 with one. To be closed.
 * @throws ImportError where it cannot be read, or its beginning shows that it is no CSV (an archive, a page, binary).
 */
export async function openBytes(args: { path: string; name: string }): Promise<ByteSource> {
  const { name } = args;
  const unreadable = (error: NodeJS.ErrnoException) => {
    throw new ImportError(`${name}: cannot be read (${error.code ?? error.message})`);
  };
  // Asked before it is opened: opening a pipe would wait for its other end.
  if (!(await stat(args.path).catch(unreadable)).isFile()) throw new ImportError(`${name} is no file`);
  const handle = await open(args.path, "r").catch(unreadable);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    const start = buffer.subarray(0, bytesRead);
    const encoding = encodingOf(start);
    const foreign = foreignBytes(start.toString("latin1")) ?? foreignText(startText(start, encoding));
    if (foreign !== null) throw new ImportError(`${name} is no CSV file but ${foreign}`);
    return encoding === "utf-8" ? utf8Source(handle) : utf16Source({ handle, encoding, name });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function encodingOf(start: Buffer): Encoding {
  if (start.length < 2) return "utf-8";
  const mark = start.readUInt16BE(0);
  if (mark === 0xfffe) return "utf-16le";
  return mark === 0xfeff ? "utf-16be" : "utf-8";
}

/** Good enough to recognize by; a character cut at the end does not matter. */
function startText(start: Buffer, encoding: Encoding): string {
  if (encoding !== "utf-8") return new TextDecoder(encoding).decode(start);
  return start.toString("utf8").replace(/^\uFEFF/, "");
}

function utf8Source(handle: FileHandle): ByteSource {
  const hash = createHash("sha256");
  let position = 0;
  return {
    encoding: "utf-8",
    async read(buffer, at) {
      const { bytesRead } = await handle.read(buffer, at, READ_BYTES_MAX, position);
      position += bytesRead;
      hash.update(buffer.subarray(at, at + bytesRead));
      return bytesRead;
    },
    async readAt(place, length) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, place);
      return buffer.subarray(0, bytesRead);
    },
    bytesRead: () => position,
    sha256: () => hash.digest("hex"),
    close: () => handle.close(),
  };
}

/** Decodes piece by piece, and remembers where each piece began, so that a place can be found again. */
function utf16Source(args: { handle: FileHandle; encoding: "utf-16le" | "utf-16be"; name: string }): ByteSource {
  const hash = createHash("sha256");
  const pieces: Piece[] = [];
  const raw = Buffer.alloc(UTF16_READ_BYTES);
  let position = 0;
  let place = 0;
  /** Rows are asked for again mostly in their order. */
  let decoded: { index: number; bytes: Buffer } | undefined;
  const decode = (from: number, lengthMax: number) => decodePiece({ ...args, raw, from, lengthMax });

  const again = async (index: number): Promise<Buffer> => {
    if (decoded?.index !== index) {
      const { from, to } = pieces[index] as Piece;
      decoded = { index, bytes: Buffer.from((await decode(from, to - from)).text, "utf8") };
    }
    return decoded.bytes;
  };

  /** Decodes the next piece; null at the end. */
  const advance = async (): Promise<Buffer | null> => {
    const { text, bytes } = await decode(position, UTF16_READ_BYTES);
    if (bytes === 0) return null;
    hash.update(raw.subarray(0, bytes));
    const piece = Buffer.from(text, "utf8");
    pieces.push({ place, from: position, to: position + bytes });
    position += bytes;
    place += piece.length;
    return piece;
  };

  return {
    encoding: args.encoding,
    async read(buffer, at) {
      for (;;) {
        const piece = await advance();
        if (piece === null) return 0;
        // A byte order mark alone is no text, and not the end.
        if (piece.length > 0) return piece.copy(buffer, at);
      }
    },
    async readAt(wanted, length) {
      while (place < wanted + length && (await advance()) !== null);
      const parts: Buffer[] = [];
      let found = 0;
      for (
        let i = pieces.findLastIndex((piece) => piece.place <= wanted);
        found < length && i < pieces.length;
        i += 1
      ) {
        const part = (await again(i)).subarray(Math.max(0, wanted - (pieces[i] as Piece).place));
        parts.push(part);
        found += part.length;
      }
      return Buffer.concat(parts).subarray(0, length);
    },
    bytesRead: () => position,
    sha256: () => hash.digest("hex"),
    close: () => args.handle.close(),
  };
}

/** Where a piece begins in what was given, and which bytes of the file it is. */
type Piece = { readonly place: number; readonly from: number; readonly to: number };

/** Text from byte `from` on, which ends before half a character: before an odd byte, or the first half of a pair. */
async function decodePiece(args: {
  handle: FileHandle;
  encoding: "utf-16le" | "utf-16be";
  name: string;
  raw: Buffer;
  from: number;
  lengthMax: number;
}): Promise<{ text: string; bytes: number }> {
  const { raw, from, encoding } = args;
  const { bytesRead } = await args.handle.read(raw, 0, args.lengthMax, from);
  if (bytesRead === 0) return { text: "", bytes: 0 };
  let bytes = bytesRead - (bytesRead % 2);
  if (bytes > 2 && isFirstOfPair(raw.readUInt8(encoding === "utf-16le" ? bytes - 1 : bytes - 2))) bytes -= 2;
  try {
    if (bytes === 0) throw new Error("half a character");
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: from > 0 }).decode(raw.subarray(0, bytes));
    return { text, bytes };
  } catch {
    throw new ImportError(
      `${args.name}: not UTF-16, although its byte order mark says so (behind byte ${from}); save the file as UTF-8 and import it again`,
    );
  }
}

function isFirstOfPair(highByte: number): boolean {
  return highByte >= 0xd8 && highByte <= 0xdb;
}
