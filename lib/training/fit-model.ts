import { applyPlatt, fitPlatt, type PlattCalibration } from "@/ml/calibration/platt";
import { trainBooster } from "@/ml/xgboost/train-booster";
import type { TrainParams } from "@/ml/xgboost/train-params";
import type { LearningCurve } from "./contract";
import type { LabelledRows } from "./labelled-rows";

/** What every fit uses, apart from seed and threads. Chosen for small, stable trees; no search over them is made yet. */
export const FIT_PARAMS = {
  objective: "binary:logistic",
  evalMetric: "logloss",
  maxDepth: 4,
  learningRate: 0.08,
  minChildWeight: 10,
  subsample: 0.8,
  colsampleByTree: 0.7,
  regLambda: 2,
} as const satisfies Omit<TrainParams, "seed" | "threads">;

export const ROUNDS_MAX = 500;
export const EARLY_STOPPING_ROUNDS = 30;

export type FittedModel = {
  /** UBJ. */
  booster: Uint8Array;
  calibrator: PlattCalibration;
  learningCurve: LearningCurve;
  /** Calibrated probabilities of the test rows. */
  testProbabilities: Float64Array;
};

/**
 * Fits the trees on `train`, stops by log loss on `earlyStopping`, calibrates on `calibration` and scores `test`. The same
 * rows, seed, library build and threads give the same bytes.
 *
 * @throws CalibrationError where the calibration rows do not determine a calibration
 */
export async function fitModel(args: {
  train: LabelledRows;
  earlyStopping: LabelledRows;
  calibration: LabelledRows;
  test: LabelledRows;
  seed: number;
  threads: number;
  onRound?: (round: number) => void;
  signal?: AbortSignal;
}): Promise<FittedModel> {
  const { calibration, test } = args;
  const { booster, bestRound, history } = await trainBooster({
    train: args.train,
    validation: args.earlyStopping,
    params: { ...FIT_PARAMS, seed: args.seed, threads: args.threads },
    rounds: ROUNDS_MAX,
    earlyStoppingRounds: EARLY_STOPPING_ROUNDS,
    onRound: ({ round }) => {
      args.onRound?.(round);
      return undefined;
    },
    signal: args.signal,
  });
  try {
    const calibrator = fitPlatt({
      margins: booster.predictMargin(calibration.matrix),
      labels: calibration.labels,
      weights: calibration.weights,
    });
    const testProbabilities = Float64Array.from(booster.predictMargin(test.matrix), (margin) =>
      applyPlatt(calibrator, margin),
    );
    return {
      booster: booster.save("ubj"),
      calibrator,
      learningCurve: {
        bestRound,
        train: history.map((report) => report.train),
        validation: history.map((report) => report.validation ?? Number.NaN),
      },
      testProbabilities,
    };
  } finally {
    booster.dispose();
  }
}
