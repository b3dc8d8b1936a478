import type { Listing } from "@/lib/scoring/contract";

/** What one Monday says of a customer. */
export type WeekScore = { readonly asOf: Date; readonly probability: number; readonly listing: Listing };

/** An open episode with the weeks it has so far, ascending; the Monday being published is not among them. */
export type OpenEpisode = { readonly id: number; readonly customerId: number; readonly weeks: readonly WeekScore[] };

export type ClosedReason = "departed" | "recovered" | "matured";

/** What publishing a Monday does to the episodes. */
export type EpisodeDecision = {
  /** Customers who get a new episode, with this Monday as its first week. */
  readonly open: readonly number[];
  /** Episodes that get this Monday as a further week. */
  readonly extend: readonly { id: number; customerId: number }[];
  readonly close: readonly { id: number; reason: ClosedReason }[];
};

/**
 * Decides what becomes of risk episodes when a Monday is published.
 *
 * - Who is listed (flagged or watch) and has no open episode gets one; who has one gets a week more.
 * - *departed*: the customer is scored no more, since it has given notice or its coverage has ended.
 * - *recovered*: this Monday and the week before it are both unlisted and below the exit threshold. (A watched customer is
 *   below it too, but somebody is asked to look after it, so it has not recovered.)
 * - *matured*: unlisted, and the label window of the last week it was listed has passed.
 *
 * Listed again after that is a new episode.
 *
 * @param args.windowEnd end of the label window that begins at a Monday
 */
export function decideEpisodes(args: {
  asOf: Date;
  /** This Monday's scores of listed customers and of those with an open episode, by customer. */
  scores: ReadonlyMap<number, WeekScore>;
  openEpisodes: readonly OpenEpisode[];
  exitThreshold: number;
  windowEnd: (asOf: Date) => Date;
}): EpisodeDecision {
  const { asOf, scores, exitThreshold } = args;
  const extend: { id: number; customerId: number }[] = [];
  const close: { id: number; reason: ClosedReason }[] = [];
  const withEpisode = new Set<number>();
  for (const { id, customerId, weeks } of args.openEpisodes) {
    withEpisode.add(customerId);
    const score = scores.get(customerId);
    if (!score) {
      close.push({ id, reason: "departed" });
      continue;
    }
    extend.push({ id, customerId });
    const calm = (week: WeekScore | undefined) =>
      week !== undefined && week.listing === "unlisted" && week.probability < exitThreshold;
    const lastListed = weeks.findLast((week) => week.listing !== "unlisted");
    if (calm(score) && calm(weeks.at(-1))) close.push({ id, reason: "recovered" });
    else if (score.listing === "unlisted" && lastListed && args.windowEnd(lastListed.asOf) <= asOf)
      close.push({ id, reason: "matured" });
  }
  const open = [...scores]
    .filter(([customerId, score]) => score.listing !== "unlisted" && !withEpisode.has(customerId))
    .map(([customerId]) => customerId);
  return { open, extend, close };
}
