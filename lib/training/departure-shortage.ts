import type { Part, PartCounts } from "./contract";

/** Fewest departed customers in a part that only tunes or judges; train needs the setting `minimumDepartures`. */
export const PART_DEPARTURES_MIN = 10;

export type DepartureCounts = Pick<PartCounts, "weeks" | "customers" | "departedCustomers">;

/** The first part with too few departures for a model, and how many it takes. */
export type DepartureShortage = DepartureCounts & { part: Part; least: number; says: string };

const NAMES = { train: "training", earlyStopping: "early stopping", calibration: "calibration", test: "test" } as const;

/**
 * Whether some part of the history has too few departures for a model; null where none has. Asked of the labels before a
 * training begins, and of the rows that it has read.
 */
export function departureShortage(args: {
  counts: Record<Part, DepartureCounts>;
  minimumDepartures: number;
}): DepartureShortage | null {
  for (const part of Object.keys(NAMES) as Part[]) {
    const least = part === "train" ? args.minimumDepartures : PART_DEPARTURES_MIN;
    const { weeks, customers, departedCustomers } = args.counts[part];
    if (departedCustomers >= least) continue;
    const says =
      `Too few departures for a model: ${departedCustomers} of ${customers} customers left in the ${weeks} ${NAMES[part]} weeks; ` +
      `at least ${least} are needed`;
    return { part, weeks, customers, departedCustomers, least, says };
  }
  return null;
}
