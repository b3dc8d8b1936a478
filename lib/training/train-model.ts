import { availableParallelism } from "node:os";
import type { Fence } from "@/lib/db/fence";
import { inTransaction } from "@/lib/db/pool";
import { withSessionLock } from "@/lib/db/session-lock";
import { env } from "@/lib/env/env";
import { currentFeatureView, readFeatureMatrix } from "@/lib/features/service";
import { findInstallation } from "@/lib/installation/service";
import type { JobProgress } from "@/lib/job-runs/contract";
import type { LabelRule } from "@/lib/labels/contract";
import { departuresKnownUntil } from "@/lib/labels/departures-known-until";
import { labelWindow } from "@/lib/labels/resolve-outcome";
import { currentLabelRule, readLabels } from "@/lib/labels/service";
import { registerModelVersion } from "@/lib/model-registry/service";
import { findTrainingBlock } from "@/lib/readiness/training-gate";
import { getSettings } from "@/lib/settings/service";
import { CalibrationError } from "@/ml/calibration/platt";
import type { TimeSplit } from "@/ml/split/split-by-time";
import { loadXgboost } from "@/ml/xgboost/library";
import { backtestQueues } from "./backtest-queues";
import { codeRevision } from "./code-revision";
import type { Counts, LibraryBuild, Part, Splits } from "./contract";
import { departureShortage } from "./departure-shortage";
import { evaluateModel, judgeGates } from "./evaluate-model";
import { EARLY_STOPPING_ROUNDS, FIT_PARAMS, fitModel, ROUNDS_MAX } from "./fit-model";
import { countRows, hashRows, joinLabels, type LabelledRows } from "./labelled-rows";
import { listTestWeeks } from "./list-test-weeks";
import { planSplit, thinTrainingWeeks } from "./part-plan";
import {
  failInterruptedRuns,
  findBuiltWeeks,
  insertBacktest,
  insertTrainingRun,
  updateTrainingRun,
} from "./repository";
import { rowWeight } from "./row-weight";
import {
  describeFailure,
  describeSuccess,
  refusalOf,
  refuseMissingFeatures,
  TrainingRefusal,
} from "./training-outcome";

export type TrainingOutcome = {
  status: "succeeded" | "refused";
  trainingRunId: number;
  modelVersionId?: number;
  message: string;
};

/**
 * Trains one model on the matured weeks of the current feature view and registers it as a model version. Everything that is
 * needed to repeat it is stored with the run. Where the data does not allow a model (lib/readiness), or its churn is not
 * confirmed, there is none: the run is refused, with a message that has the counts. A demo needs no confirmation.
 *
 * Features must be built and labels resolved before. Only labels mature at `now` and at the data's watermark are
 * used.
 *
 * @throws Error where another training of the target is under way, or anything else fails (the run is then marked failed)
 */
export async function trainModel(args: {
  targetId: string;
  seed: number;
  now: Date;
  fence: Fence;
  onProgress?: (progress: JobProgress) => void;
  signal?: AbortSignal;
  startedBy?: number | null;
}): Promise<TrainingOutcome> {
  const outcome = await withSessionLock({ name: `train:${args.targetId}`, wait: false }, () => trainLocked(args));
  if (!outcome) throw new Error(`Another training for ${args.targetId} is under way`);
  return outcome;
}

export type TrainArgs = Parameters<typeof trainModel>[0];

