import type { Random } from "../../random/random";
import type { DocumentValue } from "../ubj-reader";
import { editDocument, removed, valueAt } from "./edit-document";

type Path = (string | number)[];

const treesPath: Path = ["learner", "gradient_booster", "model", "trees"];

/** Breaks one tree so that following it would leave the arrays, never end, or read a column that is not there. */
export function breakTree(document: DocumentValue, random: Random): DocumentValue {
  const trees = valueAt(document, treesPath) as readonly DocumentValue[];
  const path = [...treesPath, random.nextInt(trees.length)];
  const left = valueAt(document, [...path, "left_children"]) as readonly number[];
  const inner = left.flatMap((child, node) => (child === -1 ? [] : [node]));
  const node = inner[random.nextInt(inner.length)]!;
  const side = random.nextInt(2) === 0 ? "left_children" : "right_children";
  const set = (key: string, value: DocumentValue) => editDocument(document, [...path, key, node], value);
  switch (random.nextInt(8)) {
    case 0:
      return set(side, left.length + random.nextInt(1_000_000));
    case 1:
      return set(side, -2 - random.nextInt(1_000_000));
    case 2: // the node itself, its ancestor, or a node that already has a parent
      return set(side, random.nextInt(node + 1));
    case 3:
      return set(side, -1);
    case 4:
      return set("split_indices", 6 + random.nextInt(1_000_000));
    case 5:
      return set("split_conditions", random.nextInt(2) === 0 ? Number.NaN : Number.POSITIVE_INFINITY);
    case 6:
      return editDocument(document, [...path, "sum_hessian", node], -1 - random.next());
    default: {
      const key = ["left_children", "parents", "split_conditions", "sum_hessian"][random.nextInt(4)]!;
      return editDocument(document, [...path, key, node], removed);
    }
  }
}

/** Changes one place anywhere in the document; the result may be whole by chance (another threshold, say). */
export function changeAnywhere(document: DocumentValue, random: Random): DocumentValue {
  const path: Path = [];
  let value = document;
  // Walk down at random, stopping early one time in eight, so that every level is hit.
  while (value !== null && typeof value === "object" && (path.length === 0 || random.nextInt(8) > 0)) {
    const keys = Object.keys(value);
    if (keys.length === 0) break;
    const key = keys[random.nextInt(keys.length)]!;
    path.push(key);
    value = valueAt(value, [key])!;
  }
  return editDocument(document, path, random.nextInt(4) === 0 ? removed : replacement(value, random));
}

function replacement(value: DocumentValue, random: Random): DocumentValue {
  const choices: DocumentValue[] = [
    -1,
    0,
    1,
    2,
    255,
    2_147_483_647,
    0.5,
    -3.25,
    1e38,
    null,
    true,
    "",
    "1",
    "-1",
    "7E0",
    [],
    {},
    [1, 2],
  ];
  if (typeof value === "number") choices.push(value + 1, value - 1, -value, value * 2);
  return choices[random.nextInt(choices.length)]!;
}

/** Flips, cuts, repeats or inserts bytes. */
export function damageBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.nextInt(bytes.length);
  switch (random.nextInt(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 1 - random.nextInt(64)))]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.nextInt(256)]), bytes.subarray(at)]);
    default: {
      const damaged = bytes.slice();
      for (let flip = 0; flip <= random.nextInt(4); flip++) damaged[random.nextInt(bytes.length)] = random.nextInt(256);
      return damaged;
    }
  }
}
