import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMatrix } from "../matrix/matrix";
import { Booster } from "./booster";
import { DMatrix } from "./dmatrix";
import { ColumnMismatchError, XgboostError, XgboostInputError } from "./errors";
import { loadXgboost } from "./library";
import { makeSmallData } from "./testing/small-data";
import { writeJson } from "./testing/write-model";
import { trainBooster } from "./train-booster";

const data = makeSmallData({ rows: 300, columns: 4, seed: 1 });
const { matrix } = data;
let booster: Booster;

beforeAll(async () => {
  const params = { objective: "binary:logistic", maxDepth: 3, seed: 1, threads: 2 } as const;
  ({ booster } = await trainBooster({ train: data, params, rounds: 10 }));
});
afterAll(() => booster.dispose());

describe("columns are matched by name", () => {
  test.each([
    ["swapped", ["c1", "c0", "c2", "c3"], 'position 0 is "c1"; expected "c0"'],
    ["one renamed", ["c0", "c1", "c2", "other"], 'missing "c3"; not expected "other"'],
    ["one too few", ["c0", "c1", "c2"], 'missing "c3"'],
    ["one too many", ["c0", "c1", "c2", "c3", "c4"], 'not expected "c4"'],
  ])("%s columns are refused, whatever the shape", (_rule, columns, message) => {
    const other = createMatrix({ columns, rows: 1, values: new Float32Array(columns.length) });
    expect(() => booster.predictMargin(other)).toThrow(ColumnMismatchError);
    expect(() => booster.predictContributions(other)).toThrow(message);
    expect(() => Booster.load(booster.save("ubj"), { columns })).toThrow(message);
  });

  test("a model without stored names takes the caller's, if they are as many", () => {
    const document = JSON.parse(new TextDecoder().decode(booster.save("json")));
    document.learner.feature_names = [];
    const nameless = writeJson(document);
    expect(() => Booster.load(nameless)).toThrow("stores no column names");
    expect(() => Booster.load(nameless, { columns: ["a", "b"] })).toThrow("2 columns given; the model has 4");
    const loaded = Booster.load(nameless, { columns: matrix.columns });
    expect(loaded.predictMargin(matrix)).toEqual(booster.predictMargin(matrix));
    loaded.dispose();
  });
});

test.each(["json", "ubj"] as const)("column names of any characters survive %s", async (format) => {
  const columns = ['quote "', "back\\slash", "tab\tnew\nline", "größe 💧"];
  const train = { matrix: createMatrix({ ...matrix, columns }), labels: data.labels };
  const params = { objective: "binary:logistic", maxDepth: 2, seed: 1, threads: 1 } as const;
  const named = (await trainBooster({ train, params, rounds: 2 })).booster;
  const loaded = Booster.load(named.save(format), { columns });
  expect(loaded.columns).toEqual(columns);
  expect(loaded.predictMargin(train.matrix)).toEqual(named.predictMargin(train.matrix));
  named.dispose();
  loaded.dispose();
});

describe("results", () => {
  test("are copies: a later prediction does not change an earlier answer", () => {
    const first = booster.predictMargin(matrix);
    const kept = first.slice();
    const shifted = createMatrix({ ...matrix, values: matrix.values.map((value) => value + 1) });
    const second = booster.predictMargin(shifted);
    expect(second).not.toEqual(kept);
    expect(first).toEqual(kept);
  });

  test.each(["json", "ubj"] as const)("survive saving and loading as %s to the last bit", (format) => {
    const loaded = Booster.load(booster.save(format), { columns: matrix.columns });
    expect(loaded.predictMargin(matrix)).toEqual(booster.predictMargin(matrix));
    expect(loaded.predictContributions(matrix)).toEqual(booster.predictContributions(matrix));
    expect(loaded.save(format)).toEqual(booster.save(format));
    loaded.dispose();
  });

  test("of a DMatrix and of its matrix are the same", () => {
    const native = new DMatrix({ matrix });
    expect(booster.predictMargin(native)).toEqual(booster.predictMargin(matrix));
    native.dispose();
  });

  test("add the base margin of a DMatrix to the model's own", () => {
    const shifted = new DMatrix({ matrix, baseMargin: new Float32Array(matrix.rows).fill(2) });
    const plain = new DMatrix({ matrix, baseMargin: new Float32Array(matrix.rows) });
    const [high, low] = [booster.predictMargin(shifted), booster.predictMargin(plain)];
    expect(high[5]! - low[5]!).toBeCloseTo(2, 5);
    shifted.dispose();
    plain.dispose();
  });

  test("interactions add up to contributions row by row", () => {
    const contributions = booster.predictContributions(matrix);
    const interactions = booster.predictInteractions(matrix);
    const { width } = contributions;
    for (let index = 0; index < 20 * width; index++) {
      const sum = interactions.values
        .subarray(index * width, (index + 1) * width)
        .reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(contributions.values[index]!, 4);
    }
  });
});

describe("lifetime", () => {
  test("using a disposed booster or matrix is an error, disposing twice is not", () => {
    const loaded = Booster.load(booster.save("ubj"));
    loaded.dispose();
    loaded.dispose();
    expect(() => loaded.predictMargin(matrix)).toThrow("This Booster has been disposed");
    const native = new DMatrix({ matrix });
    native.dispose();
    native.dispose();
    expect(() => booster.predictMargin(native)).toThrow("This DMatrix has been disposed");
  });
});

describe("errors", () => {
  test("of a C call carry its name and XGBoost's own words", () => {
    const { native } = loadXgboost();
    const dmatrix = new DMatrix(data);
    const handle = native.createBooster([dmatrix.handle]);
    try {
      native.setParam(handle, "objective", "no:such");
      expect(() => native.updateOneRound(handle, 0, dmatrix.handle)).toThrow(XgboostError);
      expect(() => native.updateOneRound(handle, 0, dmatrix.handle)).toThrow(/XGBoosterUpdateOneIter: .*no:such/s);
    } finally {
      native.freeBooster(handle);
      dmatrix.dispose();
    }
  });

  test("of empty matrices and wrong lengths come before any native memory is touched", () => {
    const empty = createMatrix({ columns: ["a"], rows: 0, values: new Float32Array(0) });
    expect(() => new DMatrix({ matrix: empty })).toThrow(XgboostInputError);
    expect(() => new DMatrix({ matrix, labels: new Float32Array(3) })).toThrow("labels has 3 entries; expected 300");
    expect(() => new DMatrix({ matrix, baseMargin: new Float32Array(300).fill(Number.NaN) })).toThrow(
      "baseMargin of row 0 is NaN",
    );
  });
});
