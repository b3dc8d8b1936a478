import { arrayField, type DocumentObject, numbersField, objectField, wholeParam } from "./document-access";
import { ModelFormatError } from "./errors";

/**
 * One regression tree; node 0 is the root. Node i is a leaf when `left[i]` is -1, then `value[i]` is its margin; otherwise
 * a row goes left when its feature is below `value[i]`, or is missing and `defaultLeft[i]` is 1.
 */
export type Tree = {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  readonly value: Float32Array;
  readonly defaultLeft: Uint8Array;
  /** Sum of second derivatives of the training rows that reached the node; the weight that SHAP averages by. */
  readonly cover: Float32Array;
};

const noParent = 2_147_483_647;
const nodesMax = 1 << 20;
const treeDepthMax = 64;
// Sums of float32 histograms drift apart a little; a tampered cover, which would bend every explanation, is far off.
const coverTolerance = 0.01;

/**
 * Checks one tree of a model document: equal lengths, children inside the arrays and after the root, every node reached
 * once and with the parent it states, finite numbers, features below `columnCount`, covers that add up, no categories.
 *
 * @throws ModelFormatError naming the entry
 */
export function verifyTree(tree: DocumentObject, columnCount: number): Tree {
  const param = objectField(tree, "tree_param");
  const count = wholeParam(param, "num_nodes", { min: 1, max: nodesMax });
  const deleted = wholeParam(param, "num_deleted", { min: 0, max: count - 1 });
  wholeParam(param, "num_feature", { min: columnCount, max: columnCount });
  wholeParam(param, "size_leaf_vector", { min: 0, max: 1 });

  const node = { min: -1, max: count - 1 };
  const left = numbersField(tree, "left_children", { length: count, whole: node });
  const right = numbersField(tree, "right_children", { length: count, whole: node });
  const parents = numbersField(tree, "parents", { length: count, whole: { min: -1, max: noParent } });
  // A pruned node's feature is the largest unsigned number; only nodes that are reached must name a column.
  const feature = numbersField(tree, "split_indices", { length: count, whole: { min: -1, max: 4_294_967_295 } });
  const value = numbersField(tree, "split_conditions", { length: count });
  const defaultLeft = numbersField(tree, "default_left", { length: count, whole: { min: 0, max: 1 } });
  const cover = numbersField(tree, "sum_hessian", { length: count });
  numbersField(tree, "loss_changes", { length: count });
  numbersField(tree, "base_weights", { length: count });
  refuseCategories(tree, count);

  const reached = walk({ tree, left, right, parents, feature, cover, count, columnCount });
  if (count - reached !== deleted) {
    throw new ModelFormatError(
      `${tree.path}.tree_param.num_deleted`,
      `${deleted}, but ${count - reached} nodes are not reached from the root`,
    );
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(feature, (index) => index | 0),
    value: Float32Array.from(value),
    defaultLeft: Uint8Array.from(defaultLeft),
    cover: Float32Array.from(cover),
  };
}

type Links = {
  tree: DocumentObject;
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  parents: ArrayLike<number>;
  feature: ArrayLike<number>;
  cover: ArrayLike<number>;
  count: number;
  columnCount: number;
};

/** Visits every node from the root once; returns how many. An explicit stack, since the depth is not yet trusted. */
function walk(links: Links): number {
  const { tree, left, right, parents, count } = links;
  if (parents[0] !== noParent && parents[0] !== -1) {
    throw new ModelFormatError(`${tree.path}.parents[0]`, `${parents[0]}; expected ${noParent} for the root`);
  }
  const seen = new Uint8Array(count);
  const stack: [node: number, depth: number][] = [[0, 0]];
  seen[0] = 1;
  let reached = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [nodeId, depth] = next;
    reached += 1;
    if (depth > treeDepthMax) throw new ModelFormatError(tree.path, `deeper than ${treeDepthMax} levels`);
    checkNode(links, nodeId);
    if (left[nodeId] === -1) continue;
    for (const [key, child] of [
      ["left_children", left[nodeId]!],
      ["right_children", right[nodeId]!],
    ] as const) {
      const path = `${tree.path}.${key}[${nodeId}]`;
      if (child < 1) throw new ModelFormatError(path, `${child}; expected a node from 1 to ${count - 1}`);
      if (seen[child]) throw new ModelFormatError(path, `node ${child} has two parents or is its own ancestor`);
      if (parents[child] !== nodeId) {
        throw new ModelFormatError(`${tree.path}.parents[${child}]`, `${parents[child]}; expected ${nodeId}`);
      }
      seen[child] = 1;
      stack.push([child, depth + 1]);
    }
  }
  checkCovers(links, seen);
  return reached;
}

function checkNode(links: Links, nodeId: number): void {
  const { tree, left, right, feature, columnCount } = links;
  const isLeaf = left[nodeId] === -1;
  if (isLeaf !== (right[nodeId] === -1)) {
    throw new ModelFormatError(
      `${tree.path}.right_children[${nodeId}]`,
      `${right[nodeId]}; expected two children or none`,
    );
  }
  const index = feature[nodeId]!;
  if (index < 0 || index >= columnCount) {
    throw new ModelFormatError(`${tree.path}.split_indices[${nodeId}]`, `${index}; expected 0 to ${columnCount - 1}`);
  }
}

// After the structure is known to be sound, so that a wrong link is reported as one.
function checkCovers({ tree, left, right, cover }: Links, seen: Uint8Array): void {
  for (const [nodeId, reached] of seen.entries()) {
    if (!reached) continue;
    const own = cover[nodeId]!;
    const path = `${tree.path}.sum_hessian[${nodeId}]`;
    const isLeaf = left[nodeId] === -1;
    if (own < 0 || (!isLeaf && own === 0)) {
      throw new ModelFormatError(path, `${own}; expected ${isLeaf ? "at least" : "above"} 0`);
    }
    if (isLeaf) continue;
    const children = cover[left[nodeId]!]! + cover[right[nodeId]!]!;
    if (Math.abs(children - own) > coverTolerance * own) {
      throw new ModelFormatError(path, `${own}, but its children hold ${children}`);
    }
  }
}

function refuseCategories(tree: DocumentObject, count: number): void {
  if (tree.fields.split_type !== undefined) {
    numbersField(tree, "split_type", { length: count, whole: { min: 0, max: 0 } });
  }
  for (const key of ["categories", "categories_nodes", "categories_segments", "categories_sizes"]) {
    if (tree.fields[key] === undefined) continue;
    const { length } = arrayField(tree, key);
    if (length > 0)
      throw new ModelFormatError(`${tree.path}.${key}`, `${length} entries; categorical splits are not accepted`);
  }
}
