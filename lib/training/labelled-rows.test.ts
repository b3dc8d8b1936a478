import { describe, expect, test } from "vitest";
import { countRows, hashRows, joinLabels } from "./labelled-rows";

const features = {
  columns: ["a", "b"],
  rows: 4,
  values: Float32Array.from([1, 2, 3, Number.NaN, 5, 6, 7, 8]),
  customerIds: Int32Array.from([1, 2, 1, 2]),
  asOf: Float64Array.from([100, 100, 200, 200]),
  mrrCents: Int32Array.from([10, 20, 30, 40]),
  peerGroup: ["p", "q", "r", "s"],
};
const labels = { customerIds: [2, 1, 2], asOf: [200, 100, 100], departed: [true, false, true] };
const join = (change: Partial<typeof features> = {}) =>
  joinLabels({ features: { ...features, ...change }, labels, weightOf: () => 1 });

describe("joinLabels", () => {
  test("takes rows in the order of the features and leaves out, counted, those without a label", () => {
    const { rows, withoutLabel } = join();
    expect(withoutLabel).toBe(1);
    expect([...rows.labels]).toEqual([0, 1, 1]);
    expect([...rows.customerIds]).toEqual([1, 2, 2]);
    expect([...rows.matrix.values]).toEqual([1, 2, 3, Number.NaN, 7, 8]);
    expect([...rows.mrrCents]).toEqual([10, 20, 40]);
    expect(rows.peerGroup).toEqual(["p", "q", "s"]);
  });

  test("gives each row the weight of its own feature row", () => {
    const { rows } = joinLabels({ features, labels, weightOf: (row) => row + 1 });
    expect([...rows.weights]).toEqual([1, 2, 4]);
  });
});

describe("countRows", () => {
  test("counts a customer who departs in several windows once", () => {
    expect(countRows(join().rows)).toEqual({ weeks: 2, rows: 3, customers: 2, departureRows: 2, departedCustomers: 1 });
  });
});

describe("hashRows", () => {
  const hash = hashRows([join().rows]);
  test("is the same for the same rows", () => expect(hashRows([join().rows])).toBe(hash));
  test.each([
    ["value", { values: Float32Array.from([1, 2, 3, Number.NaN, 5, 6, 7, 9]) }],
    ["column name", { columns: ["a", "c"] }],
  ])("changes with a %s", (_what, change) => {
    expect(hashRows([join(change).rows])).not.toBe(hash);
  });
});
