import type { JobName } from "@/lib/job-runs/contract";
import type { JobHandler } from "./define-job";

/** Loads a job's handler. Only the child process does: handlers bring the native library along. */
export const loadHandler: { readonly [N in JobName]: () => Promise<JobHandler<N>> } = {
  "simulate-week": async () => (await import("../simulate-week/handler")).handleSimulateWeek,
  "import-files": async () => (await import("../import-files/handler")).handleImportFiles,
  "build-features": async () => (await import("../build-features/handler")).handleBuildFeatures,
  "score-accounts": async () => (await import("../score-accounts/handler")).handleScoreAccounts,
  "resolve-outcomes": async () => (await import("../resolve-outcomes/handler")).handleResolveOutcomes,
  "train-model": async () => (await import("../train-model/handler")).handleTrainModel,
};
