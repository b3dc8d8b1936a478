import { describe, expect, test } from "vitest";
import { ModelFormatError } from "./errors";
import { editDocument, removed, valueAt } from "./testing/edit-document";
import { readRecordedCases } from "./testing/recorded-cases";
import { writeJson, writeUbj } from "./testing/write-model";
import { type DocumentValue, readUbj } from "./ubj-reader";
import { verifyModel } from "./verify-model";

const cases = readRecordedCases();
const recorded = cases[0]!;
const text = new TextDecoder().decode(recorded.modelJson);
const document: DocumentValue = JSON.parse(text);
const tree = "learner.gradient_booster.model.trees.1";
const rightOfRoot = Number(valueAt(document, [...tree.split("."), "right_children", 0]));

describe("whole models are accepted", () => {
  test.each(cases)(
    "as Python wrote them, in both formats with the same content: $name",
    ({ modelJson, modelUbj, asked }) => {
      const fromJson = verifyModel(modelJson);
      expect(verifyModel(modelUbj)).toEqual(fromJson);
      expect(fromJson.columns).toEqual(asked.columns);
      expect(fromJson.trees).toHaveLength(20);
    },
  );

  test("the writers of these tests make what XGBoost makes, so what they break is otherwise whole", () => {
    expect(writeUbj(document)).toEqual(recorded.modelUbj);
    expect(verifyModel(writeJson(document))).toEqual(verifyModel(recorded.modelJson));
  });

  test("nodes that pruning has deleted may stay behind, if they are counted", () => {
    const withPruned = cases.find(({ name }) => name.includes("pruned nodes left in"))!;
    const pruned: DocumentValue = JSON.parse(new TextDecoder().decode(withPruned.modelJson));
    const trees = valueAt(pruned, ["learner", "gradient_booster", "model", "trees"]) as readonly DocumentValue[];
    const deleted = trees.map((entry) => Number(valueAt(entry, ["tree_param", "num_deleted"])));
    expect(Math.max(...deleted)).toBeGreaterThan(0);
    expect(() => verifyModel(withPruned.modelUbj)).not.toThrow();
  });

  test("a base score may stand in a list of one, as from version 3.1 on", () => {
    const edited = editDocument(document, "learner.learner_model_param.base_score".split("."), "[3E-1]");
    expect(verifyModel(writeUbj(edited))).toMatchObject({ baseScore: 0.3 });
  });

  test("the base margin is the log-odds of a logistic base score", () => {
    expect(verifyModel(recorded.modelUbj).baseMargin).toBeCloseTo(Math.log(0.3 / 0.7), 6);
  });
});

