import type { Listing } from "@/lib/scoring/contract";
import { decideListings, priorityCents, priorityParameters } from "@/lib/scoring/service";
import type { LabelledRows } from "./labelled-rows";

/** What decides flags, queue and gates. */
export type EvaluationRule = {
  threshold: number;
  floor: number;
  capacity: number;
  grossMargin: number;
};

/** The queues that the test weeks would have had; one entry per row in each array. */
export type TestListings = {
  readonly listing: readonly Listing[];
  readonly probabilityRank: Int32Array;
  readonly priorityCents: Float64Array;
};

/** Lists each test week by the same policy as a scoring run. */
export function listTestWeeks(args: {
  test: Pick<LabelledRows, "asOf" | "customerIds" | "mrrCents">;
  probabilities: Float64Array;
  rule: EvaluationRule;
}): TestListings {
  const { test, probabilities, rule } = args;
  const parameters = priorityParameters(rule.grossMargin);
  const priorities = Float64Array.from(probabilities, (probability, row) =>
    priorityCents({ probability, mrrCents: test.mrrCents[row]!, parameters }),
  );
  const listing = new Array<Listing>(probabilities.length).fill("unlisted");
  const probabilityRank = new Int32Array(probabilities.length);
  for (const rows of rowsByWeek(test.asOf).values()) {
    const week = decideListings({
      probabilities: rows.map((row) => probabilities[row]!),
      priorities: rows.map((row) => priorities[row]!),
      customerIds: rows.map((row) => test.customerIds[row]!),
      threshold: rule.threshold,
      floor: rule.floor,
      capacity: rule.capacity,
    });
    for (const [position, row] of rows.entries()) {
      listing[row] = week.listing[position]!;
      probabilityRank[row] = week.probabilityRank[position]!;
    }
  }
  return { listing, probabilityRank, priorityCents: priorities };
}

/** Positions of the rows of each as-of, in their order. */
export function rowsByWeek(asOfs: Float64Array): Map<number, number[]> {
  const weeks = new Map<number, number[]>();
  for (const [row, asOf] of asOfs.entries()) {
    const week = weeks.get(asOf) ?? [];
    weeks.set(asOf, week);
    week.push(row);
  }
  return weeks;
}
