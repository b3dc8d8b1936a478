/** What is imported, in the order of the report. */
export const REPORTED_SOURCES = ["customers", "subscriptions", "usage", "tickets", "payments"] as const;
export type ReportedSource = (typeof REPORTED_SOURCES)[number];

export const SOURCE_LABELS: Record<ReportedSource, string> = {
  customers: "Customers",
  subscriptions: "Subscription events",
  usage: "Usage",
  tickets: "Tickets",
  payments: "Payments",
};

/** Days are dates of the business's zone (YYYY-MM-DD), months YYYY-MM. */
export type SourceReport = {
  readonly source: ReportedSource;
  /** Facts, each in one version; usage: customer-days. */
  readonly rows: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Rows whose time of recording the source did not say: assumed from a lag, or the time of receipt. */
  readonly assumed: number;
  readonly received: number;
  /** Paying customers at the data's end with at least one row in the last LATELY_DAYS days before it; null where nobody pays. */
  readonly covered: { readonly customers: number; readonly of: number } | null;
  /** In the order of `DataReport.months`. */
  readonly rowsByMonth: readonly number[];
};

export type Finding = {
  readonly severity: "serious" | "notable";
  readonly source: ReportedSource;
  /** What is so, with its figures. */
  readonly fact: string;
  /** What follows from it, or what to look at. */
  readonly advice: string;
};

export type DataReport = {
  /** Until when the data is complete, ISO. */
  readonly watermark: string;
  readonly sources: readonly SourceReport[];
  /** The latest months with data, newest first. */
  readonly months: readonly string[];
  /** Paying customers at the watermark. */
  readonly paying: number;
  /** Of them, without a single row of usage ever, and in the last LATELY_DAYS days. */
  readonly withoutUsage: number;
  readonly withoutUsageLately: number;
  readonly findings: readonly Finding[];
};

export const LATELY_DAYS = 84;
export const MONTHS_SHOWN = 24;
