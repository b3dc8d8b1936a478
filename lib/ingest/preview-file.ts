import { isUtf8 } from "node:buffer";
import { stat } from "node:fs/promises";
import path from "node:path";
import { DELIMITERS, type Delimiter, ImportError } from "./contract";
import { type Encoding, openBytes, READ_BYTES_MAX } from "./csv/byte-source";
import { decodeField } from "./csv/read-records";
import { splitRecord } from "./csv/split-record";

const ROWS_DEFAULT = 20;

export type FilePreview = {
  readonly name: string;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: string[];
  /** The first rows; rows that are no records are left out. */
  readonly rows: string[][];
  readonly bytes: number;
};

/**
 * Looks at the beginning of a CSV file, whose delimiter is found by its content. At most 512 KB are read.
 * @throws ImportError where it is no CSV file: empty, an archive, a page, binary, not of its encoding.
 */
export async function previewFile(args: { path: string; name?: string; rowsMax?: number }): Promise<FilePreview> {
  const name = args.name ?? path.basename(args.path);
  const source = await openBytes({ path: args.path, name });
  try {
    const buffer = Buffer.allocUnsafe(2 * READ_BYTES_MAX);
    let length = 0;
    let ended = false;
    while (!ended && length < READ_BYTES_MAX) {
      const read = await source.read(buffer, length);
      ended = read === 0;
      length += read;
    }
    const whole = ended ? length : buffer.lastIndexOf(10, length - 1) + 1;
    if (!isUtf8(buffer.subarray(0, whole))) throw new ImportError(`${name}: not UTF-8; save the file as UTF-8`);
    const text = buffer.toString("latin1", 0, whole).replace(/^\u00ef\u00bb\u00bf/, "");
    const found = DELIMITERS.map((delimiter) => ({
      delimiter,
      records: splitAll({ text, delimiter, final: ended, max: (args.rowsMax ?? ROWS_DEFAULT) + 1 }),
    }));
    const best = found.reduce((one, other) => (regularity(other.records) > regularity(one.records) ? other : one));
    const [header, ...rows] = best.records.map((fields) => fields.map(decodeField));
    if (header === undefined) {
      throw new ImportError(`${name} is empty: expected a header with the column names in its first line`);
    }
    const { size } = await stat(args.path);
    return { name, encoding: source.encoding, delimiter: best.delimiter, header, rows, bytes: size };
  } finally {
    await source.close();
  }
}

function splitAll(args: { text: string; delimiter: Delimiter; final: boolean; max: number }): string[][] {
  const { text, delimiter, final, max } = args;
  const records: string[][] = [];
  for (let at = 0; at < text.length && records.length < max; ) {
    const record = splitRecord(text, at, final, delimiter);
    if (record === "incomplete") break;
    if ("fields" in record && (record.fields.length > 1 || record.fields[0] !== "")) records.push(record.fields);
    at = record.end;
  }
  return records;
}

/** Rows of as many fields as the header count for its delimiter, the more fields the better; one field tells nothing. */
function regularity(records: readonly (readonly string[])[]): number {
  const width = records[0]?.length ?? 0;
  if (width < 2) return 0;
  const alike = records.filter((record) => record.length === width).length;
  return (alike / records.length) * width;
}
