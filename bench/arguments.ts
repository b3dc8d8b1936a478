import { parseArgs } from "node:util";

export const PARTS = ["import", "features", "training", "scoring", "python"] as const;
export type Part = (typeof PARTS)[number];

export type BenchArguments = {
  /** Numbers of paying customers, ascending. */
  readonly sizes: readonly number[];
  readonly parts: ReadonlySet<Part>;
  /** Weeks of history of the world that is trained on. */
  readonly weeks: number;
};

/** An argument is wrong; the message is one line for people. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** @throws ArgumentError naming the argument, its value and what is expected */
export function parseBenchArguments(words: readonly string[]): BenchArguments {
  const values = parseOptions(words);
  const parts = list(values.only ?? PARTS.join(",")).map((word) => {
    if (!(PARTS as readonly string[]).includes(word))
      throw new ArgumentError(`--only has "${word}": expected some of ${PARTS.join(",")}`);
    return word as Part;
  });
  const sizes = list(values.sizes ?? "10000,40000,160000").map((word) =>
    wholeNumber({ name: "sizes", word, min: 100, max: 1_000_000 }),
  );
  return {
    sizes: [...new Set(sizes)].sort((a, b) => a - b),
    parts: new Set(parts),
    weeks: wholeNumber({ name: "weeks", word: values.weeks ?? "78", min: 40, max: 200 }),
  };
}

function list(text: string): string[] {
  return text.split(",").map((word) => word.trim());
}

function wholeNumber(args: { name: string; word: string; min: number; max: number }): number {
  const value = /^\d{1,9}$/.test(args.word) ? Number(args.word) : Number.NaN;
  if (!(value >= args.min && value <= args.max))
    throw new ArgumentError(
      `--${args.name} has "${args.word}": expected a whole number from ${args.min} to ${args.max}`,
    );
  return value;
}

function parseOptions(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { sizes: { type: "string" }, only: { type: "string" }, weeks: { type: "string" } },
    }).values;
  } catch (error) {
    throw new ArgumentError((error as Error).message);
  }
}
