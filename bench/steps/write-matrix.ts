import { mkdir, writeFile } from "node:fs/promises";
import { drawNormal } from "@/ml/random/distributions";
import { createRandom } from "@/ml/random/random";
import { SEED } from "../moments";
import { labelsFile, type MatrixShape, valuesFile } from "./fit-matrix";

const MISSING_SHARE = 0.05;
const INFORMATIVE_COLUMNS = 10;

/**
 * Writes a matrix (float32, row-major, NaN for missing) and labels for both programs: normal values, of which the first
 * ten columns raise the log-odds of a rare event.
 */
export async function writeMatrix(args: { folder: string; shape: MatrixShape }): Promise<Record<never, never>> {
  const { rows, columns } = args.shape;
  const random = createRandom(SEED);
  const values = new Float32Array(rows * columns);
  const labels = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let margin = -3.2;
    for (let column = 0; column < columns; column += 1) {
      const value = drawNormal(random);
      if (column < INFORMATIVE_COLUMNS) margin += 0.35 * value * (column % 3 === 0 ? Math.abs(value) : 1);
      values[row * columns + column] = random.next() < MISSING_SHARE ? Number.NaN : value;
    }
    labels[row] = random.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  }
  await mkdir(args.folder, { recursive: true });
  await writeFile(valuesFile(args.folder), new Uint8Array(values.buffer));
  await writeFile(labelsFile(args.folder), new Uint8Array(labels.buffer));
  return {};
}
