import { createHash, type Hash } from "node:crypto";
import { createMatrix, type Matrix, selectRows } from "@/ml/matrix/matrix";
import type { PartCounts } from "./contract";

/** Feature rows ordered by (as-of, customer), as the feature store gives them. */
export type FeatureRows = {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly values: Float32Array;
  readonly customerIds: Int32Array;
  /** Epoch milliseconds. */
  readonly asOf: Float64Array;
  readonly mrrCents: Int32Array;
  readonly peerGroup: readonly string[];
};

/** Labels in any order; one per (as-of, customer). */
export type LabelRows = {
  readonly customerIds: ArrayLike<number>;
  readonly asOf: ArrayLike<number>;
  readonly departed: ArrayLike<number | boolean>;
};

/** Rows with a label, with one entry per row in each array. */
export type LabelledRows = {
  readonly matrix: Matrix;
  readonly labels: Float32Array;
  readonly weights: Float32Array;
  readonly customerIds: Int32Array;
  readonly asOf: Float64Array;
  readonly mrrCents: Int32Array;
  readonly peerGroup: readonly string[];
};

/**
 * Joins features and labels on (as-of, customer). Rows without a label are left out and counted: no label is not "stayed".
 *
 * @param args.weightOf weight of a feature row by its position
 */
export function joinLabels(args: { features: FeatureRows; labels: LabelRows; weightOf: (row: number) => number }): {
  rows: LabelledRows;
  withoutLabel: number;
} {
  const { features, labels } = args;
  const byWeek = new Map<number, Map<number, number>>();
  for (let row = 0; row < labels.customerIds.length; row++) {
    const asOf = labels.asOf[row]!;
    const week = byWeek.get(asOf) ?? new Map<number, number>();
    byWeek.set(asOf, week);
    week.set(labels.customerIds[row]!, labels.departed[row] ? 1 : 0);
  }
  const kept: number[] = [];
  const found: number[] = [];
  for (let row = 0; row < features.rows; row++) {
    const label = byWeek.get(features.asOf[row]!)?.get(features.customerIds[row]!);
    if (label === undefined) continue;
    kept.push(row);
    found.push(label);
  }
  const whole = createMatrix({ columns: features.columns, rows: features.rows, values: features.values });
  const rows: LabelledRows = {
    matrix: kept.length === features.rows ? whole : selectRows(whole, kept),
    labels: Float32Array.from(found),
    weights: Float32Array.from(kept, args.weightOf),
    customerIds: Int32Array.from(kept, (row) => features.customerIds[row]!),
    asOf: Float64Array.from(kept, (row) => features.asOf[row]!),
    mrrCents: Int32Array.from(kept, (row) => features.mrrCents[row]!),
    peerGroup: kept.map((row) => features.peerGroup[row]!),
  };
  return { rows, withoutLabel: features.rows - kept.length };
}

/** How much the rows hold. */
export function countRows(rows: LabelledRows): PartCounts {
  const departed = new Set<number>();
  let departureRows = 0;
  for (const [row, label] of rows.labels.entries()) {
    if (label !== 1) continue;
    departureRows += 1;
    departed.add(rows.customerIds[row]!);
  }
  return {
    weeks: new Set(rows.asOf).size,
    rows: rows.labels.length,
    customers: new Set(rows.customerIds).size,
    departureRows,
    departedCustomers: departed.size,
  };
}

/** SHA-256 over columns, keys, values, labels and weights of the parts in order: equal hashes, equal training data. */
export function hashRows(parts: readonly LabelledRows[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(`${JSON.stringify(part.matrix.columns)}\n${part.labels.length}\n`);
    for (const array of [part.asOf, part.customerIds, part.matrix.values, part.labels, part.weights]) {
      updateWith(hash, array);
    }
  }
  return hash.digest("hex");
}

function updateWith(hash: Hash, array: Float64Array | Int32Array | Float32Array): void {
  hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}
