import type { Listing } from "./contract";

/** Who is on the list of one week. Arrays have one entry per row, in the order given. */
export type Listings = {
  readonly listing: readonly Listing[];
  /** 1 is the highest probability; equal ones in the order of customer id. */
  readonly probabilityRank: Int32Array;
  readonly flagged: number;
  readonly watched: number;
};

/**
 * Decides the list of one week. Flagged is who is strictly above the threshold, however many. The watch list fills the rest
 * of the team's capacity with the next by priority whose probability is strictly above the floor; equal priorities go to the
 * higher probability, then the lower customer id, so that the same week is always listed the same way.
 */
export function decideListings(args: {
  probabilities: ArrayLike<number>;
  priorities: ArrayLike<number>;
  customerIds: ArrayLike<number>;
  threshold: number;
  floor: number;
  capacity: number;
}): Listings {
  const { probabilities, priorities, customerIds, threshold, floor } = args;
  const rows = probabilities.length;
  const listing = new Array<Listing>(rows).fill("unlisted");
  const byId = (a: number, b: number) => customerIds[a]! - customerIds[b]!;
  const byProbability = (a: number, b: number) => probabilities[b]! - probabilities[a]! || byId(a, b);
  const byPriority = (a: number, b: number) => priorities[b]! - priorities[a]! || byProbability(a, b);

  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort(byProbability);
  const probabilityRank = new Int32Array(rows);
  const candidates: number[] = [];
  let flagged = 0;
  for (let position = 0; position < rows; position++) {
    const row = order[position]!;
    probabilityRank[row] = position + 1;
    if (probabilities[row]! > threshold) {
      listing[row] = "flagged";
      flagged += 1;
    } else if (probabilities[row]! > floor) candidates.push(row);
  }
  const watch = candidates.sort(byPriority).slice(0, Math.max(0, args.capacity - flagged));
  for (const row of watch) listing[row] = "watch";
  return { listing, probabilityRank, flagged, watched: watch.length };
}
