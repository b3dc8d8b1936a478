import {
  arrayField,
  asObject,
  type DocumentObject,
  numbersField,
  objectField,
  showValue,
  stringField,
  wholeParam,
} from "./document-access";
import { ModelFormatError } from "./errors";
import { readStrictJson } from "./strict-json";
import { readUbj } from "./ubj-reader";
import { type Tree, verifyTree } from "./verify-tree";

/** A model document that passed every check. */
export type VerifiedModel = {
  /** Column names in model order; empty when the model stores none. */
  readonly columns: readonly string[];
  readonly columnCount: number;
  readonly objective: string;
  /** On the output scale: a probability for logistic objectives. */
  readonly baseScore: number;
  /** Base score as a margin; every prediction is this plus one leaf of each tree. */
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
  readonly attributes: Readonly<Record<string, string>>;
};

const logisticObjectives: ReadonlySet<string> = new Set(["binary:logistic", "binary:logitraw", "reg:logistic"]);
const objectives: ReadonlySet<string> = new Set([...logisticObjectives, "reg:squarederror"]);
const treesMax = 100_000;
const columnsMax = 65_536;
const bytesMax = 512 * 1024 * 1024;

/**
 * Reads a JSON or UBJ model and checks all of it that XGBoost would follow blindly. Accepts single-output `gbtree` models of
 * a few objectives, without categorical splits.
 *
 * @param bytes the file as XGBoost's save writes it: JSON starts with `{"`, UBJ with `{L`
 * @throws ModelFormatError naming the place, the value and what was expected
 */
export function verifyModel(bytes: Uint8Array): VerifiedModel {
  const root = asObject(readDocument(bytes), "document");
  checkVersion(root);
  const learner = objectField(root, "learner");
  const param = objectField(learner, "learner_model_param");
  wholeParam(param, "num_class", { min: 0, max: 0 });
  if (param.fields.num_target !== undefined) wholeParam(param, "num_target", { min: 0, max: 1 });
  const columnCount = wholeParam(param, "num_feature", { min: 1, max: columnsMax });
  const objective = readObjective(learner);
  const baseScore = readBaseScore(param, objective);
  const columns = readColumns(learner, columnCount);
  const attributes = readAttributes(learner);
  const trees = readTrees(objectField(learner, "gradient_booster"), columnCount);
  const baseMargin = logisticObjectives.has(objective) ? -Math.log(1 / baseScore - 1) : baseScore;
  return { columns, columnCount, objective, baseScore, baseMargin, trees, attributes };
}

function readDocument(bytes: Uint8Array) {
  if (bytes.length > bytesMax)
    throw new ModelFormatError("document", `${bytes.length} bytes; expected at most ${bytesMax}`);
  const start = String.fromCharCode(...bytes.subarray(0, 2));
  if (start === '{"') return readStrictJson(bytes);
  if (start === "{L") return readUbj(bytes);
  throw new ModelFormatError("document", `starts with ${JSON.stringify(start)}; expected JSON ('{"') or UBJ ('{L')`);
}

function checkVersion(root: DocumentObject): void {
  const [major = 0] = Array.from(numbersField(root, "version", { length: 3, whole: { min: 0, max: 1000 } }));
  if (major < 1 || major > 3) throw new ModelFormatError("version[0]", `${major}; expected 1, 2 or 3`);
}

function readObjective(learner: DocumentObject): string {
  const objective = objectField(learner, "objective");
  const name = stringField(objective, "name");
  if (!objectives.has(name)) {
    throw new ModelFormatError(
      `${objective.path}.name`,
      `${showValue(name)}; expected one of ${[...objectives].join(", ")}`,
    );
  }
  const param = objectField(objective, "reg_loss_param");
  const weight = decimal(stringField(param, "scale_pos_weight"));
  if (!(weight > 0))
    throw new ModelFormatError(`${param.path}.scale_pos_weight`, `${weight}; expected a number above 0`);
  return name;
}

