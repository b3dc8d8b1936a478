type Signature = readonly [start: string, words: string];

const latin1 = (hex: string) => Buffer.from(hex, "hex").toString("latin1");

/** First bytes of what people name .csv by mistake. */
const SIGNATURES: readonly Signature[] = [
  [latin1("1f8b"), "a gzip archive: unpack it and import the file in it"],
  [latin1("d0cf11e0a1b11ae1"), "an old Excel workbook (xls): save the sheet as CSV (UTF-8)"],
  ["%PDF-", "a PDF document: export the data as CSV (UTF-8)"],
  [latin1("377abcaf271c"), "a 7z archive: unpack it and import the files in it"],
  ["Rar!", "a RAR archive: unpack it and import the files in it"],
  ["BZh", "a bzip2 archive: unpack it and import the file in it"],
  [latin1("fd377a585a00"), "an xz archive: unpack it and import the file in it"],
  [latin1("28b52ffd"), "a zstd archive: unpack it and import the file in it"],
  ["PAR1", "a Parquet file: export the data as CSV (UTF-8)"],
  ["SQLite format 3\0", "a SQLite database: export its tables as CSV (UTF-8)"],
  [latin1("89504e470d0a1a0a"), "a PNG picture"],
  [latin1("ffd8ff"), "a JPEG picture"],
  [latin1("fffe0000"), "UTF-32: save it as UTF-8"],
  [latin1("0000feff"), "UTF-32: save it as UTF-8"],
];

/**
 * What a file is by its first bytes, where that is no text.
 * @param start the first bytes, some thousand of them, one character a byte (latin1).
 * @returns words that complete "the file is …", with what to do; null where it may be text.
 */
export function foreignBytes(start: string): string | null {
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) return zipWords(start);
  return SIGNATURES.find(([bytes]) => start.startsWith(bytes))?.[1] ?? null;
}

/**
 * What a text is by its beginning, where that is no CSV.
 * @param text the first characters of the file, without a byte order mark.
 * @returns as foreignBytes.
 */
export function foreignText(text: string): string | null {
  const start = text.trimStart();
  if (/^<(!doctype html|html|head|body|script|meta)\b/i.test(start)) {
    return "an HTML page, perhaps a sign-in or an error page saved in place of the export: download the file again";
  }
  if (/^<(\?xml|!doctype)\b/i.test(start)) return "an XML document: export the data as CSV (UTF-8)";
  if (/^(\{\s*["}]|\[\s*[[{"\]])/.test(start)) return "JSON: export the data as CSV (UTF-8)";
  if (start.startsWith("{\\rtf")) return "a rich-text document (rtf): export the data as CSV (UTF-8)";
  const lineEnd = text.search(/[\r\n]/);
  const header = lineEnd === -1 ? text : text.slice(0, lineEnd);
  if (header.includes("\0")) {
    // Latin letters in UTF-16 are every second byte zero.
    const zeros = header.split("\0").length - 1;
    return zeros * 3 > header.length
      ? "UTF-16 without a byte order mark, or binary: save it as UTF-8"
      : "binary, not text: export the data as CSV (UTF-8)";
  }
  if (text.includes("\r") && !text.includes("\n")) {
    return "text whose lines end with a carriage return alone (old Macintosh): save it with line feeds";
  }
  return null;
}

function zipWords(start: string): string {
  if (start.includes("[Content_Types].xml") || start.includes("xl/")) {
    return "an Excel workbook (xlsx): save the sheet as CSV (UTF-8)";
  }
  if (start.includes("opendocument.spreadsheet")) return "an OpenDocument sheet (ods): save it as CSV (UTF-8)";
  return "a zip archive: unpack it and import the files in it";
}
