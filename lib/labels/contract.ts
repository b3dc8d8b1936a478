/** A target with its newest numbered rule of what counts as departure. */
export type LabelRule = {
  readonly id: number;
  readonly targetId: string;
  readonly version: number;
  /** Length of the label window in calendar days of the company's zone. */
  readonly horizonDays: number;
  /** A lapse shorter than this is no departure. */
  readonly graceDays: number;
  /** How long after window and grace the books are given to settle. */
  readonly settlementDays: number;
};

/** Newest labels in the order of (as-of, customer), columns side by side. */
export type LabelTable = {
  readonly rows: number;
  readonly customerIds: Int32Array;
  /** Epoch milliseconds. */
  readonly asOf: Float64Array;
  /** 1 departed, 0 stayed. */
  readonly departed: Uint8Array;
};

export type LabelProgress = { readonly fraction: number; readonly message: string };
