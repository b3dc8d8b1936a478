import { describeColumnMismatch, type Matrix } from "../matrix/matrix";
import { DMatrix } from "./dmatrix";
import { ColumnMismatchError, XgboostInputError } from "./errors";
import { loadXgboost, type XgboostLibrary } from "./library";
import type { Handle, NativeFunctions } from "./native-functions";
import { verifyModel } from "./verify-model";

/** Per-row blocks of numbers, row-major: row i is `values[i * width]` to `values[(i + 1) * width - 1]`. */
export type RowBlocks = { readonly rows: number; readonly width: number; readonly values: Float32Array };

type NativeBooster = { readonly native: NativeFunctions; readonly handle: Handle };

const forgotten = new FinalizationRegistry<NativeBooster>(({ native, handle }) => native.freeBooster(handle));

const predictionType = { margin: 1, contributions: 2, interactions: 4 } as const;

/**
 * A trained model inside XGBoost. It knows its columns by name; every prediction compares them with the matrix's.
 * Holds native memory until `dispose`.
 */
export class Booster {
  readonly columns: readonly string[];
  readonly #native: NativeFunctions;
  #handle: Handle | undefined;

  /** Takes over the handle. Use `trainBooster` or `Booster.load` instead. */
  constructor(args: { native: NativeFunctions; handle: Handle; columns: readonly string[] }) {
    this.columns = args.columns;
    this.#native = args.native;
    this.#handle = args.handle;
    forgotten.register(this, { native: args.native, handle: args.handle }, this);
  }

  /**
   * Loads a model written by `save` or by XGBoost elsewhere (JSON or UBJ, told apart by content), after checking its
   * trees: XGBoost itself trusts model files and crashes or hangs on broken ones.
   *
   * @param args.columns the columns that the caller will predict with; they must be the model's. A model without stored
   *   names takes them over when the count is right.
   * @throws ModelFormatError on a broken or unaccepted model, ColumnMismatchError, XgboostError
   */
  static load(
    bytes: Uint8Array,
    args: { columns?: readonly string[]; threads?: number; library?: XgboostLibrary } = {},
  ): Booster {
    const verified = verifyModel(bytes);
    const named = verified.columns.length > 0;
    const columns = named ? verified.columns : args.columns;
    if (columns === undefined) {
      throw new ColumnMismatchError("The model stores no column names; expected them from the caller");
    }
    if (args.columns) requireSameColumns(columns, args.columns);
    if (columns.length !== verified.columnCount) {
      throw new ColumnMismatchError(`${columns.length} columns given; the model has ${verified.columnCount}`);
    }
    const { native } = args.library ?? loadXgboost();
    const booster = new Booster({ native, handle: native.createBooster([]), columns: [...columns] });
    try {
      native.loadModel(booster.handle, bytes);
      if (!named) native.setFeatureNames(booster.handle, columns);
      if (args.threads !== undefined) native.setParam(booster.handle, "nthread", String(args.threads));
      return booster;
    } catch (error) {
      booster.dispose();
      throw error;
    }
  }

  /** Address for calls of this binding; throws after `dispose`. */
  get handle(): Handle {
    if (this.#handle === undefined) throw new XgboostInputError("This Booster has been disposed");
    return this.#handle;
  }

  /** Number of boosting rounds, each one tree. */
  get rounds(): number {
    return this.#native.countRounds(this.handle);
  }

  /** Margin (log-odds for logistic objectives) of every row. */
  predictMargin(data: Matrix | DMatrix): Float32Array {
    return this.#predict(data, predictionType.margin, 1).values;
  }

  /**
   * Exact tree SHAP values in margin units, `columns.length + 1` per row; the last one is the bias. A row's values add up
   * to its margin, within float32 rounding. Time grows with rows x trees x depth squared.
   */
  predictContributions(data: Matrix | DMatrix): RowBlocks {
    return this.#predict(data, predictionType.contributions, this.columns.length + 1);
  }

  /**
   * SHAP interaction values, a symmetric square of `columns.length + 1` per row (the last row and column hold the bias).
   * Rows of the square add up to the contributions. Costs about `columns.length` times as much as contributions.
   */
  predictInteractions(data: Matrix | DMatrix): RowBlocks {
    return this.#predict(data, predictionType.interactions, (this.columns.length + 1) ** 2);
  }

  /** Model bytes. The same training data, parameters, library build and threads give the same bytes. */
  save(format: "json" | "ubj"): Uint8Array {
    return this.#native.saveModel(this.handle, format);
  }

  /** Frees the native model; a second call does nothing. */
  dispose(): void {
    if (this.#handle === undefined) return;
    forgotten.unregister(this);
    this.#native.freeBooster(this.#handle);
    this.#handle = undefined;
  }

  #predict(data: Matrix | DMatrix, type: number, width: number): RowBlocks {
    requireSameColumns(this.columns, data.columns);
    if (data.rows === 0) return { rows: 0, width, values: new Float32Array(0) };
    const owned = data instanceof DMatrix ? undefined : new DMatrix({ matrix: data });
    const matrix = owned ?? (data as DMatrix);
    try {
      const config = { type, training: false, iteration_begin: 0, iteration_end: 0, strict_shape: true };
      const { shape, values } = this.#native.predict(this.handle, matrix.handle, JSON.stringify(config));
      if (shape[0] !== data.rows || values.length !== data.rows * width) {
        throw new XgboostInputError(
          `XGBoost answered with shape ${shape.join(" x ")}; expected ${data.rows} rows x ${width}`,
        );
      }
      return { rows: data.rows, width, values };
    } finally {
      owned?.dispose();
    }
  }
}

/** @throws ColumnMismatchError naming the difference */
export function requireSameColumns(expected: readonly string[], actual: readonly string[]): void {
  const mismatch = describeColumnMismatch(expected, actual);
  if (mismatch) throw new ColumnMismatchError(`Columns differ from the model's: ${mismatch}`);
}
