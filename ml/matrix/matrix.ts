/**
 * A dense block of numbers with named columns.
 *
 * `values` is row-major with `rows * columns.length` entries; NaN means missing. The name order is part of the value:
 * XGBoost matches columns by position, so everything that takes a matrix compares names first.
 */
export type Matrix = {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly values: Float32Array;
};

/** A matrix, or something passed beside it, does not have the shape or content it must have. */
export class MatrixError extends Error {
  override readonly name = "MatrixError";
}

/**
 * Checks and wraps the values; nothing is copied, so the caller gives the buffer away.
 *
 * @throws MatrixError on a wrong length, an empty or repeated column name, or an infinite value (named by row and column)
 */
export function createMatrix(args: { columns: readonly string[]; rows: number; values: Float32Array }): Matrix {
  const { columns, rows, values } = args;
  if (!Number.isInteger(rows) || rows < 0) {
    throw new MatrixError(`Matrix rows is ${rows}; expected a whole number of at least 0`);
  }
  checkColumnNames(columns);
  if (values.length !== rows * columns.length) {
    throw new MatrixError(
      `Matrix values has ${values.length} entries; expected ${rows} rows x ${columns.length} columns = ${rows * columns.length}`,
    );
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      const row = Math.floor(index / columns.length);
      const column = columns[index % columns.length];
      throw new MatrixError(
        `Matrix row ${row}, column "${column}" is ${value}; expected a finite number or NaN (missing)`,
      );
    }
  }
  return Object.freeze({ columns: Object.freeze([...columns]), rows, values });
}

/**
 * A new matrix of the given rows, in the given order (repeats allowed).
 *
 * @throws MatrixError when an index is not a row of the matrix
 */
export function selectRows(matrix: Matrix, rowIndices: ArrayLike<number>): Matrix {
  const width = matrix.columns.length;
  const values = new Float32Array(rowIndices.length * width);
  for (let target = 0; target < rowIndices.length; target++) {
    const source = rowIndices[target]!;
    if (!Number.isInteger(source) || source < 0 || source >= matrix.rows) {
      throw new MatrixError(`Row index ${source} at position ${target}; expected 0 to ${matrix.rows - 1}`);
    }
    values.set(matrix.values.subarray(source * width, (source + 1) * width), target * width);
  }
  return Object.freeze({ columns: matrix.columns, rows: rowIndices.length, values });
}

/** Rows `from` (included) to `to` (excluded) without copying. */
export function sliceRows(matrix: Matrix, from: number, to: number): Matrix {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to > matrix.rows) {
    throw new MatrixError(`Row range ${from} to ${to}; expected a range inside 0 to ${matrix.rows}`);
  }
  const width = matrix.columns.length;
  return Object.freeze({
    columns: matrix.columns,
    rows: to - from,
    values: matrix.values.subarray(from * width, to * width),
  });
}

/**
 * First difference between two column lists in words, or undefined when they are the same in the same order.
 */
export function describeColumnMismatch(expected: readonly string[], actual: readonly string[]): string | undefined {
  const missing = expected.filter((name) => !actual.includes(name));
  const extra = actual.filter((name) => !expected.includes(name));
  if (missing.length > 0 || extra.length > 0) {
    const parts = [];
    if (missing.length > 0) parts.push(`missing ${listNames(missing)}`);
    if (extra.length > 0) parts.push(`not expected ${listNames(extra)}`);
    return parts.join("; ");
  }
  const position = expected.findIndex((name, index) => actual[index] !== name);
  if (position >= 0) return `position ${position} is "${actual[position]}"; expected "${expected[position]}"`;
  if (expected.length !== actual.length) return `${actual.length} columns; expected ${expected.length}`;
  return undefined;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}

function checkColumnNames(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const [position, name] of columns.entries()) {
    if (name === "") throw new MatrixError(`Column ${position} has an empty name`);
    if (seen.has(name)) throw new MatrixError(`Column "${name}" appears twice; expected distinct names`);
    seen.add(name);
  }
}
