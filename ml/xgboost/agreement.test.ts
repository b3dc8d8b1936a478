import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createMatrix } from "../matrix/matrix";
import { assertAdditive } from "../shap/assert-additive";
import { predictTrees, treeShap } from "../shap/tree-shap";
import { Booster } from "./booster";
import { loadXgboost } from "./library";
import { largestDifference, readRecordedCases } from "./testing/recorded-cases";
import { trainBooster } from "./train-booster";
import { verifyModel } from "./verify-model";

const tolerance = 1e-5;
const cases = readRecordedCases();

describe.each(cases)("a model made by Python: $name", (recorded) => {
  test.each([
    ["JSON", recorded.modelJson],
    ["UBJ", recorded.modelUbj],
  ])("read from %s gives Python's margins, contributions and interactions", (_format, bytes) => {
    const booster = Booster.load(bytes, { columns: recorded.asked.columns });
    try {
      expect(booster.rounds).toBe(recorded.rounds);
      const margins = booster.predictMargin(recorded.asked);
      const contributions = booster.predictContributions(recorded.asked);
      const interactions = booster.predictInteractions(recorded.asked);
      expect(largestDifference(margins, recorded.margins)).toBeLessThan(tolerance);
      expect(largestDifference(contributions.values, recorded.contributions)).toBeLessThan(tolerance);
      expect(largestDifference(interactions.values, recorded.interactions)).toBeLessThan(tolerance);
      expect(assertAdditive({ margins, contributions: contributions.values, width: contributions.width })).toBeLessThan(
        tolerance,
      );
    } finally {
      booster.dispose();
    }
  });

  test("the trees as verified give the same margins and contributions in plain arithmetic", () => {
    const { trees, baseMargin } = verifyModel(recorded.modelUbj);
    const width = recorded.asked.columns.length;
    for (let row = 0; row < recorded.asked.rows; row++) {
      const values = recorded.asked.values.subarray(row * width, (row + 1) * width);
      expect(predictTrees({ trees, baseMargin, row: values })).toBeCloseTo(recorded.margins[row]!, 4);
      const expected = recorded.contributions.slice(row * (width + 1), (row + 1) * (width + 1));
      expect(largestDifference(treeShap({ trees, baseMargin, row: values }), expected)).toBeLessThan(tolerance);
    }
  });
});

test.for(cases.filter(({ params }) => params.tree_method === undefined))(
  "training here on the same rows gives Python's model: $name",
  async (recorded, { skip }) => {
    const { version } = loadXgboost();
    if (!version.startsWith("1.7.")) skip(`recorded with 1.7, this is ${version}`);
    const { params } = recorded;
    const { booster } = await trainBooster({
      train: recorded.train,
      rounds: recorded.rounds,
      params: {
        objective: params.objective,
        maxDepth: params.max_depth,
        learningRate: params.learning_rate,
        gamma: params.gamma,
        regLambda: params.reg_lambda,
        baseScore: params.base_score,
        seed: 7,
        threads: 2,
      },
    });
    expect(largestDifference(booster.predictMargin(recorded.asked), recorded.margins)).toBeLessThan(tolerance);
    booster.dispose();
  },
);

/** What fixtures/predict.py answers. */
type PythonAnswer = { xgboost: string; columns: string[]; margins: number[]; contributions: number[] };

describe("a model made here", () => {
  const recorded = cases[0]!;
  const asked = recorded.asked;

  async function train(): Promise<Booster> {
    const params = { objective: "binary:logistic", maxDepth: 3, learningRate: 0.3, seed: 1, threads: 2 } as const;
    return (await trainBooster({ train: recorded.train, rounds: 12, params })).booster;
  }

  test.each(["json", "ubj"] as const)("saved as %s is loaded by Python, which predicts the same", async (format) => {
    const booster = await train();
    const answer = askPython(booster.save(format), format);
    if (!answer) return expectRecordedReverse();
    expect(answer.columns).toEqual(asked.columns);
    expect(largestDifference(booster.predictMargin(asked), answer.margins)).toBeLessThan(tolerance);
    expect(largestDifference(booster.predictContributions(asked).values, answer.contributions)).toBeLessThan(tolerance);
    booster.dispose();
  });

  test("is the one that Python's recorded answer was given for", () => expectRecordedReverse());

  // Without Python: a model made here earlier and Python's answer to it, recorded by fixtures/record-reverse.ts.
  function expectRecordedReverse(): void {
    const file = new URL("./fixtures/reverse.json", import.meta.url);
    const reverse: { modelUbj: string; answer: PythonAnswer } = JSON.parse(readFileSync(file, "utf8"));
    const booster = Booster.load(new Uint8Array(Buffer.from(reverse.modelUbj, "base64")), { columns: asked.columns });
    expect(reverse.answer.columns).toEqual(asked.columns);
    expect(largestDifference(booster.predictMargin(asked), reverse.answer.margins)).toBeLessThan(tolerance);
    expect(largestDifference(booster.predictContributions(asked).values, reverse.answer.contributions)).toBeLessThan(
      tolerance,
    );
    booster.dispose();
  }

  function askPython(model: Uint8Array, format: string): PythonAnswer | undefined {
    const folder = mkdtempSync(path.join(tmpdir(), "model-exchange-"));
    try {
      const modelFile = path.join(folder, `model.${format}`);
      writeFileSync(modelFile, model);
      const values = Array.from(asked.values, (value) => (Number.isNaN(value) ? null : value));
      const question = JSON.stringify({ modelFile, columns: asked.columns, rows: asked.rows, values });
      const script = path.join(import.meta.dirname, "fixtures/predict.py");
      const run = spawnSync("/usr/bin/python3", [script], { input: question, encoding: "utf8" });
      if (run.error || run.stderr.includes("ModuleNotFoundError")) return undefined;
      if (run.status !== 0) throw new Error(run.stderr);
      return JSON.parse(run.stdout);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

test("an empty matrix has no predictions, without a call into the library", () => {
  const { modelUbj, asked } = cases[0]!;
  const booster = Booster.load(modelUbj);
  const none = createMatrix({ columns: asked.columns, rows: 0, values: new Float32Array(0) });
  expect(booster.predictMargin(none)).toHaveLength(0);
  expect(booster.predictContributions(none)).toMatchObject({ rows: 0, width: asked.columns.length + 1 });
  booster.dispose();
});
