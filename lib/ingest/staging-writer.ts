import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { PoolClient } from "pg";
import { type ErasedMarks, mentionsErased } from "@/lib/privacy/erased-marks";
import { type BadRow, SAMPLES_MAX } from "./contract";
import { insertQuarantined, type KeptRow, openStagingCopy, type QuarantinedRow } from "./repository";
import type { Rejection } from "./row-encoder";

/** Bad rows kept in memory at most; then COPY pauses for them, since one connection does one thing at a time. */
const QUARANTINE_BATCH = 2_000;
/** More than the longest row: every column has a bound. */
const BLOCK_BYTES = 1 << 18;
/** Of one UTF-16 unit in UTF-8. */
const UTF8_BYTES_MAX = 3;
const RAW_LENGTH_MAX = 1_000;
const VALUE_LENGTH_MAX = 200;
const WITHHELD = "(personal data, not kept)";

export type PlacedRejection = Rejection & {
  file: string;
  line: number;
  raw: string;
  /** Columns of the file with personal data; null where it has none. */
  personal: ReadonlySet<string> | null;
  /** Whether `raw` is a record, which can be read again: broken lines are none. */
  isRecord: boolean;
};

/** Takes encoded rows and bad rows, and writes them to staging and quarantine as they come. */
export class StagingWriter {
  /** Bad rows by reason. */
  readonly reasons = new Map<string, number>();
  /** The first bad rows and fields. */
  readonly first: BadRow[] = [];
  rowsBad = 0;
  #blocks: Buffer[] = [];
  #block = Buffer.allocUnsafe(BLOCK_BYTES);
  #used = 0;
  #bad: QuarantinedRow[] = [];
  #copy: ReturnType<typeof openStagingCopy> | undefined;
  #failure: Error | undefined;

  constructor(
    private readonly target: {
      client: PoolClient;
      importId: number;
      columns: readonly string[];
      /** Rows that tell of somebody erased are withheld too, whichever column is wrong. */
      erased: ErasedMarks;
    },
  ) {}

  /** Written to bytes at once: a million small strings kept until the next flush cost more to collect than to make. */
  add(encoded: string): void {
    if (this.#used + encoded.length * UTF8_BYTES_MAX > BLOCK_BYTES) this.#closeBlock();
    this.#used += this.#block.write(encoded, this.#used, "utf8");
  }

  /**
   * @param rejection.whole false where only a field is set aside and the row is kept.
   * @returns what of it may be shown.
   */
  reject(rejection: PlacedRejection & { whole?: boolean }): BadRow {
    const { reason } = rejection;
    if (rejection.whole !== false) this.rowsBad += 1;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    const kept = this.mayKeep(rejection);
    const { raw: _, complete: __, ...bad } = kept;
    if (this.first.length < SAMPLES_MAX) this.first.push(bad);
    const rowTaken = rejection.whole === false;
    this.#bad.push({ ...kept, complete: kept.complete && !rowTaken, rowTaken });
    return bad;
  }

  /** What of a row that was not taken may be kept: cut to what it is recognized by, and without personal data. */
  mayKeep({ file, column, value, reason, line, raw, personal, isRecord }: PlacedRejection): KeptRow {
    const { erased } = this.target;
    const isErased = mentionsErased(raw, erased);
    const isPersonal =
      (isErased && !isMereId({ column, value, erased })) ||
      (personal !== null && (column === null || personal.has(column)));
    const shown = value && (isPersonal ? WITHHELD : shorten(value, VALUE_LENGTH_MAX));
    const text = personal !== null || isErased ? WITHHELD : shorten(raw, RAW_LENGTH_MAX);
    return { file, line, column, value: shown, reason, raw: text, complete: isRecord && text === raw };
  }

  /** Sends what was gathered; to be awaited after each chunk. */
  async flush(): Promise<void> {
    this.#closeBlock();
    for (const block of this.#blocks.splice(0)) {
      const copy = this.#openCopy();
      if (!copy.write(block)) await once(copy, "drain");
    }
    if (this.#bad.length >= QUARANTINE_BATCH) await this.#writeBad();
  }

  /** Writes what is left and ends COPY. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#writeBad();
  }

  #closeBlock(): void {
    if (this.#used === 0) return;
    this.#blocks.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.#used = 0;
  }

  #openCopy() {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#copy === undefined) {
      this.#copy = openStagingCopy(this.target.client, this.target.columns);
      // An error may come while nobody waits for the stream.
      this.#copy.on("error", (error) => {
        this.#failure ??= error;
      });
    }
    return this.#copy;
  }

  async #writeBad(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#copy !== undefined) {
      this.#copy.end();
      await finished(this.#copy);
      this.#copy = undefined;
    }
    await insertQuarantined(this.target.client, { ...this.target, rows: this.#bad });
    this.#bad = [];
  }

  /** After a failure: leaves the connection usable for ROLLBACK. */
  async abandon(): Promise<void> {
    const copy = this.#copy;
    if (copy === undefined || this.#failure !== undefined) return;
    copy.destroy();
    await finished(copy).catch(() => {});
  }
}

/** Whether a value of a row about somebody erased may stay, so that the row can be found: an id that tells nobody. */
function isMereId(args: { column: string | null; value: string | null; erased: ErasedMarks }): boolean {
  const { column, value, erased } = args;
  if (column !== "customer_id" && column !== "contact_id") return false;
  return value === null || !mentionsErased(value, { ...erased, customerSourceIds: new Set() });
}

/** At most `length` characters; NUL, which Postgres cannot store, shown as the replacement character. */
function shorten(text: string, length: number): string {
  const bounded = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return bounded.replaceAll("\u0000", "\uFFFD");
}
