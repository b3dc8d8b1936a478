import { availableParallelism } from "node:os";
import type { Fence } from "@/lib/db/fence";
import { inTransaction } from "@/lib/db/pool";
import { withSessionLock } from "@/lib/db/session-lock";
import { env } from "@/lib/env/env";
import { publishEpisodes } from "@/lib/episodes/service";
import { peerRanges } from "@/lib/explanations/peer-ranges";
import { findLeavingCustomers, readFeatureMatrix, readFeatureRanges } from "@/lib/features/service";
import { DomainError } from "@/lib/http/domain-error";
import type { JobProgress } from "@/lib/job-runs/contract";
import { findChampion, type LoadedModelVersion, loadModelVersion } from "@/lib/model-registry/service";
import type { Settings } from "@/lib/settings/contract";
import { getSettings } from "@/lib/settings/service";
import { createMatrix } from "@/ml/matrix/matrix";
import { Booster } from "@/ml/xgboost/booster";
import { priorityParameters } from "./priority";
import {
  abandonRuns,
  completeRun,
  findBuild,
  findCompleteRun,
  findModelBefore,
  flipCurrentRun,
  hasScored,
  insertLeaving,
  insertPredictions,
  insertRun,
  lockCurrentRun,
  measureRun,
  type ScoringCounts,
  type ScoringRole,
  type ScoringRule,
} from "./repository";
import { predictionRows, type RowsToScore, type ScoredWeek, scoreWeek } from "./score-rows";

export type ScoringOutcome = ScoringCounts & {
  scoringRunId: number;
  /** False where a run of the same model, features and rules stood already, and was kept. */
  isNew: boolean;
  /** False where a later Monday is published already. */
  isCurrent: boolean;
  bridgeRunId: number | null;
};

type ScoreArgs = {
  targetId: string;
  asOf: Date;
  now: Date;
  fence: Fence;
  onProgress?: (progress: JobProgress) => void;
  signal?: AbortSignal;
};

/**
 * Scores all customers of one Monday with the champion and publishes the result: predictions with contributions and reasons,
 * the list of the week, leaving customers and episodes become visible at once by one row, or not at all. Killed at any
 * moment and run again it gives the same result, once. Where a champion is new, the one before scores the same Monday too
 * (a bridge), which is not published.
 *
 * @throws DomainError where there is no champion or no feature build of that Monday for its view
 * @throws ModelIntegrityError, ModelFormatError, AdditivityError: nothing is published
 */
export async function scoreAccounts(args: ScoreArgs): Promise<ScoringOutcome> {
  const outcome = await withSessionLock({ name: `score:${args.targetId}`, wait: true }, () => scoreLocked(args));
  if (!outcome) throw new Error(`The scoring lock of ${args.targetId} was not to be had`);
  return outcome;
}

async function scoreLocked(args: ScoreArgs): Promise<ScoringOutcome> {
  await abandonRuns(args.targetId);
  const champion = await findChampion(args.targetId);
  if (!champion)
    throw new DomainError("refused", "There is no champion to score with: train a model and promote it first.");
  const settings = await getSettings();
  const published = await ensureRun({ ...args, settings, modelVersionId: champion.modelVersionId, role: "champion" });
  const before = await findModelBefore({ ...args, runId: published.scoringRunId });
  const bridgeRunId = await scoreBridge({ ...args, settings, before, champion: champion.modelVersionId });
  return { ...published, bridgeRunId };
}

/** Scores with the model before, where it is another one and has not scored this Monday. */
async function scoreBridge(
  args: ScoreArgs & { settings: Settings; before: number | null; champion: number },
): Promise<number | null> {
  const { before } = args;
  if (before === null || before === args.champion) return null;
  if (await hasScored({ ...args, modelVersionId: before })) return null;
  const model = await loadModelVersion(before);
  // Features of an older view are built no more: there is nothing the old model could score.
  if (!(await findBuild(model.viewId, args.asOf))) return null;
  const { scoringRunId } = await ensureRun({ ...args, modelVersionId: before, role: "bridge" });
  return scoringRunId;
}

async function ensureRun(
  args: ScoreArgs & { settings: Settings; modelVersionId: number; role: ScoringRole },
): Promise<Omit<ScoringOutcome, "bridgeRunId">> {
  const { settings, asOf } = args;
  const model = await loadModelVersion(args.modelVersionId);
  const build = await findBuild(model.viewId, asOf);
  if (!build) {
    throw new DomainError(
      "refused",
      `There are no features of ${asOf.toISOString()} for the view that model version ${model.number} was trained on: ` +
        "build features for that Monday, or train a model on the present view.",
    );
  }
  const rule: ScoringRule = {
    targetId: args.targetId,
    modelVersionId: model.id,
    buildId: build.id,
    asOf,
    role: args.role,
    threshold: settings.flagThreshold,
    floor: settings.watchFloor,
    capacity: settings.weeklyCapacity,
    parameters: { priority: priorityParameters(settings.grossMargin) },
  };
  const existing = await findCompleteRun(rule);
  if (existing) {
    const { id, ...counts } = existing;
    const isCurrent = rule.role === "champion" && (await republish({ ...args, scoringRunId: id }));
    return { ...counts, scoringRunId: id, isNew: false, isCurrent };
  }
  return scoreAnew({ ...args, model, rule });
}

