import { z } from "zod";
import { IntervalEstimateSchema } from "@/lib/model-registry/contract";

export const TRAINING_STATUSES = ["running", "succeeded", "refused", "failed"] as const;
export type TrainingStatus = (typeof TRAINING_STATUSES)[number];

export const PARTS = ["train", "earlyStopping", "calibration", "test"] as const;
export type Part = (typeof PARTS)[number];

/** As-of times (ISO) of each part and of the gaps between; `stride` is the distance of the training weeks used. */
export const SplitsSchema = z.object({
  train: z.array(z.string()),
  gapAfterTrain: z.array(z.string()),
  earlyStopping: z.array(z.string()),
  calibration: z.array(z.string()),
  gapBeforeTest: z.array(z.string()),
  test: z.array(z.string()),
  stride: z.number().int(),
});
export type Splits = z.infer<typeof SplitsSchema>;

/** How much a part holds. One departure is in several weekly rows; `departedCustomers` counts it once. */
export const PartCountsSchema = z.object({
  weeks: z.number().int(),
  rows: z.number().int(),
  customers: z.number().int(),
  departureRows: z.number().int(),
  departedCustomers: z.number().int(),
});
export type PartCounts = z.infer<typeof PartCountsSchema>;

/** training_run.counts; absent parts could not be formed. `withoutLabel`: feature rows that have no label yet. */
export const CountsSchema = z.object({
  parts: z.partialRecord(z.enum(PARTS), PartCountsSchema),
  withoutLabel: z.number().int(),
});
export type Counts = z.infer<typeof CountsSchema>;

/** training_run.metrics: on the out-of-time test, with 95% intervals by customers. */
export const TrainingMetricsSchema = z.object({
  rocAuc: IntervalEstimateSchema,
  averagePrecision: IntervalEstimateSchema,
  logLoss: IntervalEstimateSchema,
  brierScore: IntervalEstimateSchema,
  /** Of rows above the threshold. */
  precision: IntervalEstimateSchema,
  recall: IntervalEstimateSchema,
  /** Of the queue: flagged and watch, each week anew, with the capacity in force. */
  queuePrecision: IntervalEstimateSchema,
  queueRecall: IntervalEstimateSchema,
  expectedCalibrationError: z.number().nullable(),
  reliability: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      rows: z.number(),
      meanProbability: z.number(),
      observedRate: z.number(),
    }),
  ),
  threshold: z.number(),
  floor: z.number(),
  capacity: z.number(),
  /** Rows of the test above the threshold, and on the list. */
  flaggedRows: z.number(),
  listedRows: z.number(),
  rows: z.number(),
  customers: z.number(),
  departureRows: z.number(),
  departedCustomers: z.number(),
  resamples: z.number(),
});
export type TrainingMetrics = z.infer<typeof TrainingMetricsSchema>;

/** training_run.learning_curve: log loss by round. */
export const LearningCurveSchema = z.object({
  bestRound: z.number().int(),
  train: z.array(z.number()),
  validation: z.array(z.number()),
});
export type LearningCurve = z.infer<typeof LearningCurveSchema>;

export const LibrarySchema = z.object({
  version: z.string(),
  path: z.string(),
  source: z.string(),
  threads: z.number().int(),
});
export type LibraryBuild = z.infer<typeof LibrarySchema>;

/** A training run in a list; times are ISO. */
export type TrainingRunSummary = {
  id: number;
  status: TrainingStatus;
  startedAt: string;
  finishedAt: string | null;
  startedBy: { id: number; name: string } | null;
  seed: number;
  viewName: string;
  viewVersion: number;
  modelVersion: { id: number; number: number } | null;
  message: string | null;
  /** What the data lacks, where that is why the run was refused (a failed state of lib/readiness). */
  refusal: string | null;
  /** Promotion gates of its model; null without one. */
  gates: { passed: number; of: number } | null;
  /** Null until the metrics are known. */
  metrics: TrainingMetrics | null;
};

export type TrainingRunDetail = TrainingRunSummary & {
  splits: Splits | null;
  params: Record<string, unknown>;
  library: LibraryBuild | null;
  dataHash: string | null;
  codeRevision: string | null;
  counts: Counts | null;
  learningCurve: LearningCurve | null;
};
