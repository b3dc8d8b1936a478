import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { env } from "@/lib/env/env";
import { FIT_PARAMS } from "@/lib/training/fit-model";
import { createMatrix, sliceRows } from "@/ml/matrix/matrix";
import { loadXgboost } from "@/ml/xgboost/library";
import { trainBooster } from "@/ml/xgboost/train-booster";
import { toNativeParams } from "@/ml/xgboost/train-params";
import { SEED } from "../moments";

export type MatrixShape = { readonly rows: number; readonly columns: number };

/** Seconds of each piece of work, the library's copy of the matrix included, as both programs measure them. */
export type FitTimes = {
  readonly trainSeconds: number;
  readonly marginSeconds: number;
  readonly contributionSeconds: number;
  readonly version: string;
};

/** The work both programs do: this many rounds on all rows, margins of all, contributions of the first ones. */
export const ROUNDS = 100;
export const CONTRIBUTION_ROWS = 10_000;

export const valuesFile = (folder: string) => path.join(folder, "values.f32");
export const labelsFile = (folder: string) => path.join(folder, "labels.f32");
export const columnNames = (count: number) => Array.from({ length: count }, (_, column) => `f${column}`);
const threads = () => env().TIDELINE_THREADS ?? availableParallelism();

/** Trains and predicts through this product's binding. */
export async function fitMatrix(args: {
  folder: string;
  shape: MatrixShape;
}): Promise<FitTimes & { nativeParams: Record<string, string>; library: string }> {
  const { rows } = args.shape;
  const columns = columnNames(args.shape.columns);
  const matrix = createMatrix({ columns, rows, values: readFloats(valuesFile(args.folder)) });
  const labels = readFloats(labelsFile(args.folder));
  const params = { ...FIT_PARAMS, seed: SEED, threads: threads() };
  const library = loadXgboost();

  const started = performance.now();
  const { booster } = await trainBooster({ train: { matrix, labels }, params, rounds: ROUNDS });
  const trained = performance.now();
  booster.predictMargin(matrix);
  const scored = performance.now();
  booster.predictContributions(sliceRows(matrix, 0, Math.min(rows, CONTRIBUTION_ROWS)));
  const explained = performance.now();
  booster.dispose();

  const meanLabel = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return {
    trainSeconds: (trained - started) / 1000,
    marginSeconds: (scored - trained) / 1000,
    contributionSeconds: (explained - scored) / 1000,
    version: library.version,
    library: library.path,
    nativeParams: Object.fromEntries(toNativeParams({ params, columns, meanLabel })),
  };
}

function readFloats(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
