import { parseArgs } from "node:util";
import { runJobNow } from "@/jobs/runner/run-job-now";
import { withDatabase } from "@/lib/db/with-database";
import { EnvError } from "@/lib/env/env";
import { DomainError } from "@/lib/http/domain-error";
import { JOB_NAMES, JOB_TITLES, type JobProgress } from "@/lib/job-runs/contract";

const PRINT_EVERY_MS = 1_000;
const usage = [
  "npm run job -- NAME [--as-of YYYY-MM-DD] [--seed N]",
  "",
  ...JOB_NAMES.map((name) => `  ${name.padEnd(18)} ${JOB_TITLES[name]}`),
  "",
].join("\n");

process.exitCode = await main(process.argv.slice(2));

/** Runs one job by hand and prints its progress. @returns the exit code: 0 succeeded, 1 failed, 2 asked for wrongly */
async function main(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { "as-of": { type: "string" }, seed: { type: "string" } },
    });
    const [job] = positionals;
    if (!job || positionals.length > 1) {
      process.stderr.write(usage);
      return 2;
    }
    return await withDatabase(async ({ signal }) => {
      const run = await runJobNow({
        job,
        payload: {
          ...(values["as-of"] === undefined ? {} : { asOf: values["as-of"] }),
          ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
        },
        actor: { id: null, label: "command line" },
        now: new Date(),
        signal,
        onProgress: progressPrinter(),
      });
      if (run.status === "succeeded") process.stdout.write(`${JSON.stringify(run.result, null, 2)}\n`);
      else process.stderr.write(`${run.title}: ${run.status}${run.error ? `: ${run.error}` : ""}\n`);
      return run.status === "succeeded" ? 0 : 1;
    });
  } catch (error) {
    const expected = error instanceof DomainError || error instanceof EnvError || isUsageError(error);
    if (!expected) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

/** One line for each new step, and at most one a second within a step. */
function progressPrinter(): (progress: JobProgress) => void {
  let [last, at] = ["", 0];
  return ({ step, fraction, message }) => {
    const now = Date.now();
    if (step === last && now - at < PRINT_EVERY_MS) return;
    [last, at] = [step, now];
    const share = fraction === null ? "    " : `${String(Math.round(fraction * 100)).padStart(3)}%`;
    process.stdout.write(`${share} ${step}${message ? `: ${message}` : ""}\n`);
  };
}

function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS");
}
