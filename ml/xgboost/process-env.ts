import { availableParallelism } from "node:os";

/**
 * Environment additions for a child process that will use XGBoost. They must stand before the process starts, since
 * OpenMP reads them once: with its default of spinning threads, a second busy process made training 14 times slower.
 */
export function xgboostProcessEnv(args: { threads?: number } = {}): Record<string, string> {
  return {
    OMP_WAIT_POLICY: "passive",
    OMP_NUM_THREADS: String(args.threads ?? availableParallelism()),
  };
}