async function trainLocked(args: TrainArgs): Promise<TrainingOutcome> {
  const { targetId, seed } = args;
  await failInterruptedRuns(targetId);
  const [view, rule, settings, knownUntil, installation] = await Promise.all([
    currentFeatureView(),
    currentLabelRule(targetId),
    getSettings(),
    departuresKnownUntil(args.now),
    findInstallation(),
  ]);
  const isDemo = installation?.mode === "demo";
  const library = libraryBuild();
  const params = {
    ...FIT_PARAMS,
    roundsMax: ROUNDS_MAX,
    earlyStoppingRounds: EARLY_STOPPING_ROUNDS,
    labelsMatureAt: knownUntil,
  };
  const trainingRunId = await insertTrainingRun({
    targetId,
    viewId: view.id,
    labelRuleId: rule.id,
    params,
    seed,
    library,
    codeRevision: await codeRevision(),
    startedBy: args.startedBy ?? null,
  });
  try {
    const block = isDemo ? null : await findTrainingBlock({ targetId, now: args.now });
    if (block) throw new TrainingRefusal(block.state, block.message);
    const data = await readParts({ ...args, trainingRunId, viewId: view.id, rule, settings, knownUntil });
    const { parts } = data;
    if (!isDemo) await refuseMissingFeatures(parts.train);
    const fitted = await fitModel({
      ...parts,
      seed,
      threads: library.threads,
      signal: args.signal,
      onRound: (round) =>
        args.onProgress?.({
          step: "Fitting trees",
          fraction: 0.25 + (0.5 * round) / ROUNDS_MAX,
          message: `Round ${round + 1}`,
        }),
    });
    args.onProgress?.({ step: "Evaluating out of time", fraction: 0.8 });
    const { flagThreshold: threshold, watchFloor: floor, weeklyCapacity: capacity, grossMargin } = settings;
    const evaluated = {
      test: parts.test,
      probabilities: fitted.testProbabilities,
      rule: { threshold, floor, capacity, grossMargin },
    };
    const listings = listTestWeeks(evaluated);
    const metrics = evaluateModel({ ...evaluated, listings, seed });
    const gates = judgeGates(metrics, settings);
    const trees = fitted.learningCurve.bestRound + 1;
    args.onProgress?.({ step: "Backtesting the queue", fraction: 0.9 });
    const backtested = await backtestQueues({
      ...args,
      ...evaluated,
      listings,
      fitted,
      labelRuleId: rule.id,
      viewId: view.id,
    });
    const version = await inTransaction(async (client) => {
      const registered = await registerModelVersion(client, {
        targetId,
        trainingRunId,
        booster: fitted.booster,
        calibrator: fitted.calibrator,
        columns: view.columns,
        categories: {},
        gates,
        createdAt: args.now,
      });
      await insertBacktest(client, { trainingRunId, ...backtested });
      await updateTrainingRun(client, trainingRunId, {
        status: "succeeded",
        metrics,
        learningCurve: fitted.learningCurve,
        message: describeSuccess({ number: registered.number, trees, gates, metrics }),
      });
      await args.fence(client);
      return registered;
    });
    args.onProgress?.({ step: "Done", fraction: 1, message: `Model version ${version.number}` });
    return {
      status: "succeeded",
      trainingRunId,
      modelVersionId: version.id,
      message: describeSuccess({ number: version.number, trees, gates, metrics }),
    };
  } catch (error) {
    const refusal = refusalOf(error);
    const refused = refusal !== null || error instanceof CalibrationError;
    const message = describeFailure(error, refusal);
    await updateTrainingRun(null, trainingRunId, {
      status: refused ? "refused" : "failed",
      message,
      ...(refusal && { refusal }),
    });
    if (!refused) throw error;
    return { status: "refused", trainingRunId, message };
  }
}

/** Reads, joins, counts and hashes the four parts; what is known goes into the run at once, also where it is refused. */
async function readParts(
  args: TrainArgs & {
    trainingRunId: number;
    viewId: number;
    rule: LabelRule;
    settings: { zone: string; minimumDepartures: number };
    knownUntil: Date | null;
  },
): Promise<{ parts: Record<Part, LabelledRows> }> {
  const { rule, settings, knownUntil } = args;
  const step = "Reading features and labels";
  args.onProgress?.({ step, fraction: 0 });
  const weeks = (await findBuiltWeeks(args.viewId)).filter(
    (asOf) => knownUntil !== null && labelWindow({ asOf, rule, zone: settings.zone }).maturesAt <= knownUntil.getTime(),
  );
  const split = planSplit({ asOfTimes: weeks.map((asOf) => asOf.getTime()), horizonDays: rule.horizonDays });

  let withoutLabel = 0;
  const read = async (asOfTimes: readonly number[]) => {
    args.signal?.throwIfAborted();
    const asOfs = asOfTimes.map((time) => new Date(time));
    const [features, labels] = await Promise.all([
      readFeatureMatrix({ viewId: args.viewId, asOfs }),
      readLabels({ labelRuleId: rule.id, asOfs }),
    ]);
    const joined = joinLabels({ features, labels, weightOf: weightWithoutExperiment });
    withoutLabel += joined.withoutLabel;
    return joined.rows;
  };
  const test = await read(split.test);
  const calibration = await read(split.calibration);
  const earlyStopping = await read(split.earlyStopping);
  args.onProgress?.({ step, fraction: 0.1 });
  const thinned = thinTrainingWeeks({ weeks: split.train, rowsPerWeek: test.labels.length / split.test.length });
  const parts = { train: await read(thinned.weeks), earlyStopping, calibration, test };
  args.onProgress?.({ step, fraction: 0.2 });

  const counts = {
    parts: {
      train: countRows(parts.train),
      earlyStopping: countRows(earlyStopping),
      calibration: countRows(calibration),
      test: countRows(test),
    },
    withoutLabel,
  } satisfies Counts;
  await updateTrainingRun(null, args.trainingRunId, {
    splits: describeSplit(split, thinned),
    counts,
    dataHash: hashRows([parts.train, earlyStopping, calibration, test]),
  });
  const shortage = departureShortage({ counts: counts.parts, minimumDepartures: settings.minimumDepartures });
  if (shortage) throw new TrainingRefusal("too_few_departures", shortage.says);
  return { parts };
}

/** No comparison group is in force yet (share 0), so every row counts once. */
const weightWithoutExperiment = () => rowWeight({ listed: false, arm: null, share: 0 });

function describeSplit(split: TimeSplit, thinned: { weeks: readonly number[]; stride: number }): Splits {
  const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString());
  return {
    train: iso(thinned.weeks),
    gapAfterTrain: iso(split.gapAfterTrain),
    earlyStopping: iso(split.earlyStopping),
    calibration: iso(split.calibration),
    gapBeforeTest: iso(split.gapBeforeTest),
    test: iso(split.test),
    stride: thinned.stride,
  };
}

function libraryBuild(): LibraryBuild {
  const { path, version, source } = loadXgboost();
  return { path, version, source, threads: env().TIDELINE_THREADS ?? availableParallelism() };
}
