import { addDays } from "@/lib/calendar/weeks";
import type { Band, Listing } from "@/lib/scoring/contract";
import { type StoredReason, storedReasons, type Viewer, visiblePrediction } from "./policy";
import {
  findContributions,
  findLeaving,
  findMaturityDays,
  findPredictions,
  findProbability,
  type PredictionRecord,
} from "./prediction-repository";
import { findPublishedRun, findPublishedRuns, findWeekBefore, type RunRecord } from "./run-repository";

/** One published week of a customer. `unlisted`: not shown to this viewer; `not_scored`: there was no prediction. */
export type HistoryWeek = {
  asOf: Date;
  modelNumber: number;
  threshold: number;
  state: "shown" | "unlisted" | "not_scored";
  probability: number | null;
  listing: Listing | null;
};

/** The prediction of the published run, whole. Contributions are log-odds by column; with bias they add up to margin. */
export type VisiblePrediction = {
  probability: number;
  margin: number;
  bias: number;
  listing: Listing;
  band: Band;
  /** against the week before by the same model; null where it was not scored then */
  change: number | null;
  mrrCents: number;
  priorityCents: number;
  peerGroup: string;
  contributions: { column: string; logOdds: number }[];
  reasons: StoredReason[];
};

export type CurrentPrediction =
  | { state: "shown"; prediction: VisiblePrediction }
  | { state: "unlisted" }
  | { state: "leaving"; noticeAt: Date; effectiveAt: Date | null }
  | { state: "not_scored" };

export type PredictionHistory = { run: RunRecord; current: CurrentPrediction; weeks: HistoryWeek[] };

/** What `viewer` may see of one customer's predictions, now and in past published runs; null before the first run. */
export async function readHistory(args: {
  customerId: number;
  viewer: Viewer;
  now: Date;
  zone: string;
}): Promise<PredictionHistory | null> {
  const run = await findPublishedRun();
  if (!run) return null;
  const runs = await findPublishedRuns({ targetId: run.targetId, until: run.asOf });
  const [predictions, maturityDays] = await Promise.all([
    findPredictions({ customerId: args.customerId, runs }),
    findMaturityDays(run.targetId),
  ]);
  const isMature = (asOf: Date) => addDays(asOf, maturityDays, args.zone) <= args.now;
  const windowsMatured = predictions.every(
    (prediction) => !prediction.inComparisonGroup || prediction.listing === "unlisted" || isMature(prediction.asOf),
  );
  const visibility = (prediction: PredictionRecord) =>
    visiblePrediction({
      role: args.viewer.role,
      listing: prediction.listing,
      blinding: { ...prediction, windowsMatured },
    });
  const byRun = new Map(predictions.map((prediction) => [prediction.scoringRunId, prediction]));
  const weeks = runs.map((past): HistoryWeek => {
    const prediction = byRun.get(past.id);
    const state = prediction ? visibility(prediction) : "not_scored";
    const shown = state === "shown" ? prediction : undefined;
    const { asOf, modelNumber, threshold } = past;
    return {
      asOf,
      modelNumber,
      threshold,
      state,
      probability: shown?.probability ?? null,
      listing: shown?.listing ?? null,
    };
  });
  return { run, weeks, current: await readCurrent({ run, prediction: byRun.get(run.id), visibility, ...args }) };
}

async function readCurrent(args: {
  run: RunRecord;
  customerId: number;
  prediction: PredictionRecord | undefined;
  visibility: (prediction: PredictionRecord) => "shown" | "unlisted";
}): Promise<CurrentPrediction> {
  const { run, customerId, prediction } = args;
  if (!prediction) {
    const leaving = await findLeaving({ scoringRunId: run.id, customerId });
    return leaving
      ? { state: "leaving", noticeAt: leaving.noticeAt, effectiveAt: leaving.effectiveAt }
      : { state: "not_scored" };
  }
  if (args.visibility(prediction) === "unlisted") return { state: "unlisted" };
  const [parts, change] = await Promise.all([
    findContributions({ customerId, run }),
    changeSinceWeekBefore({ run, customerId }),
  ]);
  const { probability, margin, bias, listing, band, mrrCents, priorityCents, peerGroup } = prediction;
  return {
    state: "shown",
    prediction: {
      ...{ probability, margin, bias, listing, band, change, mrrCents, priorityCents, peerGroup },
      contributions: (parts?.columns ?? []).map((column, i) => ({ column, logOdds: parts?.contributions[i] ?? 0 })),
      reasons: storedReasons(prediction.reasons),
    },
  };
}

async function changeSinceWeekBefore(args: { run: RunRecord; customerId: number }): Promise<number | null> {
  const { run, customerId } = args;
  const before = await findWeekBefore(run);
  if (!before) return null;
  const [then, now] = await Promise.all([
    findProbability({ asOf: before.run.asOf, customerId, scoringRunId: before.run.id }),
    findProbability({ asOf: run.asOf, customerId, scoringRunId: before.sameModelRunId ?? run.id }),
  ]);
  return then === null || now === null ? null : now - then;
}
