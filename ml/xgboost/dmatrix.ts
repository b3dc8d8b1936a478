import type { Matrix } from "../matrix/matrix";
import { XgboostInputError } from "./errors";
import { loadXgboost, type XgboostLibrary } from "./library";
import { arrayInterface, type Handle, type NativeFunctions } from "./native-functions";

/** Rows with what training needs beside them; every array has one entry per row. */
export type LabelledMatrix = {
  readonly matrix: Matrix;
  readonly labels: Float32Array;
  /** At least 0; a row of weight 0 has no influence. Absent: 1 each. */
  readonly weights?: Float32Array;
  /** Margin (log-odds) to start from, added to every prediction. */
  readonly baseMargin?: Float32Array;
};

type NativeMatrix = { readonly native: NativeFunctions; readonly handle: Handle };

// Frees the native copy of a DMatrix that was dropped without dispose.
const forgotten = new FinalizationRegistry<NativeMatrix>(({ native, handle }) => native.freeMatrix(handle));

/**
 * XGBoost's own copy of a matrix. It holds memory outside the JavaScript heap (about 8 bytes a value) until `dispose`.
 */
export class DMatrix {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly #native: NativeFunctions;
  #handle: Handle | undefined;

  /**
   * Copies the matrix and what stands beside it.
   *
   * @throws XgboostInputError when it is empty, a length differs from the rows, or a label, weight or margin is not
   *   finite (weights also: negative), named by its row
   */
  constructor(
    data: { matrix: Matrix } & Partial<LabelledMatrix>,
    options: { threads?: number; library?: XgboostLibrary } = {},
  ) {
    const { matrix } = data;
    if (matrix.rows === 0 || matrix.columns.length === 0) {
      throw new XgboostInputError(
        `Matrix of ${matrix.rows} rows x ${matrix.columns.length} columns; expected at least one of each`,
      );
    }
    this.columns = matrix.columns;
    this.rows = matrix.rows;
    const { native } = options.library ?? loadXgboost();
    this.#native = native;
    // A bare NaN is what XGBoost's parser expects here, though it is not JSON.
    const config = `{"missing": NaN, "nthread": ${options.threads ?? 0}}`;
    const handle = native.createMatrixFromDense(
      arrayInterface(matrix.values, [matrix.rows, matrix.columns.length]),
      config,
    );
    this.#handle = handle;
    forgotten.register(this, { native, handle }, this);
    try {
      native.setMatrixFeatureNames(handle, matrix.columns);
      this.#setInfo("label", "labels", data.labels);
      this.#setInfo("weight", "weights", data.weights);
      this.#setInfo("base_margin", "baseMargin", data.baseMargin);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Address for calls of this binding; throws after `dispose`. */
  get handle(): Handle {
    if (this.#handle === undefined) throw new XgboostInputError("This DMatrix has been disposed");
    return this.#handle;
  }

  /** Frees the native copy; a second call does nothing. */
  dispose(): void {
    if (this.#handle === undefined) return;
    forgotten.unregister(this);
    this.#native.freeMatrix(this.#handle);
    this.#handle = undefined;
  }

  #setInfo(field: "label" | "weight" | "base_margin", name: string, values: Float32Array | undefined): void {
    if (values === undefined) return;
    if (values.length !== this.rows) {
      throw new XgboostInputError(`${name} has ${values.length} entries; expected ${this.rows}, one per row`);
    }
    const bad = values.findIndex((value) => !Number.isFinite(value) || (field === "weight" && value < 0));
    if (bad >= 0) {
      const expected = field === "weight" ? "a finite number of at least 0" : "a finite number";
      throw new XgboostInputError(`${name} of row ${bad} is ${values[bad]}; expected ${expected}`);
    }
    this.#native.setMatrixInfo(this.handle, field, arrayInterface(values, [values.length]));
  }
}
