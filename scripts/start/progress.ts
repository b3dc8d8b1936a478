/** The steps of a start, in order, as people read them. */
export const STEPS = {
  settings: "Settings and libraries",
  database: "Database",
  tables: "Tables",
  build: "Web pages",
  data: "Data",
  serve: "Web server and jobs",
} as const;

export type StepId = keyof typeof STEPS;
export type StepState = "waiting" | "running" | "done" | "failed";

export type StepProgress = {
  readonly id: StepId;
  readonly label: string;
  readonly state: StepState;
  /** What is going on, in words. */
  readonly message?: string;
  /** From 0 to 1, where the step can tell. */
  readonly fraction?: number;
};

/** How far a start is: what the progress page shows and /progress.json answers. */
export type StartProgress = { readonly ready: boolean; readonly steps: readonly StepProgress[] };

/** What the first start makes: not known or not a first start, being asked, the demo, or an empty installation. */
export type DataBegun = "unknown" | "asking" | "demo" | "own";

/** What the progress page shows: the steps, what is made, and whether one's own data can still be chosen. */
export type StartView = StartProgress & { readonly data: DataBegun; readonly ownDataOffered: boolean };

/** Where every start begins. */
export const NOTHING_DONE: StartProgress = {
  ready: false,
  steps: Object.entries(STEPS).map(([id, label]) => ({ id: id as StepId, label, state: "waiting" })),
};

/** The progress with one step changed. */
export function withStep(
  progress: StartProgress,
  id: StepId,
  change: Pick<StepProgress, "state" | "message" | "fraction">,
): StartProgress {
  const steps = progress.steps.map((step) => (step.id === id ? { id, label: step.label, ...change } : step));
  return { ...progress, steps };
}