describe("broken models are refused in both formats, naming the place", () => {
  const breaks: [rule: string, path: string, value: DocumentValue | typeof removed, message: string][] = [
    ["a child beyond the nodes", `${tree}.left_children.0`, 9999, "left_children[0]: 9999"],
    ["a child below -1", `${tree}.left_children.0`, -2, "left_children[0]: -2"],
    ["the root as a child", `${tree}.left_children.1`, 0, "left_children[1]: 0"],
    ["a node with two parents", `${tree}.left_children.0`, rightOfRoot, "trees[1]"],
    ["a cycle", `${tree}.left_children.1`, 1, "left_children[1]: node 1"],
    ["a single child", `${tree}.right_children.0`, -1, "expected two children or none"],
    ["a parent that is not the parent", `${tree}.parents.1`, 2, "parents[1]: 2; expected 0"],
    ["a root with a parent", `${tree}.parents.0`, 3, "parents[0]: 3"],
    ["nodes that nothing leads to", `${tree}.tree_param.num_deleted`, "1", "num_deleted: 1, but 0"],
    ["a column beyond the columns", `${tree}.split_indices.0`, 6, "split_indices[0]: 6; expected 0 to 5"],
    ["a negative column", `${tree}.split_indices.0`, -1, "split_indices[0]: -1"],
    ["half a column", `${tree}.split_indices`, [0.5], "split_indices"],
    ["a threshold that is no number", `${tree}.split_conditions.0`, Number.NaN, "split_conditions[0]: NaN"],
    ["an infinite threshold", `${tree}.split_conditions.2`, Number.POSITIVE_INFINITY, "split_conditions[2]: Infinity"],
    ["text for a threshold", `${tree}.split_conditions.2`, "1", 'split_conditions[2]: "1"'],
    ["a negative cover", `${tree}.sum_hessian.0`, -1, "sum_hessian[0]: -1"],
    ["an inner node without cover", `${tree}.sum_hessian.0`, 0, "sum_hessian[0]: 0; expected above 0"],
    ["covers that do not add up", `${tree}.sum_hessian.0`, 500, "sum_hessian[0]: 500"],
    ["a list too short", `${tree}.loss_changes`, [], "loss_changes: 0 entries"],
    ["a list missing", `${tree}.default_left`, removed, "default_left: missing"],
    ["a direction that is neither", `${tree}.default_left.0`, 2, "default_left[0]: 2"],
    ["fewer nodes stated than listed", `${tree}.tree_param.num_nodes`, "3", "entries; expected 3"],
    ["a negative count", `${tree}.tree_param.num_nodes`, "-1", "num_nodes"],
    ["a count with an exponent", `${tree}.tree_param.num_nodes`, "1e1", "num_nodes"],
    ["a count as a number", `${tree}.tree_param.num_nodes`, 9, "num_nodes: 9; expected text"],
    ["a tree for other columns", `${tree}.tree_param.num_feature`, "7", 'num_feature: "7"'],
    ["a categorical split", `${tree}.split_type.0`, 1, "split_type[0]: 1"],
    ["categories", `${tree}.categories`, [1], "categorical splits are not accepted"],
    ["a tree out of order", `${tree}.id`, 5, "trees[1].id: 5"],
    ["a tree missing", tree, removed, "trees: 19 entries; expected 20"],
    ["a tree that is none", tree, 7, "trees[1]: 7; expected an object"],
    ["fewer trees stated", "learner.gradient_booster.model.gbtree_model_param.num_trees", "19", "expected 19"],
    ["a tree of a second class", "learner.gradient_booster.model.tree_info.0", 1, "tree_info[0]: 1"],
    [
      "several trees a round",
      "learner.gradient_booster.model.gbtree_model_param.num_parallel_tree",
      "4",
      "num_parallel_tree",
    ],
    ["rounds that share trees", "learner.gradient_booster.model.iteration_indptr", [0, 2, 1], "iteration_indptr"],
    ["another booster", "learner.gradient_booster.name", "dart", 'name: "dart"; expected "gbtree"'],
    ["columns stated too few", "learner.learner_model_param.num_feature", "5", "expected none or 5"],
    ["no columns", "learner.learner_model_param.num_feature", "0", "num_feature"],
    ["several classes", "learner.learner_model_param.num_class", "3", "num_class"],
    ["a name twice", "learner.feature_names.1", "tenure", "repeated or empty names"],
    ["a name missing", "learner.feature_names.1", removed, "feature_names: 5 entries"],
    [
      "a categorical column",
      "learner.feature_types",
      ["float", "c", "float", "float", "float", "float"],
      "feature_types[1]",
    ],
    ["another objective", "learner.objective.name", "rank:pairwise", '"rank:pairwise"; expected one of'],
    [
      "a weight of positives below 0",
      "learner.objective.reg_loss_param.scale_pos_weight",
      "-1",
      "scale_pos_weight: -1",
    ],
    ["a base score of 0", "learner.learner_model_param.base_score", "0E0", "base_score"],
    ["a base score of 1", "learner.learner_model_param.base_score", "1E0", "base_score"],
    ["a base score that is no number", "learner.learner_model_param.base_score", "nan", 'base_score: "nan"'],
    ["a base score missing", "learner.learner_model_param.base_score", removed, "base_score: missing"],
    ["an attribute that is no text", "learner.attributes.best_iteration", 3, "best_iteration: 3; expected text"],
    ["an unknown version", "version.0", 9, "version[0]: 9; expected 1, 2 or 3"],
    ["no version", "version", removed, "version: missing"],
    ["no learner", "learner", removed, "learner: missing"],
  ];
  test.each(breaks)("%s", (_rule, path, value, message) => {
    const edited = editDocument(document, path.split("."), value);
    expect(() => verifyModel(writeUbj(edited))).toThrow(message);
    // NaN and Infinity cannot be written in JSON, where the text itself is refused.
    const writable = typeof value !== "number" || Number.isFinite(value);
    expect(() => verifyModel(writeJson(edited))).toThrow(writable ? message : ModelFormatError);
  });
});

