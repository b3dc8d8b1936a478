import fc from "fast-check";
import { expect, test } from "vitest";
import { multipartBoundary, readMultipart } from "./multipart";

const part = (name: string, content: string, field = "file") =>
  `--B0\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`;

async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function readAll(text: string | Buffer, sizes: readonly number[] = [1]) {
  const files: { name: string; content: string }[] = [];
  for await (const file of readMultipart({ body: inChunks(Buffer.from(text), sizes), boundary: "B0" })) {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.content) pieces.push(piece);
    files.push({ name: file.name, content: Buffer.concat(pieces).toString("latin1") });
  }
  return files;
}

test.each([
  [
    "a file has its name and its bytes",
    part("a.csv", "x,y\r\n1,2\r\n"),
    [{ name: "a.csv", content: "x,y\r\n1,2\r\n" }],
  ],
  ["an empty file is a file", part("a.csv", ""), [{ name: "a.csv", content: "" }]],
  [
    "several files come in their order",
    part("b.csv", "1") + part("a.csv", "2"),
    [
      { name: "b.csv", content: "1" },
      { name: "a.csv", content: "2" },
    ],
  ],
  [
    "what only resembles a boundary is content",
    part("a.csv", "\r\n--B\r\n--B1"),
    [{ name: "a.csv", content: "\r\n--B\r\n--B1" }],
  ],
  ["quotes in a name come as browsers write them", part("a%22b.csv", "1"), [{ name: 'a"b.csv', content: "1" }]],
  ["quotes in a name come as programs write them", part('a\\"b.csv', "1"), [{ name: 'a"b.csv', content: "1" }]],
  ["names are UTF-8", part("Übersicht.csv", "1"), [{ name: "Übersicht.csv", content: "1" }]],
  [
    "text before the first boundary is none of ours",
    `hello\r\n${part("a.csv", "1")}`,
    [{ name: "a.csv", content: "1" }],
  ],
])("%s", async (_rule, body, expected) => {
  for (const sizes of [[1], [2, 3], [10_000]]) expect(await readAll(`${body}--B0--\r\n`, sizes)).toEqual(expected);
});

test("a file that nobody reads is passed over", async () => {
  const names: string[] = [];
  const body = inChunks(Buffer.from(`${part("a.csv", "1")}${part("b.csv", "2")}--B0--`), [3]);
  for await (const { name } of readMultipart({ body, boundary: "B0" })) names.push(name);
  expect(names).toEqual(["a.csv", "b.csv"]);
});

test.each([
  ["a body that ends within a file", part("a.csv", "1,2"), "ends before its last boundary"],
  ["a body that ends within a boundary", `${part("a.csv", "1,2")}--B`, "ends before its last boundary"],
  [
    "a field that is no file",
    '--B0\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--B0--',
    'got the field "x"',
  ],
  ["a part without headers", "--B0\r\n\r\n1\r\n--B0--", "expected files only"],
  ["text behind a boundary", "--B0 hello\r\n", "followed by other text"],
  ["endless headers", `--B0\r\nX: ${"y".repeat(9_000)}`, "longer than 8192"],
  ["an empty body", "", "ends before its last boundary"],
])("%s is refused", async (_rule, body, message) => {
  await expect(readAll(body, [7])).rejects.toThrow(message);
});

test("any bytes come through any cutting into chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (contents, sizes) => {
        const texts = contents.map((content) => Buffer.from(content).toString("latin1"));
        fc.pre(texts.every((text) => !`\r\n${text}\r\n`.includes("\r\n--B0")));
        const body = Buffer.concat([
          ...texts.map((text, i) => Buffer.from(part(`${i}.csv`, text), "latin1")),
          Buffer.from("--B0--\r\n"),
        ]);
        expect((await readAll(body, sizes)).map((file) => file.content)).toEqual(texts);
      },
    ),
  );
});

test.each([
  ["multipart/form-data; boundary=----x1", "----x1"],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', "a b"],
  ["text/csv", null],
  [null, null],
])("the boundary of %s is %s", (type, boundary) => expect(multipartBoundary(type)).toBe(boundary));

test("multipart without a boundary is refused", () =>
  expect(() => multipartBoundary("multipart/form-data")).toThrow("expected a boundary"));
