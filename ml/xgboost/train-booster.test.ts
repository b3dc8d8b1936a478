import { describe, expect, test } from "vitest";
import { createMatrix, selectRows } from "../matrix/matrix";
import type { Booster } from "./booster";
import type { LabelledMatrix } from "./dmatrix";
import { makeSmallData } from "./testing/small-data";
import { type RoundReport, type TrainArgs, trainBooster } from "./train-booster";
import type { TrainParams } from "./train-params";

const train = makeSmallData({ rows: 600, columns: 5, seed: 1 });
const validation = makeSmallData({ rows: 300, columns: 5, seed: 2 });
const params: TrainParams = { objective: "binary:logistic", maxDepth: 3, learningRate: 0.5, seed: 3, threads: 2 };

describe("early stopping", () => {
  test("keeps the rounds up to the best validation loss and stops after the stated patience", async () => {
    const result = await trainBooster({ train, validation, params, rounds: 200, earlyStoppingRounds: 6 });
    const losses = result.history.map((report) => report.validation!);
    const best = losses.indexOf(Math.min(...losses));
    expect(result.stopReason).toBe("early_stopping");
    expect(result.bestRound).toBe(best);
    expect(result.history).toHaveLength(best + 1 + 6);
    expect(result.booster.rounds).toBe(best + 1);
    result.booster.dispose();
  });

  test("predicts as a model trained with only the best rounds", async () => {
    const stopped = await trainBooster({ train, validation, params, rounds: 200, earlyStoppingRounds: 6 });
    const direct = await trainBooster({ train, params, rounds: stopped.bestRound + 1 });
    expect(stopped.booster.predictMargin(validation.matrix)).toEqual(direct.booster.predictMargin(validation.matrix));
    disposeAll(stopped.booster, direct.booster);
  });

  test("looks for the highest value of a metric that is better when higher", async () => {
    const result = await trainBooster({
      train,
      validation,
      params: { ...params, evalMetric: "auc" },
      rounds: 60,
      earlyStoppingRounds: 8,
    });
    const aucs = result.history.map((report) => report.validation!);
    expect(result.bestRound).toBe(aucs.indexOf(Math.max(...aucs)));
    expect(aucs[result.bestRound]).toBeGreaterThan(0.6);
    result.booster.dispose();
  });

  test("without it all rounds are kept, and the best is only named", async () => {
    const result = await trainBooster({ train, validation, params, rounds: 60 });
    expect(result.stopReason).toBe("completed");
    expect(result.booster.rounds).toBe(60);
    expect(result.bestRound).toBeLessThan(59);
    result.booster.dispose();
  });
});

describe("progress and cancelling", () => {
  test("onRound hears of every round in order, and the training loss falls", async () => {
    const heard: RoundReport[] = [];
    const result = await trainBooster({ train, params, rounds: 15, onRound: (report) => void heard.push(report) });
    expect(heard.map((report) => report.round)).toEqual(Array.from({ length: 15 }, (_, index) => index));
    expect(heard.at(-1)!.train).toBeLessThan(heard[0]!.train);
    expect(result.history).toEqual(heard);
    result.booster.dispose();
  });

  test('"stop" ends training and keeps what was trained', async () => {
    const result = await trainBooster({
      train,
      params,
      rounds: 50,
      onRound: ({ round }) => (round === 4 ? "stop" : undefined),
    });
    expect(result.stopReason).toBe("callback");
    expect(result.booster.rounds).toBe(5);
    result.booster.dispose();
  });

  test("an abort while training rejects with its reason, though nothing in training waits", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("cancelled by the user")), 5);
    let rounds = 0;
    const run = trainBooster({
      train,
      params,
      rounds: 100_000,
      signal: controller.signal,
      onRound: () => void rounds++,
    });
    await expect(run).rejects.toThrow("cancelled by the user");
    expect(rounds).toBeLessThan(10_000);
  });

  test("an already aborted signal trains nothing", async () => {
    const onRound = () => expect.unreachable();
    await expect(
      trainBooster({ train, params, rounds: 5, signal: AbortSignal.abort(new Error("late")), onRound }),
    ).rejects.toThrow("late");
  });
});

describe("reproducibility", () => {
  const sampled: TrainParams = { ...params, subsample: 0.7, colsampleByTree: 0.6 };

  test("same data, seed and threads give the same model bytes", async () => {
    const [first, second] = [await modelBytes(train, sampled), await modelBytes(train, sampled)];
    expect(first).toEqual(second);
  });

  test("another seed gives other bytes", async () => {
    expect(await modelBytes(train, sampled)).not.toEqual(await modelBytes(train, { ...sampled, seed: 4 }));
  });
});

