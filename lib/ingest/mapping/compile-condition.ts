import { remembering } from "../times";
import type { Condition } from "./contract";
import { toText, toWord, trimField } from "./foreign-text";

/** Compiles conditions into one that holds where all of them do. */
export function compileConditions(
  conditions: readonly Condition[],
  positions: ReadonlyMap<string, number>,
): (fields: readonly string[]) => boolean {
  const tests = conditions.map((condition) => {
    const position = positions.get(condition.column) as number;
    const test = compileTest(condition);
    return (fields: readonly string[]) => test(trimField(fields[position] as string));
  });
  return (fields) => tests.every((test) => test(fields));
}

function compileTest({ is, words = [] }: Condition): (field: string) => boolean {
  const known = new Set(words.map(toWord));
  const isKnown = remembering((field) => known.has(toWord(toText(field))));
  switch (is) {
    case "filled":
      return (field) => field !== "";
    case "empty":
      return (field) => field === "";
    case "one-of":
      return isKnown;
    case "none-of":
      return (field) => !isKnown(field);
  }
}
