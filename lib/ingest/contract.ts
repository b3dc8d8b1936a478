/** The canonical files, in the order in which they are imported (docs/import.md). */
export const CANONICAL_FILES = [
  "customers.csv",
  "subscription_events.csv",
  "usage.csv",
  "usage_events.csv",
  "tickets.csv",
  "payments.csv",
  "contacts.csv",
] as const;
export type CanonicalFile = (typeof CANONICAL_FILES)[number];

/** What is counted of a customer's day. */
export const USAGE_COUNTERS = [
  "active_users",
  "sessions",
  "tasks",
  "comments",
  "projects",
  "files",
  "reports",
  "integrations",
  "exports",
] as const;

/** What may stand between the fields of a file. */
export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** By which way files came. */
export type ImportChannel = "command" | "browser" | "api" | "inbox" | "retry" | "simulator";

/** A file as it came, in an import by a mapping. */
export type ImportInputReport = {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Data records, good and bad, without the header and blank lines. */
  readonly rowsRead: number;
  /** Of them those that the mapping makes nothing of. */
  readonly rowsUnused: number;
};

export type ImportFileReport = {
  readonly file: CanonicalFile;
  /** 0 and null where a mapping made its rows: then size and hash are those of the inputs. */
  readonly bytes: number;
  readonly sha256: string | null;
  /** Data records, good and bad, without the header and blank lines; rows that the mapping made, where there is one. */
  readonly rowsRead: number;
  /** Facts that were not known before. */
  readonly rowsNew: number;
  /** Further versions of known facts. */
  readonly rowsVersion: number;
  /** Rows that said nothing new. */
  readonly rowsSame: number;
  /** Rows put into quarantine whole. */
  readonly rowsBad: number;
  /** Rows that wait for their customer, whom nobody has told about yet. */
  readonly rowsWaiting: number;
  /** Rows of earlier imports that had waited, and are among the counts above in addition to the rows read. */
  readonly rowsArrived: number;
  /** Rows that were taken although they tell of a time before their customer signed up, or one at which no subscription covered it. */
  readonly rowsBeforeSignUp: number;
  readonly rowsOutsideSubscription: number;
  /** Range of what the good rows tell about; null where there are none. */
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
  readonly seconds: number;
};

/** As many bad rows as someone reads. */
export const SAMPLES_MAX = 50;

/** A row that was set aside, or one field of it: where, which value, and why. `column` null: the row as a whole. */
export type BadRow = {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
};

/** Place, value and reason in one line, without the file's name. */
export function describeBadRow({ line, column, value, reason }: BadRow): string {
  if (column === null) return `line ${line}: ${reason}`;
  return `line ${line}, ${column} ${JSON.stringify(value ?? "")}: ${reason}`;
}

export type ImportReport = {
  /** null: a dry run, of which nothing was kept. */
  readonly importId: number | null;
  readonly files: readonly ImportFileReport[];
  /** The files that the mapping read; empty where the files were canonical. */
  readonly inputs: readonly ImportInputReport[];
  /** The first quarantined rows and fields, at most SAMPLES_MAX, in the order in which they were found. */
  readonly samples: readonly BadRow[];
  /** Quarantined rows and single fields by reason, over all files. */
  readonly quarantined: Readonly<Record<string, number>>;
  readonly rowsRead: number;
  /** Rows of earlier imports that have waited for their customer in vain, and went to quarantine now. */
  readonly rowsGivenUp: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
};

export type ImportProgress = {
  /** The file that is read, or the canonical file that is merged. */
  readonly file: string;
  readonly step: "reading" | "merging";
  /** Records read of this file so far. */
  readonly rows: number;
  /** Share of all bytes read so far, 0 to 1. */
  readonly fraction: number;
};

/** What came of quarantined rows that were tried again. */
export type RetryReport = {
  /** The import that tried them; null where there was none to try. */
  readonly retryId: number | null;
  readonly tried: number;
  readonly taken: number;
  /** Refused anew. */
  readonly left: number;
};

/** The import as a whole was refused or could not be finished; nothing of it was kept. The message says where and why. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** Not the files are at fault but the installation is not ready for an import, or busy with another: they may be tried again. */
export class ImportNotNowError extends ImportError {}

/** One column of a canonical file, as those need to know it who fill it. */
export type CanonicalColumn = {
  readonly name: string;
  readonly required: boolean;
  /** Kinds of rows that need it. */
  readonly requiredFor: readonly string[];
  /** Completes "expected …". */
  readonly expected: string;
  readonly type: "text" | "integer" | "real" | "boolean" | "date" | "timestamptz";
  /** The words it takes; empty where it takes any text. */
  readonly words: readonly string[];
};
export type CanonicalColumns = Readonly<Record<CanonicalFile, readonly CanonicalColumn[]>>;
