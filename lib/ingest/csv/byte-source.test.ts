import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openBytes } from "./byte-source";
import { decodeField, readRecords } from "./read-records";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-bytes-"));
const file = path.join(folder, "x.csv");
afterAll(() => rmSync(folder, { recursive: true }));

const encodings: [string, (text: string) => Buffer][] = [
  ["UTF-8", (text) => Buffer.from(text, "utf8")],
  ["UTF-8 with a byte order mark", (text) => Buffer.from(`\uFEFF${text}`, "utf8")],
  ["UTF-16 LE", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["UTF-16 BE", (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
];

/** Characters of one to four bytes at every alignment, over several pieces. */
const COUNT = 60_000;
const rowText = (i: number) => `${i},${"é".repeat(i % 5)}${"€".repeat(i % 3)}${"🌊".repeat(i % 7)}x`;
const TEXT = `id,text\r\n${Array.from({ length: COUNT }, (_, i) => rowText(i)).join("\r\n")}\r\n`;

describe.each(encodings)("%s", (_name, encode) => {
  it("is read as the same records, at places where they can be found again", async () => {
    const content = encode(TEXT);
    writeFileSync(file, content);
    const places: number[] = [];
    let wrong = 0;
    const { bytes, sha256 } = await readRecords({
      path: file,
      name: "x.csv",
      sink: {
        header: (fields) => expect(fields).toEqual(["id", "text"]),
        record: (fields, line, place) => {
          if (fields.map(decodeField).join(",") !== rowText(places.length) || line !== places.length + 2) wrong += 1;
          places.push(place);
        },
        malformed: () => {
          wrong += 1;
        },
        chunk: async () => {},
      },
    });
    expect(wrong).toBe(0);
    expect(places.length).toBe(COUNT);
    expect(bytes).toBe(content.length);
    expect(sha256).toBe(createHash("sha256").update(content).digest("hex"));

    const source = await openBytes({ path: file, name: "x.csv" });
    for (let i = 0; i < COUNT; i += 997) {
      const wanted = Buffer.from(`${rowText(i)}\r\n`);
      expect((await source.readAt(places[i] as number, wanted.length)).toString()).toBe(wanted.toString());
    }
    await source.close();
  });
});

it.each([
  ["an odd number of bytes", Buffer.concat([Buffer.from("\uFEFFa,b\nc,d\n", "utf16le"), Buffer.from([0x41])])],
  ["half a character at the end", Buffer.from("\uFEFFa,b\nc,d\ud83c", "utf16le")],
  ["half a character within", Buffer.from("\uFEFFa,b\nc,\ud83cd\n", "utf16le")],
])("UTF-16 with %s is refused", async (_fault, content) => {
  writeFileSync(file, content);
  const sink = { header: () => {}, record: () => {}, malformed: () => {}, chunk: async () => {} };
  await expect(readRecords({ path: file, name: "x.csv", sink })).rejects.toThrow("x.csv: not UTF-16, although");
});

it("a file of a byte order mark alone is empty", async () => {
  for (const [, encode] of encodings.slice(1)) {
    writeFileSync(file, encode(""));
    const sink = { header: () => {}, record: () => {}, malformed: () => {}, chunk: async () => {} };
    await expect(readRecords({ path: file, name: "x.csv", sink })).rejects.toThrow("x.csv is empty");
  }
});
