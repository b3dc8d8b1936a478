import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../random/random";
import { predictTrees, treeShap } from "../shap/tree-shap";
import { ModelFormatError } from "./errors";
import { breakTree, changeAnywhere, damageBytes } from "./testing/break-model";
import { editDocument } from "./testing/edit-document";
import type { Answer, Question } from "./testing/predict-models-child";
import { readRecordedCases } from "./testing/recorded-cases";
import { writeJson, writeUbj } from "./testing/write-model";
import type { DocumentValue } from "./ubj-reader";
import { type VerifiedModel, verifyModel } from "./verify-model";

const recorded = readRecordedCases()[0]!;
const whole = shorten(JSON.parse(new TextDecoder().decode(recorded.modelJson)), 4);
const rows = 8;
const width = recorded.asked.columns.length;
const values = recorded.asked.values.subarray(0, rows * width);

const random = createRandom("broken models");
const format = (index: number) => (index % 2 === 0 ? writeJson : writeUbj);
const brokenTrees = Array.from({ length: 350 }, (_, index) => format(index)(breakTree(whole, random)));
const changed = Array.from({ length: 350 }, (_, index) => format(index)(changeAnywhere(whole, random)));
const damaged = Array.from({ length: 300 }, (_, index) => damageBytes(format(index)(whole), random));

describe("1,000 models broken at random", () => {
  test("none of 350 with a broken tree is accepted", () => {
    const accepted = brokenTrees.flatMap((bytes, index) => (verdict(bytes) ? [index] : []));
    expect(accepted).toEqual([]);
  });

  describe("those of the other 650 that are accepted, being whole by chance", () => {
    const accepted: { bytes: Uint8Array; model: VerifiedModel }[] = [];
    let answers: Answer[] = [];

    beforeAll(() => {
      for (const bytes of [...changed, ...damaged]) {
        const model = verdict(bytes);
        // Rows for prediction have the columns of the whole model.
        if (model && model.columnCount === width && model.columns.length === width) accepted.push({ bytes, model });
      }
      answers = loadInChild(accepted.map(({ bytes }) => bytes));
    }, 60_000);

    test("are some, but few", () => {
      expect(accepted.length).toBeGreaterThan(20);
      expect(accepted.length).toBeLessThan(325);
    });

    test("neither crash nor hang XGBoost", () => {
      expect(answers).toHaveLength(accepted.length);
    });

    test("predict in XGBoost what their trees say in plain arithmetic", () => {
      const loaded = accepted.flatMap(({ model }, index) => {
        const answer = answers[index]!;
        return "refused" in answer ? [] : [{ index, model, answer }];
      });
      expect(loaded.length).toBeGreaterThan(20);
      for (const { index, model, answer } of loaded) {
        for (let row = 0; row < rows; row++) {
          const asked = { ...model, row: values.subarray(row * width, (row + 1) * width) };
          expectClose(answer.margins[row]!, predictTrees(asked), `margin of model ${index}`);
          const shap = treeShap(asked);
          for (const [column, value] of shap.entries()) {
            expectClose(
              answer.contributions[row * (width + 1) + column]!,
              value,
              `contribution ${column} of model ${index}`,
            );
          }
        }
      }
    });
  });
});

/** The model when accepted; undefined when refused by the typed error. Anything else thrown fails the test. */
function verdict(bytes: Uint8Array): VerifiedModel | undefined {
  try {
    return verifyModel(bytes);
  } catch (error) {
    if (error instanceof ModelFormatError) return undefined;
    throw error;
  }
}

function loadInChild(models: Uint8Array[]): Answer[] {
  const folder = mkdtempSync(path.join(tmpdir(), "broken-models-"));
  try {
    const question: Question = {
      columns: [...recorded.asked.columns],
      rows,
      values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
      models: models.map((bytes) => Buffer.from(bytes).toString("base64")),
    };
    const file = path.join(folder, "question.json");
    writeFileSync(file, JSON.stringify(question));
    const script = path.join(import.meta.dirname, "testing/predict-models-child.ts");
    const child = spawnSync(process.execPath, ["--import", "tsx", script, file], {
      encoding: "utf8",
      timeout: 45_000,
      maxBuffer: 64 * 2 ** 20,
    });
    expect(child.stderr).toBe("");
    return child.stdout
      .trim()
      .split("\n")
      .map((line): Answer => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Relative for large values: a changed leaf may be 1e38. JSON has no NaN or Infinity, they arrive as null.
function expectClose(actual: number | null, expected: number, what: string): void {
  if (Math.abs(expected) > 1e30) return;
  expect(actual, what).not.toBeNull();
  expect(Math.abs(actual! - expected), what).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
}

/** The model with its first trees only, so that a random change meets what matters more often. */
function shorten(document: DocumentValue, trees: number): DocumentValue {
  const model = ["learner", "gradient_booster", "model"];
  const all = JSON.parse(JSON.stringify(document)).learner.gradient_booster.model;
  const fewer = {
    trees: all.trees.slice(0, trees),
    tree_info: all.tree_info.slice(0, trees),
    gbtree_model_param: { ...all.gbtree_model_param, num_trees: String(trees) },
  };
  return Object.entries(fewer).reduce((edited, [key, value]) => editDocument(edited, [...model, key], value), document);
}
