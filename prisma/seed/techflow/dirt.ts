import { noise, noiseBits } from "./counter-noise";
import { csvLine } from "./csv-row";
import { type DayNumber, isoDay } from "./day-calendar";
import { type FactFile, FILE_COLUMNS } from "./fact-rows";
import type { World } from "./world";

const LANE = { bad: 1, kind: 2, repeated: 3 } as const;

/** Which column a bad row spoils, and with what; every one of them must be refused by the import. */
const SPOILED: Readonly<Record<FactFile, readonly { readonly column: string; readonly value: string }[]>> = {
  customers: [
    { column: "signed_up_at", value: "yesterday" },
    { column: "name", value: "" },
  ],
  subscription_events: [
    { column: "kind", value: "paused" },
    { column: "seats", value: "-2" },
    { column: "customer_id", value: "C-UNKNOWN" },
  ],
  usage: [
    { column: "sessions", value: "-4" },
    { column: "tasks", value: "n/a" },
    { column: "day", value: "2025-02-30" },
    { column: "customer_id", value: "C-UNKNOWN" },
  ],
  tickets: [
    { column: "severity", value: "critical" },
    { column: "kind", value: "merged" },
    { column: "occurred_at", value: "2025-13-01T10:00:00Z" },
  ],
  payments: [
    { column: "amount_cents", value: "49.90" },
    { column: "currency", value: "EUR" },
    { column: "customer_id", value: "" },
  ],
  contacts: [
    { column: "full_name", value: "" },
    { column: "customer_id", value: "C-UNKNOWN" },
  ],
};

/** Bad row of a file on an export day, made from a good line by spoiling one value and its id; null on most days. */
export function badRowOn(args: {
  world: World;
  file: FactFile;
  day: DayNumber;
  goodLine: string | undefined;
}): string | null {
  const { world, file, day, goodLine } = args;
  const key = dirtKey(world, file);
  if (goodLine === undefined || goodLine.includes('"')) return null;
  if (noise(key, day, LANE.bad) >= world.parameters.dirt.badRowPerDay) return null;
  const choices = SPOILED[file];
  const spoiled = choices[noiseBits(key, day, LANE.kind) % choices.length]!;
  const columns: readonly string[] = FILE_COLUMNS[file];
  const values = goodLine.split(",");
  // An id of its own: were the value good, this would be a row, not a version of another.
  if (columns[0] !== "customer_id") values[0] = `BAD-${isoDay(day)}`;
  else if (file === "customers") values[0] = `C-BAD-${isoDay(day)}`;
  values[columns.indexOf(spoiled.column)] = spoiled.value;
  return csvLine(values);
}

/** Whether a file of an export day holds one of its rows twice. */
export function hasRepeatedRow(args: { world: World; file: FactFile; day: DayNumber }): boolean {
  const key = dirtKey(args.world, args.file);
  return noise(key, args.day, LANE.repeated) < args.world.parameters.dirt.repeatedRowPerDay;
}

function dirtKey(world: World, file: FactFile): number {
  return (world.definition.seed * 31 + Object.keys(FILE_COLUMNS).indexOf(file) * 7919 + 17) | 0;
}
