import { expect, test } from "vitest";
import { problemOf } from "./chosen-files";

const limits = { bytesMax: 1_000 };

test.each([
  ["nothing is chosen", [], "Choose at least one file."],
  ["a workbook is no CSV", [{ name: "a.xlsx", size: 1 }], "a.xlsx is no .csv file: save or export it as CSV."],
  ["an empty file is named", [{ name: "a.csv", size: 0 }], "a.csv is empty."],
  [
    "the size of all counts",
    [
      { name: "a.csv", size: 600 },
      { name: "b.csv", size: 401 },
    ],
    "Together they have",
  ],
  [
    "exactly the most is taken",
    [
      { name: "a.CSV", size: 600 },
      { name: "b.csv", size: 400 },
    ],
    null,
  ],
])("%s", (_rule, files, expected) => {
  const problem = problemOf(files, limits);
  if (expected === null) expect(problem).toBeNull();
  else expect(problem).toContain(expected);
});
