import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import v8 from "node:v8";
import vm from "node:vm";
import { expect, it } from "vitest";
import { readRecords } from "./csv/read-records";
import { FILE_SPECS } from "./files";
import { createRowEncoder, type RowEncoder } from "./row-encoder";
import { createTimeReader } from "./times";

const ROWS = 400_000;

/** A few new times in every chunk, as where days follow each other: each is remembered. */
function writeUsage(file: string): void {
  const time = (i: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 2000) * 1000).toISOString();
  writeFileSync(file, "customer_id,day,active_users,sessions,recorded_at\n");
  for (let from = 0; from < ROWS; from += 10_000) {
    const line = (_: unknown, i: number) => `customer-${from + i},2026-02-10,${i % 50},1,${time(from + i)}\n`;
    appendFileSync(file, Array.from({ length: 10_000 }, line).join(""));
  }
}

it("reading a large file keeps nothing of it, although fields are slices of what was read and times are remembered", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-memory-"));
  const file = path.join(folder, "usage.csv");
  writeUsage(file);
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc") as () => void;
  const times = createTimeReader({ zone: "America/New_York", lagHours: 24 });
  const context = { times, currency: "USD", salt: undefined, ascii: true };
  const spec = FILE_SPECS.find((candidate) => candidate.file === "usage.csv");
  if (spec === undefined) throw new Error("usage.csv is not a canonical file");
  let encode: RowEncoder | undefined;
  let encoded = 0;
  collect();
  const before = process.memoryUsage().heapUsed;
  const { bytes } = await readRecords({
    path: file,
    name: "usage.csv",
    sink: {
      header: (header) => {
        encode = createRowEncoder({ spec, header, historical: false, receivedAt: new Date(0), context });
      },
      record: (fields) => {
        if (typeof encode?.(fields) === "string") encoded += 1;
      },
      malformed: () => {},
      chunk: async () => {},
    },
  });
  collect();
  const kept = process.memoryUsage().heapUsed - before;
  rmSync(folder, { recursive: true });
  expect(encoded).toBe(ROWS);
  expect(bytes).toBeGreaterThan(20_000_000);
  expect(kept).toBeLessThan(8_000_000);
  // Still in use, so that what it remembers was counted.
  expect(encode?.(["c", "2026-02-10", "1", "1", ""])).toBeTypeOf("string");
}, 30_000);
