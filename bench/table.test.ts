import { expect, test } from "vitest";
import { formatMegabytes, formatSeconds, formatTable } from "./table";

test("columns are as wide as their longest cell, the first to the left, the others to the right", () => {
  expect(
    formatTable(
      ["customers", "s"],
      [
        ["10,000", "1.5 s"],
        ["160,000", "24.0 s"],
      ],
    ),
  ).toBe("customers       s\n10,000      1.5 s\n160,000    24.0 s");
});

test("a missing cell is empty", () => {
  expect(formatTable(["a", "b"], [["x"]])).toBe("a  b\nx");
});

test("memory that could not be told is not 0", () => {
  expect(formatMegabytes(null)).toBe("not known");
  expect(formatMegabytes(1_572_864)).toBe("2 MB");
});

test("seconds keep three digits or so", () => {
  expect(formatSeconds(9.876)).toBe("9.88 s");
  expect(formatSeconds(12.34)).toBe("12.3 s");
});
