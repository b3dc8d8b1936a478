import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { csvLine } from "@/lib/csv/write-csv";
import { DELIMITERS, type Delimiter, ImportError } from "../contract";
import { decodeField, readRecords } from "./read-records";

// The file is what the test says, cut where it says: the reader sees the pieces that a disk might give.
const file = vi.hoisted(() => ({ content: Buffer.alloc(0) as Buffer, cuts: [1] as number[] }));
vi.mock("./byte-source", async (original) => ({
  ...(await original<typeof import("./byte-source")>()),
  openBytes: async () => {
    let position = 0;
    let reads = 0;
    return {
      encoding: "utf-8",
      read: async (buffer: Buffer, at: number) => {
        const length = file.cuts[reads++ % file.cuts.length] as number;
        const written = file.content.copy(buffer, at, position, position + length);
        position += written;
        return written;
      },
      bytesRead: () => position,
      sha256: () => "",
      close: async () => {},
    };
  },
}));

/** Much more than it takes where nothing else runs. */
const FUZZ_MS = 60_000;

type Item = { line: number; fields: string[] } | { line: number; fault: true };

/** What readRecords hands over behind the header "a". */
async function read(text: string | Buffer, cuts: number[], delimiter: Delimiter): Promise<Item[]> {
  file.content = Buffer.isBuffer(text) ? text : Buffer.from(text);
  file.cuts = cuts;
  const items: Item[] = [];
  await readRecords({
    path: "",
    name: "x.csv",
    delimiter,
    sink: {
      header: () => {},
      record: (fields, line, offset) => {
        expect(file.content.subarray(0, offset).toString("latin1").split("\n").length).toBe(line);
        items.push({ line, fields: fields.map(decodeField) });
      },
      malformed: (_fault, _raw, { line }) => items.push({ line, fault: true }),
      chunk: async () => {},
    },
  });
  return items;
}

/** The same by the plainest means: one character after another, the whole text at hand. */
function readNaively(text: string, delimiter: string): Item[] {
  const items: Item[] = [];
  const lineOf = (at: number) => text.slice(0, at).split("\n").length;
  const behindLine = (at: number) => (text.indexOf("\n", at) === -1 ? text.length : text.indexOf("\n", at) + 1);
  for (let at = 0; at < text.length; ) {
    const start = at;
    const rest = text.slice(at, behindLine(at)).replace(/\r?\n$|\r$/, "");
    if (rest === "") {
      at = behindLine(at);
      continue;
    }
    const fields: string[] = [];
    let field = "";
    let state: "start" | "plain" | "quoted" | "closed" | "fault" | "end" = "start";
    while (state !== "fault" && state !== "end") {
      const rest = text.slice(at);
      const isEnd = rest === "" || rest.startsWith("\n") || rest.startsWith("\r\n") || rest === "\r";
      if (state === "quoted") {
        if (rest === "") state = "fault";
        else if (rest.startsWith('""')) {
          field += '"';
          at += 2;
        } else if (rest.startsWith('"')) {
          state = "closed";
          at += 1;
        } else field += text[at++];
      } else if (isEnd) {
        fields.push(field);
        state = "end";
      } else if (rest.startsWith(delimiter)) {
        fields.push(field);
        field = "";
        state = "start";
        at += 1;
      } else if (rest.startsWith('"')) {
        state = state === "start" ? "quoted" : "fault";
        at += state === "quoted" ? 1 : 0;
      } else if (state === "closed") state = "fault";
      else {
        state = "plain";
        field += text[at++];
      }
    }
    items.push(state === "end" ? { line: lineOf(start), fields } : { line: lineOf(start), fault: true });
    at = behindLine(state === "end" ? at : start);
  }
  return items;
}

const text = fc
  .array(
    fc.constantFrom(",", ",", ";", "\t", "|", '"', '"', '""', "\n", "\n", "\r\n", "\r", "a", "é", "🌊", " ", "\0"),
    {
      maxLength: 60,
    },
  )
  .map((tokens) => tokens.join(""));
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

it(
  "whatever the text and however it is cut, the records and faults are those of a naive reader",
  async () => {
    await fc.assert(
      fc.asyncProperty(text, cuts, fc.constantFrom(...DELIMITERS), async (body, pieces, delimiter) => {
        const items = await read(`a\n${body}`, pieces, delimiter);
        const naive = readNaively(body, delimiter).map((item) => ({ ...item, line: item.line + 1 }));
        expect(items).toEqual(naive);
      }),
      { numRuns: 3_000 },
    );
  },
  FUZZ_MS,
);

it(
  "whatever the bytes, they are read to the end or refused by an ImportError",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), cuts, async (bytes, pieces) => {
        const outcome = await read(Buffer.from(bytes), pieces, ",").catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof ImportError).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  },
  FUZZ_MS,
);

it(
  "what an export writes is read back as it was, formulas behind an apostrophe",
  async () => {
    const field = fc.oneof(
      fc.string({ unit: "grapheme" }),
      text,
      fc.constantFrom("=1+1", "+cmd|' /C calc'!A0", "-12.5", "@SUM(A1)", " =x", "\t=x", ""),
    );
    // A line of one empty field is a blank line; exports have more columns.
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, cuts, async (written, pieces) => {
        const items = await read(`a\r\n${written.map(csvLine).join("")}`, pieces, ",");
        expect(items.length).toBe(written.length);
        for (const [i, row] of written.entries()) {
          const item = items[i] as { fields: string[] };
          expect(item.fields.map((value, j) => (value === `'${row[j]}` ? row[j] : value))).toEqual(row);
          for (const value of item.fields) expect(value).not.toMatch(/^\s*[=@]|^\s*[+-](?!\d+(\.\d+)?$)/);
        }
      }),
      { numRuns: 1_000 },
    );
  },
  FUZZ_MS,
);
