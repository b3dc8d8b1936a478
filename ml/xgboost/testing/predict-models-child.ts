import { readFileSync } from "node:fs";
import { createMatrix } from "../../matrix/matrix";
import { Booster } from "../booster";
import { XgboostError } from "../errors";

/** What the parent writes to the file named as the only argument. */
export type Question = { columns: string[]; rows: number; values: (number | null)[]; models: string[] };

/** One line per model, in order. */
export type Answer = { refused: string } | { margins: number[]; contributions: number[] };

// Loads models that passed the check, in a process that may die of them; the parent counts the lines.
const question: Question = JSON.parse(readFileSync(process.argv[2]!, "utf8"));
const values = Float32Array.from(question.values, (value) => value ?? Number.NaN);
for (const model of question.models) process.stdout.write(`${JSON.stringify(answer(model))}\n`);

function answer(model: string): Answer {
  try {
    const booster = Booster.load(new Uint8Array(Buffer.from(model, "base64")), { threads: 1 });
    const matrix = createMatrix({ columns: booster.columns, rows: question.rows, values });
    const margins = Array.from(booster.predictMargin(matrix));
    const contributions = Array.from(booster.predictContributions(matrix).values);
    booster.dispose();
    return { margins, contributions };
  } catch (error) {
    if (error instanceof XgboostError) return { refused: error.message };
    throw error;
  }
}
