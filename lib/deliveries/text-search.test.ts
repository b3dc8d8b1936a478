import { describe, expect, it } from "vitest";
import type { Trace } from "@/lib/privacy/policy";
import { TextSearch } from "./text-search";

const name: Trace = { text: "Zoë (Z.) Ng", match: "anywhere" };
const short: Trace = { text: "Ann", match: "field" };

function finds(trace: Trace, content: Uint8Array | string, pieceBytes = 1_000): boolean {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const search = new TextSearch([{ text: "nobody at all", match: "anywhere" }, trace]);
  for (let at = 0; at < bytes.length; at += pieceBytes) search.write(bytes.subarray(at, at + pieceBytes));
  search.end();
  return search.found;
}

describe("TextSearch", () => {
  it.each([
    ["a long text within a field", name, "k1,about ZOË (z.) NG and others", true],
    ["a text with signs that patterns know, only as it is", name, "k1,Zoë Z. Ng", false],
    ["a text whose quotes a file doubles", { text: 'Zoë "Z" Ng', match: "anywhere" }, 'k1,"Zoë ""Z"" Ng",x', true],
    ["a short text as a whole field", short, "k1, ann ,x", true],
    ["a short text as the first field of a file", short, "Ann,x", true],
    ["a short text as the last field of a file", short, "x,Ann", true],
    ["a short text in quotes", short, 'k1;"Ann";x', true],
    ["not a short text within a longer one", short, "k1,Annabel,x", false],
    ["nothing in nothing", short, "", false],
  ] as const)("finds %s", (_rule, trace, content, found) => {
    expect(finds(trace, content)).toBe(found);
    expect(finds(trace, content, 1), "byte by byte").toBe(found);
  });

  it.each([
    ["little", Buffer.from("\uFEFFk1,Zoë (Z.) Ng", "utf16le")],
    ["big", Buffer.from("\uFEFFk1,Zoë (Z.) Ng", "utf16le").swap16()],
  ])("reads UTF-16, %s end first", (_order, bytes) => {
    expect(finds(name, bytes)).toBe(true);
    expect(finds(name, bytes, 7)).toBe(true);
  });
});
