import type { Theme, Unit } from "./definitions/definition";

/** A registered version of a feature view; `columns` in the order of the stored values. */
export type FeatureView = { readonly id: number; readonly version: number; readonly columns: readonly string[] };

/**
 * Feature rows as one matrix, ordered by (as-of, customer): `values` is row-major, rows x columns.length, NaN where
 * missing; the other arrays have one entry per row. `asOf` is in epoch milliseconds.
 */
export type FeatureMatrix = {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly values: Float32Array;
  readonly customerIds: Int32Array;
  readonly asOf: Float64Array;
  readonly mrrCents: Int32Array;
  readonly peerGroup: readonly string[];
};

/** What building did: builds newly written, found done, and left out because the history is too short for them. */
export type FeatureBuildReport = {
  readonly viewId: number;
  readonly built: number;
  readonly existing: number;
  readonly leftOut: number;
  readonly rows: number;
  readonly seconds: number;
};

/** Distribution of a feature over a peer group in one build; quantiles are null where nobody has a value. */
export type FeatureRange = {
  readonly peerGroup: string;
  readonly column: string;
  readonly n: number;
  readonly missing: number;
  readonly p05: number | null;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
};

/** A customer with paid coverage whose cancellation notice was known when the week's features were built. */
export type LeavingCustomer = {
  readonly customerId: number;
  readonly noticeAt: Date;
  readonly effectiveAt: Date | null;
  readonly mrrCents: number;
};

/** One feature as the catalogue page shows it. */
export type FeatureCatalogueEntry = {
  readonly name: string;
  readonly label: string;
  readonly theme: Theme;
  readonly themeLabel: string;
  readonly meaning: string;
  readonly window: string;
  readonly sources: readonly string[];
  readonly type: string;
  readonly unit: Unit;
  readonly missing: string;
  readonly direction: { readonly higher: string; readonly lower: string };
  readonly actionable: boolean;
  /** Over everyone in the latest build that has ranges; null before there is one. */
  readonly distribution: {
    readonly n: number;
    readonly missingRate: number;
    /** p05, p25, p50, p75, p95, in the feature's words; null where nobody has a value. */
    readonly quantiles: readonly (string | null)[];
    /** The same as numbers, for drawing. */
    readonly quantileValues: readonly (number | null)[];
  } | null;
};

export type FeatureCatalogue = {
  readonly viewName: string;
  readonly version: number;
  /** ISO time of the as-of that the distributions are of. */
  readonly asOf: string | null;
  readonly features: readonly FeatureCatalogueEntry[];
};

/** Which columns of the tables that tell of customers feed predictions, and which never do. */
export type ColumnUse = {
  /** `features`: labels of those made from it; where there is none, `why` says what it is read for. */
  readonly fed: {
    readonly table: string;
    readonly column: string;
    readonly features: readonly string[];
    readonly why: string | null;
  }[];
  readonly never: { readonly table: string; readonly column: string; readonly why: string }[];
  /** Columns that nobody has decided about: closed to features all the same. */
  readonly undecided: { readonly table: string; readonly column: string }[];
};
