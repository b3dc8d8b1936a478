import { availableParallelism } from "node:os";

/**
 * Environment additions for a child process that will use XGBoost: waiting threads sleep instead of spinning. OpenMP reads
 * them when it is loaded; `loadXgboost` sees to the first as well, but cannot where another library loaded OpenMP before.
 */
export function xgboostProcessEnv(args: { threads?: number } = {}): Record<string, string> {
  return {
    OMP_WAIT_POLICY: "passive",
    OMP_NUM_THREADS: String(args.threads ?? availableParallelism()),
  };
}
