import { fork } from "node:child_process";
import path from "node:path";
import { env } from "@/lib/env/env";
import { xgboostProcessEnv } from "@/ml/xgboost/process-env";
import type { ChildAnswer, ChildTask } from "./child";
import { watchPostgres } from "./postgres-usage";
import type { StepArgs, StepName, StepResult } from "./steps";

/** What a step took beside its time. */
export type Usage = {
  /** Most memory that the step's process held (its largest resident set), the runtime included. */
  readonly peakBytes: number | null;
  /** Most that the database server held meanwhile; null where there is none or it cannot be told. */
  readonly postgresPeakBytes: number | null;
  /** Processor time of the step and the server; unlike time it hardly depends on what else the machine does. */
  readonly cpuSeconds: number | null;
};
export type Measured<T> = T & Usage;

/**
 * Runs one step in a process of its own, with the environment that jobs get, and waits for its result.
 * @throws Error with the step's own error
 */
export async function runStep<N extends StepName>(
  step: N,
  args: StepArgs<N>,
  where: { url?: string; postgresPid?: number } = {},
): Promise<Measured<StepResult<N>>> {
  const unused = { peakBytes: null, cpuSeconds: 0 };
  const stopWatching = where.postgresPid === undefined ? () => unused : watchPostgres(where.postgresPid);
  const asked = await askChild({ step, args }, where.url).finally(stopWatching);
  const server = stopWatching();
  if (!asked.ok) throw new Error(`${step}: ${asked.error}`);
  return {
    ...(asked.result as StepResult<N>),
    peakBytes: asked.peakBytes,
    postgresPeakBytes: server.peakBytes,
    cpuSeconds: server.cpuSeconds === null ? null : asked.cpuSeconds + server.cpuSeconds,
  };
}

function askChild(task: ChildTask, url: string | undefined): Promise<ChildAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, "child.ts"), {
      execArgv: ["--import", "tsx", "--conditions=react-server"],
      env: {
        ...process.env,
        ...xgboostProcessEnv({ threads: env().TIDELINE_THREADS }),
        ...(url === undefined ? {} : { DATABASE_URL: url }),
      },
      serialization: "advanced",
    });
    let answer: ChildAnswer | undefined;
    child.once("message", (message) => {
      answer = message as ChildAnswer;
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (answer) resolve(answer);
      else reject(new Error(`${task.step}: its process ended without an answer (${signal ?? code})`));
    });
    child.send(task as unknown as Parameters<typeof child.send>[0]);
  });
}
