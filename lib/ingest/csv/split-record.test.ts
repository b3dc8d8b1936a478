import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRecord } from "./split-record";

describe("a record by RFC 4180", () => {
  it.each([
    ["a,b,c\n", ["a", "b", "c"]],
    ["a,b\r\nnext", ["a", "b"]],
    ['"a,b",c\n', ["a,b", "c"]],
    ['"a ""quoted"" word",c\n', ['a "quoted" word', "c"]],
    ['"two\nlines",c\n', ["two\nlines", "c"]],
    ['"",\n', ["", ""]],
    [",,\n", ["", "", ""]],
    ['"last"', ["last"]],
    ["a,", ["a", ""]],
    ['"a"\r\n', ["a"]],
  ])("%j", (text, fields) => {
    expect(splitRecord(text, 0, true)).toMatchObject({ fields });
  });

  it.each([
    ['a"b,c\nnext', "a quote inside an unquoted field", 6],
    ['"a"b,c\nnext', "text behind a closing quote", 7],
    ['"a,b\nnext', "a quoted field is never closed", 5],
    ['a,"b\nc,d\ne,"f"\n', "text behind a closing quote", 5],
  ])("%j is refused, and reading goes on at the next line", (text, fault, end) => {
    expect(splitRecord(text, 0, true)).toEqual({ fault, end, lines: 1 });
  });

  it("a record cut anywhere is incomplete, never another record", () => {
    const whole = 'plain,"quo""ted, with\r\nline",,"x"\r\n';
    for (let cut = 0; cut < whole.length; cut += 1) {
      expect(splitRecord(whole.slice(0, cut), 0, false), `cut at ${cut}`).toBe("incomplete");
    }
    expect(splitRecord(whole, 0, false)).toEqual({
      fields: ["plain", 'quo"ted, with\r\nline', "", "x"],
      end: whole.length,
      lines: 2,
    });
  });

  it("reads back whatever fields were quoted", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
        const text = `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")}\n`;
        expect(splitRecord(text, 0, false)).toMatchObject({ fields, end: text.length });
      }),
    );
  });
});
