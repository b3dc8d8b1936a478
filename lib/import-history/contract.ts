/** An import in the list; times are ISO. */
export type ImportSummary = {
  id: number;
  source: string;
  origin: string;
  historical: boolean;
  status: "running" | "succeeded" | "failed";
  startedAt: string;
  finishedAt: string | null;
  startedBy: string | null;
  error: string | null;
  files: number;
  rowsRead: number;
  rowsNew: number;
  rowsBad: number;
};

/** What became of one file of an import. */
export type ImportFileSummary = {
  file: string;
  bytes: number;
  sha256: string | null;
  rowsRead: number;
  rowsNew: number;
  rowsVersion: number;
  rowsSame: number;
  rowsBad: number;
  /** Range of what its rows tell about; null where it had none. */
  firstAt: string | null;
  lastAt: string | null;
};

/** Why rows or fields were quarantined, most frequent first; further reasons beyond the shown are left out. */
export type QuarantineReason = { file: string; reason: string; count: number };

export type ImportDetail = ImportSummary & { fileReports: ImportFileSummary[]; reasons: QuarantineReason[] };

/** A row, or one field of it, that was not taken. `id` is where the next page begins. */
export type QuarantinedEntry = {
  id: number;
  file: string;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
  raw: string;
};
