import { z } from "zod";
import type { ImportChannel } from "@/lib/ingest/contract";

/** An import in the list; times are ISO. */
export type ImportSummary = {
  id: number;
  source: string;
  origin: string;
  channel: ImportChannel;
  /** The version of its source's mapping that it went by; null where the files were canonical. */
  mappingVersion: number | null;
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
  /** Rows of earlier imports that had waited for their customer in vain, and went to quarantine then. */
  rowsGivenUp: number;
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
  /** Set aside until their customer is told about; and rows of earlier imports that had waited so, and were taken now. */
  rowsWaiting: number;
  rowsArrived: number;
  /** Taken, but of a time before their customer signed up, or at which no subscription covered it. */
  rowsBeforeSignUp: number;
  rowsOutsideSubscription: number;
  /** Range of what its rows tell about; null where it had none. */
  firstAt: string | null;
  lastAt: string | null;
};

/** A file as it came, in an import by a mapping. */
export type ImportInputSummary = { file: string; bytes: number; sha256: string; rowsRead: number; rowsUnused: number };

/** Why rows or fields were quarantined, most frequent first; further reasons beyond the shown are left out. */
export type QuarantineReason = { file: string; reason: string; count: number };

/** Rows of an import that are in quarantine whole, so that they can be tried again. */
export type RetriableImport = { importId: number; source: string; mapped: boolean; rows: number };

/** Rows that wait still, and for whom: the customers that most of them name come first. */
export type StillWaiting = { rows: number; customers: number; first: string[] };

export type ImportDetail = ImportSummary & {
  stillWaiting: StillWaiting;
  /** Null where no row can be tried again. */
  retriable: RetriableImport | null;
  /** Rows that were quarantined and taken since, when they were tried again. */
  rowsTakenLater: number;
  fileReports: ImportFileSummary[];
  /** Empty where the files were canonical. */
  inputs: ImportInputSummary[];
  reasons: QuarantineReason[];
};

/** A row, or one field of it, that was not taken. `id` is where the next page begins. */
export type QuarantinedEntry = {
  id: number;
  importId: number;
  source: string;
  file: string;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
  raw: string;
};

const IdText = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "expected the number of an import")
  .transform(Number);
// A NUL fits in no text of the database, so nothing can be found by it.
const Text = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !text.includes("\0"), "expected text without NUL");

/** What of the quarantine is looked at; what is not named is not asked for. `column` "-" means whole rows. */
export const QuarantineFilterSchema = z.strictObject({
  importId: IdText.optional(),
  source: Text.optional(),
  file: Text.optional(),
  column: Text.optional(),
  reason: Text.optional(),
});
export type QuarantineFilter = z.output<typeof QuarantineFilterSchema>;
