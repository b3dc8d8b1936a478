import { setImmediate as nextTurn } from "node:timers/promises";
import { Booster, requireSameColumns } from "./booster";
import { DMatrix, type LabelledMatrix } from "./dmatrix";
import { XgboostError, XgboostInputError } from "./errors";
import { loadXgboost, type XgboostLibrary } from "./library";
import { isBetterMetric, resolveEvalMetric, type TrainParams, toNativeParams } from "./train-params";

/** Metric values after a round; `round` counts from 0. */
export type RoundReport = { readonly round: number; readonly train: number; readonly validation?: number };

export type TrainResult = {
  /** Holds the best rounds only when there was early stopping, else all that were trained. */
  readonly booster: Booster;
  /** Round, from 0, with the best validation metric; without validation the last one. */
  readonly bestRound: number;
  readonly history: readonly RoundReport[];
  readonly stopReason: "completed" | "early_stopping" | "callback";
};

export type TrainArgs = {
  readonly train: LabelledMatrix;
  readonly validation?: LabelledMatrix;
  readonly params: TrainParams;
  /** Most rounds to train, at least 1. */
  readonly rounds: number;
  /** Stop after this many rounds without a better validation metric, and keep the rounds up to the best. */
  readonly earlyStoppingRounds?: number;
  /** Called after each round; "stop" ends training and keeps what early stopping would keep. */
  readonly onRound?: (report: RoundReport) => "stop" | undefined;
  /** Aborting ends training after the running round and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly library?: XgboostLibrary;
};

/**
 * Fits gradient boosted trees with XGBoost's histogram method. Gives the event loop a turn after each round, so that
 * heartbeats and cancelling work. Same data, params, seed, library build and threads give the same model bytes.
 *
 * @throws XgboostInputError (arguments), ColumnMismatchError (validation columns), XgboostError (from the library)
 */
export async function trainBooster(args: TrainArgs): Promise<TrainResult> {
  checkArguments(args);
  args.signal?.throwIfAborted();
  const library = args.library ?? loadXgboost();
  const { native } = library;
  const { matrix } = args.train;
  const owned: { dispose(): void }[] = [];
  try {
    const train = new DMatrix(args.train, { threads: args.params.threads, library });
    owned.push(train);
    const matrices = [train.handle];
    if (args.validation) {
      const validation = new DMatrix(args.validation, { threads: args.params.threads, library });
      owned.push(validation);
      matrices.push(validation.handle);
    }
    const booster = new Booster({ native, handle: native.createBooster(matrices), columns: matrix.columns });
    owned.push(booster);
    const params = toNativeParams({
      params: args.params,
      columns: matrix.columns,
      meanLabel: weightedMean(args.train.labels, args.train.weights),
    });
    for (const [name, value] of params) native.setParam(booster.handle, name, value);
    native.setFeatureNames(booster.handle, matrix.columns);

    const progress = await runRounds(args, { library, booster, matrices });
    const kept = args.earlyStoppingRounds === undefined ? progress.history.length : progress.bestRound + 1;
    return { ...progress, booster: finishBooster({ library, booster, rounds: kept, threads: args.params.threads }) };
  } finally {
    // The trained booster caches predictions for these matrices, so all go together; the result is a fresh copy.
    for (const resource of owned.reverse()) resource.dispose();
  }
}

async function runRounds(
  args: TrainArgs,
  state: { library: XgboostLibrary; booster: Booster; matrices: readonly bigint[] },
): Promise<Omit<TrainResult, "booster">> {
  const { native } = state.library;
  const metric = resolveEvalMetric(args.params);
  const names = ["train", "validation"].slice(0, state.matrices.length);
  const history: RoundReport[] = [];
  let bestRound = 0;
  for (let round = 0; round < args.rounds; round++) {
    native.updateOneRound(state.booster.handle, round, state.matrices[0]!);
    const report = readRound(round, native.evalOneRound(state.booster.handle, round, state.matrices, names));
    history.push(report);
    const best = history[bestRound]!.validation;
    if (report.validation === undefined || best === undefined || isBetterMetric(metric, report.validation, best)) {
      bestRound = round;
    }
    if (args.onRound?.(report) === "stop") return { bestRound, history, stopReason: "callback" };
    if (args.earlyStoppingRounds !== undefined && round - bestRound >= args.earlyStoppingRounds) {
      return { bestRound, history, stopReason: "early_stopping" };
    }
    await nextTurn();
    args.signal?.throwIfAborted();
  }
  return { bestRound, history, stopReason: "completed" };
}

/** A copy without training state, cut to its first rounds; the copy's bytes do not depend on how it was made. */
function finishBooster(args: { library: XgboostLibrary; booster: Booster; rounds: number; threads?: number }): Booster {
  const { native } = args.library;
  const { columns } = args.booster;
  const sliced = new Booster({ native, handle: native.slice(args.booster.handle, 0, args.rounds), columns });
  try {
    native.setFeatureNames(sliced.handle, columns);
    native.setAttribute(sliced.handle, "best_iteration", String(args.rounds - 1));
    return Booster.load(sliced.save("ubj"), { columns, threads: args.threads, library: args.library });
  } finally {
    sliced.dispose();
  }
}

// XGBoost answers "[3]\ttrain-logloss:0.123\tvalidation-logloss:0.234".
function readRound(round: number, line: string): RoundReport {
  const values = new Map<string, number>();
  for (const part of line.split("\t").slice(1)) {
    const colon = part.lastIndexOf(":");
    values.set(part.slice(0, part.lastIndexOf("-", colon)), Number(part.slice(colon + 1)));
  }
  const train = values.get("train");
  const validation = values.get("validation");
  if (train === undefined || Number.isNaN(train) || Number.isNaN(validation ?? 0)) {
    throw new XgboostError("XGBoosterEvalOneIter", `round ${round} has no usable metric: "${line}"`);
  }
  return validation === undefined ? { round, train } : { round, train, validation };
}

function checkArguments(args: TrainArgs): void {
  if (!Number.isInteger(args.rounds) || args.rounds < 1) {
    throw new XgboostInputError(`rounds is ${args.rounds}; expected a whole number of at least 1`);
  }
  const patience = args.earlyStoppingRounds;
  if (patience !== undefined && (!Number.isInteger(patience) || patience < 1)) {
    throw new XgboostInputError(`earlyStoppingRounds is ${patience}; expected a whole number of at least 1`);
  }
  if (patience !== undefined && !args.validation) {
    throw new XgboostInputError("earlyStoppingRounds needs validation rows");
  }
  checkLabels("train", args.train, args.params);
  if (args.validation) {
    checkLabels("validation", args.validation, args.params);
    requireSameColumns(args.train.matrix.columns, args.validation.matrix.columns);
  }
}

function checkLabels(part: string, data: LabelledMatrix, params: TrainParams): void {
  if (data.labels.length !== data.matrix.rows) {
    throw new XgboostInputError(
      `${part}.labels has ${data.labels.length} entries; expected ${data.matrix.rows}, one per row`,
    );
  }
  if (params.objective === "binary:logistic") {
    const bad = data.labels.findIndex((label) => label !== 0 && label !== 1);
    if (bad >= 0) throw new XgboostInputError(`${part}.labels of row ${bad} is ${data.labels[bad]}; expected 0 or 1`);
  }
  if (data.weights && !data.weights.some((weight) => weight > 0)) {
    throw new XgboostInputError(`${part}.weights has no weight above 0; expected at least one`);
  }
}

function weightedMean(values: Float32Array, weights: Float32Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights?.[index] ?? 1;
    sum += weight * values[index]!;
    total += weight;
  }
  return sum / total;
}