describe("weights, constraints and start", () => {
  test("a weight of 3 counts like the row three times, 0 like no row", async () => {
    const kept = Array.from({ length: 400 }, (_, row) => row);
    const weights = Float32Array.from({ length: 600 }, (_, row) => (row >= 400 ? 0 : row % 2 === 0 ? 3 : 1));
    const repeated = kept.flatMap((row) => (row % 2 === 0 ? [row, row, row] : [row]));
    const weighted = await trainBooster({ train: { ...train, weights }, params, rounds: 3 });
    const copied = await trainBooster({ train: subset(train, repeated), params, rounds: 3 });
    const [left, right] = [
      weighted.booster.predictMargin(validation.matrix),
      copied.booster.predictMargin(validation.matrix),
    ];
    // Bins are cut from weighted quantiles, which may differ by a row, so most rows agree rather than all.
    const close = left.filter((value, row) => Math.abs(value - right[row]!) < 0.05).length;
    expect(close / left.length).toBeGreaterThan(0.8);
    disposeAll(weighted.booster, copied.booster);
  });

  test("a monotone constraint by column name holds for every row", async () => {
    const { booster } = await trainBooster({
      train,
      params: { ...params, monotoneConstraints: { c3: 1 } },
      rounds: 40,
    });
    const raised = validation.matrix.values.map((value, index) => (index % 5 === 3 ? value + 1 : value));
    const before = booster.predictMargin(validation.matrix);
    const after = booster.predictMargin(createMatrix({ ...validation.matrix, values: raised }));
    expect(after.every((margin, row) => margin >= before[row]! - 1e-6)).toBe(true);
    booster.dispose();
  });

  test("without a base score the model starts at the weighted share of positives", async () => {
    const tiny: TrainParams = { ...params, learningRate: 1e-6 };
    const { booster } = await trainBooster({ train, params: tiny, rounds: 1 });
    const share = train.labels.reduce((sum, label) => sum + label, 0) / train.labels.length;
    expect(booster.predictMargin(validation.matrix)[0]).toBeCloseTo(Math.log(share / (1 - share)), 4);
    booster.dispose();
  });
});

describe("bad input is refused with its place and value", () => {
  const cases: [rule: string, change: Partial<TrainArgs>, message: string][] = [
    ["rounds below 1", { rounds: 0 }, "rounds is 0"],
    ["patience without validation", { earlyStoppingRounds: 3 }, "needs validation"],
    ["patience of half a round", { validation, earlyStoppingRounds: 0.5 }, "earlyStoppingRounds is 0.5"],
    ["a label of 2", { train: { ...train, labels: train.labels.with(7, 2) } }, "train.labels of row 7 is 2"],
    ["a label missing", { train: { ...train, labels: train.labels.slice(1) } }, "599 entries; expected 600"],
    [
      "a negative weight",
      { train: { ...train, weights: new Float32Array(600).fill(1).with(3, -1) } },
      "weights of row 3 is -1",
    ],
    [
      "an infinite weight",
      { train: { ...train, weights: new Float32Array(600).fill(1).with(3, Infinity) } },
      "weights of row 3 is Infinity",
    ],
    ["weights all zero", { train: { ...train, weights: new Float32Array(600) } }, "no weight above 0"],
    [
      "learning rate 0",
      { params: { ...params, learningRate: 0 } },
      "params.learningRate is 0; expected a number above 0",
    ],
    [
      "depth 2.5",
      { params: { ...params, maxDepth: 2.5 } },
      "params.maxDepth is 2.5; expected a whole number from 1 up to 16",
    ],
    ["subsample NaN", { params: { ...params, subsample: Number.NaN } }, "params.subsample is NaN"],
    ["base score 1 for logistic", { params: { ...params, baseScore: 1 } }, "params.baseScore is 1"],
    ["a constraint on no column", { params: { ...params, monotoneConstraints: { nope: 1 } } }, '"nope"'],
    ["other validation columns", { validation: makeSmallData({ rows: 50, columns: 4, seed: 5 }) }, 'missing "c4"'],
  ];
  test.each(cases)("%s", async (_rule, change, message) => {
    await expect(trainBooster({ train, params, rounds: 3, ...change })).rejects.toThrow(message);
  });
});

async function modelBytes(data: LabelledMatrix, withParams: TrainParams): Promise<Uint8Array> {
  const { booster } = await trainBooster({
    train: data,
    validation,
    params: withParams,
    rounds: 30,
    earlyStoppingRounds: 10,
  });
  const bytes = booster.save("ubj");
  booster.dispose();
  return bytes;
}

function subset(data: LabelledMatrix, rows: number[]): LabelledMatrix {
  return { matrix: selectRows(data.matrix, rows), labels: Float32Array.from(rows, (row) => data.labels[row]!) };
}

function disposeAll(...boosters: Booster[]): void {
  for (const booster of boosters) booster.dispose();
}
