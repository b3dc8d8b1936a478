/** Where the numbers of one row go; `index` counts rows from 0. */
export type FeatureRowSink = (row: {
  index: number;
  asOfMs: number;
  customerId: number;
  mrrCents: number;
  peerGroup: string;
}) => void;

/**
 * Reads Postgres's binary COPY output of (as_of timestamptz, customer_id integer, mrr_cents integer, peer_group text,
 * values real[]) in chunks as they come, writing chosen array elements straight into `values` (row-major, NaN for NULL).
 * Format: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"; arrays as array_send writes them.
 */
export class FeatureRowReader {
  private rest: Buffer = Buffer.alloc(0);
  private started = false;
  private readonly groups = new Map<string, string>();
  /** Rows read so far. */
  rows = 0;

  constructor(
    private readonly args: {
      /** Positions in the stored array, in the order of the matrix's columns. */
      positions: readonly number[];
      /** Length that every stored array must have. */
      width: number;
      values: Float32Array;
      sink: FeatureRowSink;
    },
  ) {}

  /** @throws Error where the stream is not of the expected form, or holds more rows than `values` has room for. */
  push(chunk: Buffer): void {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    if (!this.started) {
      if (data.length < HEADER_BYTES) {
        this.rest = data;
        return;
      }
      if (!data.subarray(0, SIGNATURE.length).equals(SIGNATURE))
        throw new Error("feature rows: not Postgres's binary COPY format");
      at = HEADER_BYTES + data.readInt32BE(HEADER_BYTES - 4);
      this.started = true;
    }
    for (let end = tupleEnd(data, at); end > 0; end = tupleEnd(data, at)) {
      this.readTuple(data, at);
      at = end;
    }
    // Copied: the chunk's memory is the stream's.
    this.rest = Buffer.from(data.subarray(at));
  }

  private readTuple(data: Buffer, start: number): void {
    const { positions, width, values, sink } = this.args;
    let at = start + 2;
    const asOfMs = data.readInt32BE(at + 4) * 4294967.296 + data.readUInt32BE(at + 8) / 1000 + POSTGRES_EPOCH_MS;
    at += 12;
    const customerId = data.readInt32BE(at + 4);
    at += 8;
    const mrrCents = data.readInt32BE(at + 4);
    at += 8;
    const groupBytes = data.readInt32BE(at);
    const peerGroup = this.intern(data.toString("utf8", at + 4, at + 4 + groupBytes));
    at += 4 + groupBytes;
    // Array: byte length, dimensions, has-null flag, element type, length and lower bound of the one dimension.
    const length = data.readInt32BE(at + 4) === 1 ? data.readInt32BE(at + 16) : 0;
    if (length !== width)
      throw new Error(`feature row of customer ${customerId}: ${length} values stored, the view has ${width} columns`);
    const offset = this.rows * positions.length;
    if (offset + positions.length > values.length)
      throw new Error(`feature rows: more than the ${values.length / positions.length} that the builds counted`);
    const row = this.readArray(data, at + 24, width);
    for (let i = 0; i < positions.length; i += 1) values[offset + i] = row[positions[i] as number] as number;
    sink({ index: this.rows, asOfMs: Math.round(asOfMs), customerId, mrrCents, peerGroup });
    this.rows += 1;
  }

  private scratch = new Float32Array(0);

  private readArray(data: Buffer, start: number, width: number): Float32Array {
    if (this.scratch.length !== width) this.scratch = new Float32Array(width);
    let at = start;
    for (let i = 0; i < width; i += 1) {
      const missing = data.readInt32BE(at) < 0;
      this.scratch[i] = missing ? Number.NaN : data.readFloatBE(at + 4);
      at += missing ? 4 : 8;
    }
    return this.scratch;
  }

  private intern(group: string): string {
    const known = this.groups.get(group);
    if (known !== undefined) return known;
    this.groups.set(group, group);
    return group;
  }
}

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
const HEADER_BYTES = SIGNATURE.length + 8;
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/** Where the tuple at `start` ends; 0 where it is not whole yet or the stream's trailer begins. */
function tupleEnd(data: Buffer, start: number): number {
  if (data.length < start + 2) return 0;
  const fields = data.readInt16BE(start);
  if (fields < 0) return 0;
  let at = start + 2;
  for (let field = 0; field < fields; field += 1) {
    if (data.length < at + 4) return 0;
    const bytes = data.readInt32BE(at);
    at += 4 + Math.max(bytes, 0);
    if (data.length < at) return 0;
  }
  return at;
}
