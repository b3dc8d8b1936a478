import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { ImportError } from "../contract";
import { decodeField, readRecords } from "./read-records";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-foreign-"));
const file = path.join(folder, "usage.csv");
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<string[][]> {
  writeFileSync(file, content);
  const records: string[][] = [];
  await readRecords({
    path: file,
    name: "usage.csv",
    sink: {
      header: (fields) => records.push(fields),
      record: (fields) => records.push(fields.map(decodeField)),
      malformed: (fault) => records.push([fault]),
      chunk: async () => {},
    },
  });
  return records;
}

/** The beginning of a zip archive: the header of a first entry of this name. */
function zipped(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), Buffer.from([0x4b, 0x4c, 0x05, 0x00, 0xff])]);
}

const utf16 = (text: string, mark = "\uFEFF") => Buffer.from(mark + text, "utf16le");

describe("a file that is no CSV is refused by what it is", () => {
  it.each<[string, string | Buffer, string]>([
    ["a zip archive", zipped("usage.csv"), "a zip archive: unpack it"],
    ["an empty zip archive", Buffer.from("504b0506000000000000", "hex"), "a zip archive"],
    ["an Excel workbook", zipped("[Content_Types].xml"), "an Excel workbook (xlsx): save the sheet as CSV"],
    [
      "an OpenDocument sheet",
      zipped("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
      "an OpenDocument sheet",
    ],
    ["an old Excel workbook", Buffer.from("d0cf11e0a1b11ae10000", "hex"), "an old Excel workbook (xls)"],
    ["a gzip archive", gzipSync("customer_id,day\nc1,2026-01-01\n"), "a gzip archive: unpack it"],
    ["a PDF document", "%PDF-1.7\n1 0 obj\n", "a PDF document"],
    ["a web page", "\n<!DOCTYPE html>\n<html><title>Sign in</title></html>\n", "an HTML page, perhaps a sign-in"],
    ["a web page without a doctype", "<HTML>\n<body>\n", "an HTML page"],
    ["a web page in UTF-16", utf16("<html>\n<body>\n"), "an HTML page"],
    ["an XML document", '\uFEFF<?xml version="1.0"?>\n<rows/>\n', "an XML document"],
    ["JSON of objects", '[\n  {"customer_id": "c1"}\n]\n', "JSON"],
    ["JSON lines", '{"customer_id": "c1"}\n{"customer_id": "c2"}\n', "JSON"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "a PNG picture"],
    [
      "a program",
      Buffer.from("7f454c4602010100000000000000000002003e0001000a", "hex"),
      "UTF-16 without a byte order mark, or binary",
    ],
    ["sound", Buffer.from("4f676753000268656164f1e2d3c4b5000a", "hex"), "binary, not text"],
    ["UTF-16 without its mark", utf16("customer_id,day\nc1,2026-01-01\n", ""), "UTF-16 without a byte order mark"],
    ["UTF-32", Buffer.from("fffe00006100000062000000", "hex"), "UTF-32"],
    [
      "old Macintosh line ends",
      "customer_id,day\rc1,2026-01-01\r",
      "text whose lines end with a carriage return alone",
    ],
  ])("%s", async (_name, content, words) => {
    const refusal = read(content);
    await expect(refusal).rejects.toThrow(ImportError);
    await expect(refusal).rejects.toThrow(`usage.csv is no CSV file but ${words}`);
  });

  it.each([
    ["semicolons", "customer_id;day;sessions\nc1;2026-01-01;3\n"],
    ["semicolons", '"customer_id";"day";"sessions"\n"c1";"2026-01-01";"3"\n'],
    ["semicolons", "sep=;\ncustomer_id;day;sessions\n"],
    ["tabs", "customer_id\tday\tsessions\nc1\t2026-01-01\t3\n"],
    ["bars (|)", "customer_id|day|sessions\r\nc1|2026-01-01|3\r\n"],
  ])("columns between %s: %j", async (words, content) => {
    await expect(read(content)).rejects.toThrow(
      `usage.csv line 1: the columns are separated by ${words}; expected commas`,
    );
  });

  it("a folder in place of a file, and a file that is not there", async () => {
    rmSync(file, { force: true });
    const missing = readRecords({ path: file, name: "usage.csv", sink: {} as never });
    await expect(missing).rejects.toThrow("usage.csv: cannot be read (ENOENT)");
    mkdirSync(file);
    const directory = readRecords({ path: file, name: "usage.csv", sink: {} as never });
    await expect(directory).rejects.toThrow("usage.csv is no file");
    rmSync(file, { recursive: true });
  });

  it("but not where a row or a name only looks like it", async () => {
    const text = "id,PK,{x}\n<html>,%PDF-,a;b\n";
    expect(await read(text)).toEqual([
      ["id", "PK", "{x}"],
      ["<html>", "%PDF-", "a;b"],
    ]);
    expect(await read("name\na;b\n")).toEqual([["name"], ["a;b"]]);
    // NUL in a row spoils that row, not the file.
    expect(await read("id,name\na\0b,c\n")).toEqual([
      ["id", "name"],
      ["a\0b", "c"],
    ]);
  });
});
