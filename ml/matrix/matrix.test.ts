import { describe, expect, test } from "vitest";
import { createMatrix, describeColumnMismatch, MatrixError, selectRows, sliceRows } from "./matrix";

const matrix = createMatrix({ columns: ["a", "b"], rows: 3, values: Float32Array.of(1, 2, 3, 4, Number.NaN, 6) });

describe("createMatrix refuses", () => {
  test.each([
    ["a length that is not rows x columns", ["a", "b"], 2, [1, 2, 3], "3 entries; expected 2 rows x 2 columns = 4"],
    ["half a row", ["a"], 0.5, [], "rows is 0.5"],
    ["an empty name", ["a", ""], 0, [], "Column 1 has an empty name"],
    ["a name twice", ["a", "a"], 0, [], 'Column "a" appears twice'],
    ["an infinite value", ["a", "b"], 2, [1, 2, 3, Number.NEGATIVE_INFINITY], 'row 1, column "b" is -Infinity'],
  ])("%s", (_rule, columns, rows, values, message) => {
    const create = () => createMatrix({ columns, rows, values: Float32Array.from(values) });
    expect(create).toThrow(MatrixError);
    expect(create).toThrow(message);
  });
});

describe("rows", () => {
  test("are selected in the given order, repeats allowed, missing values kept", () => {
    expect(selectRows(matrix, [2, 0, 2])).toEqual({
      columns: ["a", "b"],
      rows: 3,
      values: Float32Array.of(Number.NaN, 6, 1, 2, Number.NaN, 6),
    });
    expect(selectRows(matrix, [])).toMatchObject({ rows: 0 });
  });

  test("of a slice are shared with the matrix", () => {
    expect(sliceRows(matrix, 1, 2)).toEqual({ columns: ["a", "b"], rows: 1, values: Float32Array.of(3, 4) });
    expect(sliceRows(matrix, 1, 2).values.buffer).toBe(matrix.values.buffer);
  });

  test("that are not there are refused", () => {
    expect(() => selectRows(matrix, [0, 3])).toThrow("Row index 3 at position 1; expected 0 to 2");
    expect(() => selectRows(matrix, [0.5])).toThrow("Row index 0.5");
    expect(() => sliceRows(matrix, 2, 4)).toThrow("Row range 2 to 4");
    expect(() => sliceRows(matrix, 2, 1)).toThrow("Row range 2 to 1");
  });
});

test.each([
  [["a", "b"], ["a", "b"], undefined],
  [["a", "b"], ["b", "a"], 'position 0 is "b"; expected "a"'],
  [["a", "b"], ["a"], 'missing "b"'],
  [["a"], ["a", "c"], 'not expected "c"'],
  [["a", "b"], ["a", "c"], 'missing "b"; not expected "c"'],
])("columns %j against %j: %s", (expected, actual, description) => {
  expect(describeColumnMismatch(expected, actual)).toBe(description);
});

test("a long list of differences is cut", () => {
  const many = Array.from({ length: 8 }, (_, index) => `c${index}`);
  expect(describeColumnMismatch(many, [])).toBe('missing "c0", "c1", "c2", "c3", "c4" and 3 more');
});