function readBaseScore(param: DocumentObject, objective: string): number {
  // Version 3.1 on writes a list of one: "[5E-1]".
  const text = stringField(param, "base_score").replace(/^\[(.*)\]$/, "$1");
  const score = decimal(text);
  const valid = logisticObjectives.has(objective) ? score > 0 && score < 1 : Number.isFinite(score);
  if (!valid)
    throw new ModelFormatError(
      `${param.path}.base_score`,
      `${showValue(text)}; expected a value that ${objective} can give`,
    );
  return score;
}

function readColumns(learner: DocumentObject, columnCount: number): string[] {
  const names = textList(learner, "feature_names", columnCount);
  const seen = new Set(names);
  if (seen.size !== names.length || seen.has("")) {
    throw new ModelFormatError(`${learner.path}.feature_names`, "repeated or empty names; expected distinct ones");
  }
  if (learner.fields.feature_types !== undefined) {
    const categorical = textList(learner, "feature_types", columnCount).indexOf("c");
    if (categorical >= 0)
      throw new ModelFormatError(
        `${learner.path}.feature_types[${categorical}]`,
        '"c"; categorical columns are not accepted',
      );
  }
  return names;
}

function textList(parent: DocumentObject, key: string, columnCount: number): string[] {
  const path = `${parent.path}.${key}`;
  const values = Array.from(arrayField(parent, key));
  if (values.length !== 0 && values.length !== columnCount) {
    throw new ModelFormatError(path, `${values.length} entries; expected none or ${columnCount}`);
  }
  return values.map((value, index) => {
    if (typeof value !== "string")
      throw new ModelFormatError(`${path}[${index}]`, `${showValue(value)}; expected text`);
    return value;
  });
}

function readAttributes(learner: DocumentObject): Record<string, string> {
  if (learner.fields.attributes === undefined) return {};
  const attributes = objectField(learner, "attributes");
  return Object.fromEntries(Object.keys(attributes.fields).map((key) => [key, stringField(attributes, key)]));
}

function readTrees(booster: DocumentObject, columnCount: number): Tree[] {
  const name = stringField(booster, "name");
  if (name !== "gbtree") throw new ModelFormatError(`${booster.path}.name`, `${showValue(name)}; expected "gbtree"`);
  const model = objectField(booster, "model");
  const param = objectField(model, "gbtree_model_param");
  const count = wholeParam(param, "num_trees", { min: 0, max: treesMax });
  if (param.fields.num_parallel_tree !== undefined) wholeParam(param, "num_parallel_tree", { min: 0, max: 1 });
  if (param.fields.size_leaf_vector !== undefined) wholeParam(param, "size_leaf_vector", { min: 0, max: 1 });
  numbersField(model, "tree_info", { length: count, whole: { min: 0, max: 0 } });
  if (model.fields.iteration_indptr !== undefined) checkIterations(model, count);
  const trees = arrayField(model, "trees");
  if (trees.length !== count)
    throw new ModelFormatError(`${model.path}.trees`, `${trees.length} entries; expected ${count}`);
  return Array.from(trees, (entry, index) => {
    const tree = asObject(entry, `${model.path}.trees[${index}]`);
    if (tree.fields.id !== index)
      throw new ModelFormatError(`${tree.path}.id`, `${showValue(tree.fields.id)}; expected ${index}`);
    return verifyTree(tree, columnCount);
  });
}

// From version 2 on: where each round's trees start; with one tree a round simply 0, 1, 2, …
function checkIterations(model: DocumentObject, trees: number): void {
  const starts = numbersField(model, "iteration_indptr", { length: trees + 1, whole: { min: 0, max: trees } });
  const wrong = Array.from(starts).findIndex((start, index) => start !== index);
  if (wrong >= 0)
    throw new ModelFormatError(`${model.path}.iteration_indptr[${wrong}]`, `${starts[wrong]}; expected ${wrong}`);
}

function decimal(text: string): number {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
