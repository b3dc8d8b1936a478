/** What is measured, each in a process of its own; loaded only there, so that nothing else stands in its memory. */
export const STEPS = {
  "write-usage-files": async () => (await import("./steps/write-usage-files")).writeUsageFiles,
  "import-files": async () => (await import("./steps/import-files")).importFiles,
  "make-world": async () => (await import("./steps/make-world")).makeWorld,
  "build-features": async () => (await import("./steps/build-weeks")).buildWeeks,
  "train-model": async () => (await import("./steps/train-on-history")).trainOnHistory,
  "adopt-model": async () => (await import("./steps/adopt-model")).adoptModel,
  "score-accounts": async () => (await import("./steps/score-week")).scoreWeek,
  predict: async () => (await import("./steps/predict")).predict,
  "write-matrix": async () => (await import("./steps/write-matrix")).writeMatrix,
  "fit-matrix": async () => (await import("./steps/fit-matrix")).fitMatrix,
} as const;

type Steps = typeof STEPS;
type StepFunction<N extends StepName> = Awaited<ReturnType<Steps[N]>>;
export type StepName = keyof Steps;
/** What crosses the process border is copied by structured clone: dates and byte arrays survive, functions don't. */
export type StepArgs<N extends StepName> = Parameters<StepFunction<N>>[0];
export type StepResult<N extends StepName> = Awaited<ReturnType<StepFunction<N>>>;
