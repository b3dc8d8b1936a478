import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { decodeField, readRecords } from "./read-records";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-records-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer) {
  const file = path.join(folder, "x.csv");
  writeFileSync(file, content);
  const headers: string[][] = [];
  const records: { fields: string[]; line: number; offset: number }[] = [];
  const faults: { fault: string; line: number }[] = [];
  let chunks = 0;
  const result = await readRecords({
    path: file,
    name: "x.csv",
    sink: {
      header: (fields) => headers.push(fields),
      record: (fields, line, offset) => records.push({ fields: fields.map(decodeField), line, offset }),
      malformed: (fault, _raw, { line }) => faults.push({ fault, line }),
      chunk: async () => {
        chunks += 1;
      },
    },
  });
  return { ...result, header: headers[0], records, faults, chunks };
}

describe("reading a CSV file", () => {
  it("gives records with physical lines and byte offsets, past a byte order mark, blank lines and quoted line breaks", async () => {
    const text = '\uFEFFname,n\r\nZoë,1\r\n\r\n"two\nlines",2\nlast,3';
    const { header, records, bytes, sha256 } = await read(text);
    expect(header).toEqual(["name", "n"]);
    expect(records.map(({ fields, line }) => [fields[0], line])).toEqual([
      ["Zoë", 2],
      ["two\nlines", 4],
      ["last", 6],
    ]);
    for (const { fields, offset } of records) {
      const there = Buffer.from(text).subarray(offset).toString();
      expect(there.startsWith(fields[0] as string) || there.startsWith(`"${fields[0]}`)).toBe(true);
    }
    expect(bytes).toBe(Buffer.byteLength(text));
    expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("joins records, characters and quotes that are cut between chunks", async () => {
    const row = (i: number) => `${i},"é${"x".repeat(i % 97)}\n${i}"`;
    const count = 60_000;
    const text = `id,text\n${Array.from({ length: count }, (_, i) => row(i)).join("\n")}\n`;
    const { records, faults, chunks } = await read(text);
    expect(chunks).toBeGreaterThan(3);
    expect(faults).toEqual([]);
    expect(records.length).toBe(count);
    expect(records.every(({ fields, line }, i) => fields[0] === String(i) && line === 2 + 2 * i)).toBe(true);
    expect(records.at(-1)?.fields[1]).toBe(`é${"x".repeat((count - 1) % 97)}\n${count - 1}`);
  });

  it("a quote that is never closed costs one line, not the rest of a large file", async () => {
    const tail = Array.from({ length: 200_000 }, (_, i) => `r${i},1`).join("\n");
    const { records, faults } = await read(`a,b\n"open,1\n${tail}\n`);
    expect(faults).toEqual([{ fault: "a quoted field is never closed", line: 2 }]);
    expect(records.length).toBe(200_000);
    expect(records[0]).toMatchObject({ fields: ["r0", "1"], line: 3 });
  });

  it("a line too long to be a row costs that line: its beginning is kept, and reading goes on behind it", async () => {
    const long = `long,${"é".repeat(5 << 20)}`;
    const { records, faults, bytes } = await read(`a,b\n1,2\n${long}\n3,4\n${long}`);
    expect(records).toMatchObject([
      { fields: ["1", "2"], line: 2 },
      { fields: ["3", "4"], line: 4 },
    ]);
    expect(faults).toEqual([
      { fault: "a line of more than 4 MB", line: 3 },
      { fault: "a line of more than 4 MB", line: 5 },
    ]);
    expect(Buffer.from(`a,b\n1,2\n${long}\n`).length).toBe(records[1]?.offset);
    expect(bytes).toBeGreaterThan(20 << 20);
  });

  it("a quote opened before a line too long to be a row costs its own line", async () => {
    const { records, faults } = await read(`a,b\n"open,1\nx,y\n${"z".repeat(6 << 20)}\n3,4\n`);
    expect(faults.map(({ line }) => line)).toEqual([2, 4]);
    expect(records.map(({ fields, line }) => [fields[0], line])).toEqual([
      ["x", 3],
      ["3", 5],
    ]);
  });

  it.each([
    ["an empty file", "", "x.csv is empty"],
    ["a file of blank lines", "\n\n", "x.csv is empty"],
    ["a header that is no record", 'a"b,c\n', "x.csv line 1: the header is no CSV record"],
    ["other encodings", Buffer.from("a,b\nok,1\nZo\xeb,2\n", "latin1"), "x.csv line 3: not UTF-8"],
    [
      "a file without line breaks",
      "x".repeat(6 << 20),
      "x.csv line 1: the header is no CSV record: a line of more than 4 MB",
    ],
  ])("%s is refused", async (_name, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});
