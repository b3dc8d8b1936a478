import { spawn } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/env/env";
import { xgboostProcessEnv } from "@/ml/xgboost/process-env";
import { CONTRIBUTION_ROWS, columnNames, labelsFile, type MatrixShape, ROUNDS, valuesFile } from "./steps/fit-matrix";

/** Debian's, for which the package python3-xgboost is made. */
const PYTHON = "/usr/bin/python3";

const AnswerSchema = z.object({
  trainSeconds: z.number(),
  marginSeconds: z.number(),
  contributionSeconds: z.number(),
  version: z.string(),
  peakBytes: z.number(),
});
export type PythonTimes = z.infer<typeof AnswerSchema>;

/** The version of Debian's python3-xgboost, null where it is not there. */
export async function findPythonXgboost(): Promise<string | null> {
  const { code, output } = await runPython(["-c", "import numpy, xgboost; print(xgboost.__version__)"], "");
  return code === 0 ? output.trim() : null;
}

/** The same training and predictions as steps/fit-matrix.ts, by Python. @throws Error with what Python said. */
export async function fitByPython(args: {
  folder: string;
  shape: MatrixShape;
  nativeParams: Record<string, string>;
}): Promise<PythonTimes> {
  const task = {
    values: valuesFile(args.folder),
    labels: labelsFile(args.folder),
    rows: args.shape.rows,
    columns: columnNames(args.shape.columns),
    params: args.nativeParams,
    rounds: ROUNDS,
    contributionRows: CONTRIBUTION_ROWS,
  };
  const script = path.join(import.meta.dirname, "steps/fit_matrix.py");
  const { code, output, errors } = await runPython([script], JSON.stringify(task));
  if (code !== 0) throw new Error(`${PYTHON} failed (${code}): ${errors.trim().split("\n").at(-1)}`);
  return AnswerSchema.parse(JSON.parse(output));
}

function runPython(words: string[], input: string): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(PYTHON, words, {
      env: { ...process.env, ...xgboostProcessEnv({ threads: env().TIDELINE_THREADS }) },
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once("error", (error) => resolve({ code: null, output, errors: error.message }));
    child.once("close", (code) => resolve({ code, output, errors }));
    // It may have ended before it read anything; then its code says so.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
