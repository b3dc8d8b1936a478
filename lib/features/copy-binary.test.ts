import { describe, expect, it } from "vitest";
import { FeatureRowReader } from "./copy-binary";

/** The stream that Postgres would send for rows of (as_of, customer_id, mrr_cents, peer_group, values). */
function stream(
  rows: { asOf: Date; customer: number; mrr: number; group: string; values: (number | null)[] }[],
): Buffer {
  const int16 = (value: number) => Buffer.from(Int16Array.of(value).buffer).swap16();
  const int32 = (value: number) => Buffer.from(Int32Array.of(value).buffer).swap32();
  const field = (bytes: Buffer) => Buffer.concat([int32(bytes.length), bytes]);
  const real = (value: number) => Buffer.from(Float32Array.of(value).buffer).swap32();
  const micros = (at: Date) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(at.getTime() - Date.UTC(2000, 0, 1)) * 1000n);
    return bytes;
  };
  const tuples = rows.map((row) => {
    const elements = row.values.map((value) => (value === null ? int32(-1) : field(real(value))));
    const array = Buffer.concat([int32(1), int32(1), int32(700), int32(row.values.length), int32(1), ...elements]);
    const fields = [micros(row.asOf), int32(row.customer), int32(row.mrr), Buffer.from(row.group), array].map(field);
    return Buffer.concat([int16(5), ...fields]);
  });
  const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), int32(0), int32(0)]);
  return Buffer.concat([header, ...tuples, int16(-1)]);
}

const ROWS = [
  { asOf: new Date("1999-12-27T05:00:00.123Z"), customer: 7, mrr: 25_000, group: "Team|5-9", values: [1.5, null, -3] },
  { asOf: new Date("2026-11-02T05:00:00Z"), customer: 2_000_000_000, mrr: 0, group: "Größe|1", values: [null, 0.1, 4] },
];

function read(chunks: Iterable<Buffer>, options: { width?: number; rows?: number } = {}) {
  const values = new Float32Array((options.rows ?? 2) * 2);
  const seen: unknown[] = [];
  const reader = new FeatureRowReader({
    positions: [2, 0],
    width: options.width ?? 3,
    values,
    sink: (row) => seen.push(row),
  });
  for (const chunk of chunks) reader.push(chunk);
  return { values: [...values], seen, rows: reader.rows };
}

describe("reading feature rows from binary COPY", () => {
  it.each([1, 2, 7, 64, 100_000])("is the same in chunks of %d bytes", (size) => {
    const whole = stream(ROWS);
    const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
      whole.subarray(i * size, (i + 1) * size),
    );
    const { values, seen, rows } = read(chunks);
    expect(rows).toBe(2);
    expect(values).toEqual([-3, 1.5, 4, Number.NaN]);
    expect(seen).toEqual(
      ROWS.map((row, index) => ({
        index,
        asOfMs: row.asOf.getTime(),
        customerId: row.customer,
        mrrCents: row.mrr,
        peerGroup: row.group,
      })),
    );
  });

  it("refuses what is not COPY's format, another width, and more rows than expected", () => {
    expect(() => read([Buffer.alloc(40)])).toThrow("not Postgres's binary COPY format");
    expect(() => read([stream(ROWS)], { width: 4 })).toThrow(
      "feature row of customer 7: 3 values stored, the view has 4 columns",
    );
    expect(() => read([stream(ROWS)], { rows: 1 })).toThrow("more than the 1 that the builds counted");
  });
});