describe("documents that two readers could take differently are refused", () => {
  const inText = (change: (text: string) => string) => new TextEncoder().encode(change(text));

  test.each([
    ["a key twice", (json: string) => json.replace('"id":1,', '"id":1,"id":1,')],
    ["a key twice, once escaped", (json: string) => json.replace('"id":1,', '"id":1,"\\u0069d":1,')],
    ["anything after the end", (json: string) => `${json} {}`],
    ["a byte order mark", (json: string) => `\uFEFF${json}`],
    ["a space before the first key", (json: string) => json.replace("{", "{ ")],
    ["a comment", (json: string) => json.replace("{", "{/* */")],
    ["a number beyond doubles", (json: string) => json.replace(/"sum_hessian":\[[^,]+/, '"sum_hessian":[1e999')],
    ["a number beyond float32", (json: string) => json.replace(/"sum_hessian":\[[^,]+/, '"sum_hessian":[1e39')],
    [
      "nesting that would overflow a stack",
      (json: string) => json.replace('{"learner"', `{"x":${"[".repeat(1e5)}${"]".repeat(1e5)},"learner"`),
    ],
    ["nothing at all", () => ""],
  ])("JSON with %s", (_rule, change) => {
    expect(() => verifyModel(inText(change))).toThrow(ModelFormatError);
  });

  test("a key escaped in JSON without a twin is read by its meaning", () => {
    expect(() => verifyModel(inText((json) => json.replaceAll('"id"', '"\\u0069d"')))).not.toThrow();
  });

  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
  const length = (value: number) => [0x4c, 0, 0, 0, 0, 0, 0, 0, value];
  test.each([
    ["a key twice", bytes("{", length(1), "ai", [1], length(1), "ai", [2], "}"), 'key "a" appears twice'],
    ["a length beyond the data", bytes("{", length(1), "a[$d#L", [0, 0, 1, 0, 0, 0, 0, 0], "}"), "bytes left"],
    ["a negative length", bytes("{", length(1), "a[$d#L", [255, 255, 255, 255, 255, 255, 255, 255], "}"), "length -1"],
    ["a short length marker", bytes("{", length(1), "ai", [1], "U", [1], "bi", [1], "}"), 'expected "L"'],
    ["an unknown marker", bytes("{", length(1), "aH", [1], "}"), "not one that XGBoost writes"],
    ["a typed array of text", bytes("{", length(1), "a[$S#", length(0), "}"), 'typed array of "S"'],
    ["text that is not UTF-8", bytes("{", length(1), [0xff], "i", [1], "}"), "not UTF-8"],
    ["bytes after the end", bytes("{", length(1), "ai", [1], "}}"), "1 bytes after the end"],
    ["deep nesting", bytes("{", length(1), "a", "[".repeat(100_000)), "nested deeper"],
  ])("UBJ with %s", (_rule, ubj, message) => {
    expect(() => verifyModel(ubj)).toThrow(message);
  });

  test("a document cut at any place is refused", () => {
    for (const whole of [recorded.modelJson, recorded.modelUbj]) {
      for (let end = 0; end < whole.length; end += 97) {
        expect(() => verifyModel(whole.subarray(0, end)), `cut at ${end}`).toThrow(ModelFormatError);
      }
    }
  });

  test("the UBJ reader gives every kind of value", () => {
    const ubj = bytes(
      "{",
      length(1),
      "a[TFZ",
      "i",
      [254],
      "U",
      [254],
      "I",
      [1, 0],
      "S",
      length(1),
      "x]",
      length(1),
      "b[$l#",
      length(2),
      [0, 0, 0, 1, 255, 255, 255, 255],
      "}",
    );
    expect(readUbj(ubj)).toEqual({ a: [true, false, null, -2, 254, 256, "x"], b: Int32Array.of(1, -1) });
  });
});
