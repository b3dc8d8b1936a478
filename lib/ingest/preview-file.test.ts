import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { previewFile } from "./preview-file";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "preview-file-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function preview(content: string | Buffer, rowsMax?: number) {
  const file = path.join(directory, "file.csv");
  await writeFile(file, content);
  return previewFile({ path: file, rowsMax });
}

test.each([
  ["commas", "a,b\n1,2\n", ","],
  ["semicolons, with decimal commas in the fields", "a;b;c\n1,50;2,50;x\n3,1;4,2;y\n", ";"],
  ["tabs", "a\tb\n1, 2\t3\n", "\t"],
  ["bars", "a|b\n1|2\n", "|"],
  ["one column only", "a\n1\n2\n", ","],
  ["commas, with semicolons in texts", 'a,b,c\n1,"x; y; z",2\n', ","],
])("the delimiter is found by the content: %s", async (_rule, content, delimiter) => {
  expect((await preview(content)).delimiter).toBe(delimiter);
});

test("no more rows than asked for, without a row that the reading cut", async () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `${index},${"x".repeat(30)}`);
  const file = await preview(`id,text\n${rows.join("\n")}\n`, 100_000);
  expect(file.rows.length).toBeGreaterThan(10_000);
  expect(file.rows.length).toBeLessThan(30_000);
  expect(file.rows.every((row) => row.length === 2 && row[1] === "x".repeat(30))).toBe(true);
  expect((await preview("a\n1\n2\n3\n", 2)).rows).toEqual([["1"], ["2"]]);
});

test("UTF-16 with a byte order mark, quoted line breaks and blank lines are read", async () => {
  const file = await preview(Buffer.from('\ufeffName,Notiz\r\n\r\nMüller,"zwei\r\nZeilen"\r\n', "utf16le"));
  expect(file).toMatchObject({ encoding: "utf-16le", header: ["Name", "Notiz"], rows: [["Müller", "zwei\r\nZeilen"]] });
});

test("a byte order mark of UTF-8 is no part of the first column's name", async () => {
  expect((await preview("\ufeffid,b\n1,2\n")).header).toEqual(["id", "b"]);
});

test.each([
  ["an empty file", "", "is empty"],
  ["an archive", Buffer.from("PK\u0003\u0004xxxxxxxxxxxx", "latin1"), "no CSV file but"],
  ["a page", "<!DOCTYPE html><html><body>Sign in</body></html>", "no CSV file but"],
  ["Latin-1", Buffer.from("name\nM\u00fcller\n", "latin1"), "not UTF-8"],
])("refused by what it is: %s", async (_rule, content, message) => {
  await expect(preview(content)).rejects.toThrow(message);
});