/** Makes a run that stands already current again, such as after a champion was rolled back. */
async function republish(args: ScoreArgs & { settings: Settings; scoringRunId: number }): Promise<boolean> {
  return inTransaction(async (client) => {
    const current = await lockCurrentRun(client, args.targetId);
    if (current?.scoringRunId === args.scoringRunId) return true;
    if (current && current.asOf > args.asOf) return false;
    await publish(client, args);
    await args.fence(client);
    return true;
  });
}

async function scoreAnew(
  args: ScoreArgs & { settings: Settings; model: LoadedModelVersion; rule: ScoringRule },
): Promise<Omit<ScoringOutcome, "bridgeRunId">> {
  const { model, rule, asOf } = args;
  const label = rule.role === "bridge" ? "Scoring with the model before" : "Scoring";
  const report = (fraction: number, message?: string) => args.onProgress?.({ step: label, fraction, message });
  const scoringRunId = await insertRun(rule);
  report(0, "Reading features");
  const rows = await readRows(model, asOf);
  const ranges = peerRanges(await readFeatureRanges({ viewId: model.viewId, asOf }));
  const leavingCustomers = rule.role === "champion" ? await findLeavingCustomers({ viewId: model.viewId, asOf }) : [];
  args.signal?.throwIfAborted();
  const booster = Booster.load(model.booster, {
    columns: model.columns,
    threads: env().TIDELINE_THREADS ?? availableParallelism(),
  });
  try {
    const { calibrator } = model;
    const scored = scoreWeek({ booster, calibrator, rows, rule: { ...rule, priority: rule.parameters.priority } });
    const counts: ScoringCounts = {
      scored: rows.matrix.rows,
      flagged: scored.flagged,
      watched: scored.watched,
      leaving: leavingCustomers.length,
    };
    const isCurrent = await inTransaction(async (client) => {
      await insertPredictions(client, {
        scoringRunId,
        asOf,
        rows: predictionRows({
          booster,
          calibrator,
          rows,
          scored,
          ranges,
          onRows: (done) => {
            args.signal?.throwIfAborted();
            report(0.1 + (0.8 * done) / rows.matrix.rows, `${done} of ${rows.matrix.rows} customers`);
          },
        }),
      });
      await insertLeaving(client, { scoringRunId, rows: leavingCustomers });
      checkRun(await measureRun(client, { scoringRunId, asOf }), counts, scored);
      await completeRun(client, { scoringRunId, counts });
      report(0.95, "Publishing");
      const current = rule.role === "champion" ? await lockCurrentRun(client, args.targetId) : null;
      const isNewest = rule.role === "champion" && !(current && current.asOf > asOf);
      if (isNewest) await publish(client, { ...args, scoringRunId });
      await args.fence(client);
      return isNewest;
    });
    report(1, `${counts.scored} scored, ${counts.flagged} flagged, ${counts.watched} watched`);
    return { ...counts, scoringRunId, isNew: true, isCurrent };
  } finally {
    booster.dispose();
  }
}

async function publish(
  client: Parameters<Fence>[0],
  args: ScoreArgs & { settings: Settings; scoringRunId: number },
): Promise<void> {
  const { exitThreshold, zone } = args.settings;
  await publishEpisodes(client, { ...args, exitThreshold, zone });
  await flipCurrentRun(client, { ...args, publishedAt: args.now });
}

async function readRows(model: LoadedModelVersion, asOf: Date): Promise<RowsToScore> {
  const features = await readFeatureMatrix({ viewId: model.viewId, asOfs: [asOf], columns: model.columns });
  const matrix = createMatrix({ columns: features.columns, rows: features.rows, values: features.values });
  if (matrix.rows === 0) throw new DomainError("refused", `Nobody is to be scored on ${asOf.toISOString()}.`);
  return {
    matrix,
    customerIds: features.customerIds,
    mrrCents: features.mrrCents,
    peerGroup: features.peerGroup,
  };
}

/** Compares what stands in the database with what was computed. @throws Error naming the first difference */
function checkRun(
  measured: Awaited<ReturnType<typeof measureRun>>,
  counts: ScoringCounts,
  { priorities }: ScoredWeek,
): void {
  const expected = {
    ...counts,
    priorityCents: priorities.reduce((total, cents) => total + cents, 0),
    ranks: counts.scored,
    notAdditive: 0,
  };
  for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
    if (measured[key] !== expected[key])
      throw new Error(
        `Stored predictions have ${key} ${measured[key]}; expected ${expected[key]}. Nothing is published.`,
      );
  }
}
