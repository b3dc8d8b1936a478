import { expect, test } from "vitest";
import { csvLine } from "./write-csv";

test.each([
  ["plain text stays", "Acme", "Acme"],
  ["a formula is text", "=1+1", "'=1+1"],
  ["a command behind a blank is text", " @SUM(A1)", "' @SUM(A1)"],
  ["a formula that begins with a sign is text", "-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0"],
  ["a tab before a formula is text", "\t=1", "'\t=1"],
  ["a negative number stays a number", "-12.50", "-12.50"],
  ["no value is empty", null, ""],
  ["commas are quoted", "a,b", '"a,b"'],
  ["quotes are doubled", 'a "b"', '"a ""b"""'],
  ["line ends are quoted", "a\nb", '"a\nb"'],
])("%s", (_rule, field, written) => {
  expect(csvLine([field, 7])).toBe(`${written},7\r\n`);
});
