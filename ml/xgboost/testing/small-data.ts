import { createMatrix } from "../../matrix/matrix";
import { drawNormal } from "../../random/distributions";
import { createRandom } from "../../random/random";
import type { LabelledMatrix } from "../dmatrix";

/** Rows with a learnable, noisy label; about one value in twelve is missing. Columns c0, c1, … */
export function makeSmallData(args: { rows: number; columns: number; seed: number }): LabelledMatrix {
  const random = createRandom(args.seed);
  const values = new Float32Array(args.rows * args.columns);
  const labels = new Float32Array(args.rows);
  for (let row = 0; row < args.rows; row++) {
    for (let column = 0; column < args.columns; column++) {
      values[row * args.columns + column] = random.nextInt(12) === 0 ? Number.NaN : drawNormal(random);
    }
    const first = values[row * args.columns]! || 0;
    const second = values[row * args.columns + 1]! || 0;
    labels[row] = first - 0.7 * second + drawNormal(random) > 0.5 ? 1 : 0;
  }
  const columns = Array.from({ length: args.columns }, (_, index) => `c${index}`);
  return { matrix: createMatrix({ columns, rows: args.rows, values }), labels };
}
