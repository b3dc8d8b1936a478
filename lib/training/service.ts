import {
  CountsSchema,
  LearningCurveSchema,
  LibrarySchema,
  SplitsSchema,
  TrainingMetricsSchema,
  type TrainingRunDetail,
  type TrainingRunSummary,
} from "./contract";
import { findTrainingRun, findTrainingRuns, type TrainingRunRow } from "./repository";
import type { TrainArgs, TrainingOutcome } from "./train-model";

export type { TrainingOutcome } from "./train-model";

/**
 * Trains a model (see train-model). Loaded when it is called: the web server lists runs through this module and must
 * never load the native library.
 */
export async function trainModel(args: TrainArgs): Promise<TrainingOutcome> {
  const training = await import("./train-model");
  return training.trainModel(args);
}

/** Training runs of a target, newest first. @param args.limit 1 to 500, default 100 */
export async function listTrainingRuns(args: { targetId: string; limit?: number }): Promise<TrainingRunSummary[]> {
  const limit = Math.min(500, Math.max(1, Math.trunc(args.limit ?? 100)));
  return (await findTrainingRuns({ targetId: args.targetId, limit })).map(toSummary);
}

/** One run with all that was recorded, null where there is none of that id. */
export async function getTrainingRun(id: number): Promise<TrainingRunDetail | null> {
  const row = await findTrainingRun(id);
  if (!row) return null;
  return {
    ...toSummary(row),
    splits: SplitsSchema.safeParse(row.splits).data ?? null,
    params: row.params,
    library: LibrarySchema.safeParse(row.library).data ?? null,
    dataHash: row.dataHash,
    codeRevision: row.codeRevision,
    counts: CountsSchema.safeParse(row.counts).data ?? null,
    learningCurve: LearningCurveSchema.safeParse(row.learningCurve).data ?? null,
  };
}

function toSummary(row: TrainingRunRow): TrainingRunSummary {
  return {
    id: row.id,
    status: row.status,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    startedBy: row.startedBy === null ? null : { id: row.startedBy, name: row.startedByName ?? "unknown" },
    seed: row.seed,
    viewName: row.viewName,
    viewVersion: row.viewVersion,
    modelVersion:
      row.modelVersionId === null || row.modelVersionNumber === null
        ? null
        : { id: row.modelVersionId, number: row.modelVersionNumber },
    message: row.message,
    refusal: row.refusal,
    gates: row.gates && { passed: row.gates.filter(({ passed }) => passed).length, of: row.gates.length },
    metrics: TrainingMetricsSchema.safeParse(row.metrics).data ?? null,
  };
}
