import { readFileSync } from "node:fs";
import { createMatrix, type Matrix, sliceRows } from "../../matrix/matrix";
import type { LabelledMatrix } from "../dmatrix";

/** One setting recorded by fixtures/record.py. */
export type RecordedCase = {
  name: string;
  params: {
    objective: "binary:logistic" | "reg:squarederror";
    max_depth: number;
    learning_rate: number;
    gamma?: number;
    reg_lambda?: number;
    base_score: number;
    tree_method?: string;
  };
  rounds: number;
  train: LabelledMatrix;
  asked: Matrix;
  margins: number[];
  predictions: number[];
  contributions: number[];
  interactions: number[];
  modelJson: Uint8Array;
  modelUbj: Uint8Array;
};

type RawCase = Omit<RecordedCase, "train" | "asked" | "modelJson" | "modelUbj"> & {
  columns: string[];
  asked: number;
  train: { rows: number; values: (number | null)[]; labels: number[]; weights: number[] };
  modelJson: string;
  modelUbj: string;
};

export function readRecordedCases(): RecordedCase[] {
  const file = new URL("../fixtures/agreement.json", import.meta.url);
  const { cases }: { cases: RawCase[] } = JSON.parse(readFileSync(file, "utf8"));
  return cases.map((raw) => {
    const { columns, train } = raw;
    const values = Float32Array.from(train.values, (value) => value ?? Number.NaN);
    const matrix = createMatrix({ columns, rows: train.rows, values });
    return {
      ...raw,
      train: { matrix, labels: Float32Array.from(train.labels), weights: Float32Array.from(train.weights) },
      asked: sliceRows(matrix, 0, raw.asked),
      modelJson: new TextEncoder().encode(raw.modelJson),
      modelUbj: new Uint8Array(Buffer.from(raw.modelUbj, "base64")),
    };
  });
}

export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < left.length; index++) {
    const difference = Math.abs(left[index]! - right[index]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}
