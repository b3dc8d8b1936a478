import type { Tree } from "../xgboost/verify-tree";

/**
 * Exact SHAP values of a sum of trees, straight from the definition: for each tree, Shapley values over the features it
 * uses, where the value of a set of features is the tree's mean prediction with those features known and every other split
 * averaged by training cover ("path-dependent" TreeSHAP, Lundberg et al. 2018). Doubles throughout.
 *
 * Time grows with 2^(features used in a tree): a second opinion for small trees, not for production.
 *
 * @param row feature values, NaN for missing
 * @returns one contribution per column, then the bias (`baseMargin` plus each tree's mean by cover)
 * @throws RangeError when a tree uses more than 16 features
 */
export function treeShap(args: { trees: readonly Tree[]; baseMargin: number; row: ArrayLike<number> }): Float64Array {
  const { trees, baseMargin, row } = args;
  const contributions = new Float64Array(row.length + 1);
  contributions[row.length] = baseMargin;
  for (const tree of trees) {
    const used = featuresOf(tree);
    if (used.length > 16) throw new RangeError(`Tree uses ${used.length} features; expected at most 16`);
    const worth = Float64Array.from({ length: 1 << used.length }, (_, subset) => {
      const known = new Set(used.filter((_feature, bit) => subset & (1 << bit)));
      return expectation({ tree, row, known, node: 0 });
    });
    contributions[row.length] = contributions[row.length]! + worth[0]!;
    for (const [bit, feature] of used.entries()) {
      contributions[feature] = contributions[feature]! + shapleyValue(worth, bit, used.length);
    }
  }
  return contributions;
}

/** Margin of a row: base margin plus the leaf it reaches in each tree, in doubles. */
export function predictTrees(args: { trees: readonly Tree[]; baseMargin: number; row: ArrayLike<number> }): number {
  let margin = args.baseMargin;
  for (const tree of args.trees) {
    let node = 0;
    while (tree.left[node] !== -1) node = childOf(tree, node, args.row);
    margin += tree.value[node]!;
  }
  return margin;
}

function featuresOf(tree: Tree): number[] {
  const used = new Set<number>();
  const stack = [0];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (tree.left[node] === -1) continue;
    used.add(tree.feature[node]!);
    stack.push(tree.left[node]!, tree.right[node]!);
  }
  return [...used];
}

function expectation(args: { tree: Tree; row: ArrayLike<number>; known: ReadonlySet<number>; node: number }): number {
  const { tree, row, known, node } = args;
  const left = tree.left[node]!;
  if (left === -1) return tree.value[node]!;
  if (known.has(tree.feature[node]!)) return expectation({ ...args, node: childOf(tree, node, row) });
  const right = tree.right[node]!;
  const leftWeight = tree.cover[left]!;
  const rightWeight = tree.cover[right]!;
  return (
    (leftWeight * expectation({ ...args, node: left }) + rightWeight * expectation({ ...args, node: right })) /
    (leftWeight + rightWeight)
  );
}

function childOf(tree: Tree, node: number, row: ArrayLike<number>): number {
  const value = row[tree.feature[node]!]!;
  const goesLeft = Number.isNaN(value) ? tree.defaultLeft[node] === 1 : value < tree.value[node]!;
  return goesLeft ? tree.left[node]! : tree.right[node]!;
}

// Sum over all sets without the player of |S|! (n - |S| - 1)! / n! times what the player adds to the set.
function shapleyValue(worth: Float64Array, bit: number, players: number): number {
  let value = 0;
  for (let subset = 0; subset < worth.length; subset++) {
    if (subset & (1 << bit)) continue;
    value += setWeight(countBits(subset), players) * (worth[subset | (1 << bit)]! - worth[subset]!);
  }
  return value;
}

function setWeight(size: number, players: number): number {
  // 1 / (players * binomial(players - 1, size))
  let binomial = 1;
  for (let index = 1; index <= size; index++) binomial = (binomial * (players - index)) / index;
  return 1 / (players * binomial);
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
