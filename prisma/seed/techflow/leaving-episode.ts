import { drawNormal } from "@/ml/random/distributions";
import type { Random } from "@/ml/random/random";
import type { DayNumber } from "./day-calendar";
import { DECLINE_RAMP_DAYS, type TechflowParameters } from "./parameters";

/** How an episode ends: the customer leaves on that day, or turns and recovers from it on. */
export type EpisodeEnding = { readonly kind: "leaves" | "recovers"; readonly day: DayNumber };

/** Hidden: a customer on the way out. Both endings are drawn in advance, so that the effect of outreach has a known truth. */
export type LeavingEpisode = {
  readonly onset: DayNumber;
  readonly manner: "notice" | "lapse";
  /** Where the episode ends in recovery: gives notice at the turn and withdraws it after so many days; null is no notice. */
  readonly withdrawsNoticeAfterDays: number | null;
  readonly withoutOutreach: EpisodeEnding;
  readonly withOutreach: EpisodeEnding;
  /** How visibly this customer declines; 1 is the average. */
  readonly visibility: number;
};

export function drawLeavingEpisode(args: {
  random: Random;
  onset: DayNumber;
  leaving: TechflowParameters["leaving"];
}): LeavingEpisode {
  const { random, onset, leaving } = args;
  const { mean, deviation, least, most } = leaving.exitDays;
  const drawn = Math.round(mean + deviation * drawNormal(random));
  const day = onset + Math.min(most, Math.max(least, drawn));
  const recoversAnyway = random.next() < leaving.recoveringShare;
  const savedByOutreach = random.next() < leaving.outreachSavesShare;
  return {
    onset,
    manner: random.next() < leaving.lapseShare ? "lapse" : "notice",
    withdrawsNoticeAfterDays: random.next() < leaving.withdrawnNoticeShare ? 2 + random.nextInt(6) : null,
    withoutOutreach: { kind: recoversAnyway ? "recovers" : "leaves", day },
    withOutreach: { kind: recoversAnyway || savedByOutreach ? "recovers" : "leaves", day },
    visibility: 0.75 + 0.5 * random.next(),
  };
}

/** Which ending comes true: the one with outreach where a contact fell within the episode. */
export function endingOf(episode: LeavingEpisode, outreachDay: DayNumber | undefined): EpisodeEnding {
  const reached =
    outreachDay !== undefined && outreachDay >= episode.onset && outreachDay < episode.withoutOutreach.day;
  return reached ? episode.withOutreach : episode.withoutOutreach;
}

/**
 * How far the decline has come on `day`: 0 before the onset, growing with the days since it up to 1, and falling back
 * to 0 after a recovery. It never looks at the day of a departure that is still to come.
 */
export function declineAt(args: {
  episode: LeavingEpisode;
  ending: EpisodeEnding;
  day: DayNumber;
  recoveryDays: number;
}): number {
  const { episode, ending, day } = args;
  if (day <= episode.onset) return 0;
  const reachedOn = ending.kind === "recovers" ? Math.min(day, ending.day) : day;
  const reached = Math.min(1, (reachedOn - episode.onset) / DECLINE_RAMP_DAYS);
  if (ending.kind === "leaves" || day <= ending.day) return reached;
  return reached * Math.max(0, 1 - (day - ending.day) / args.recoveryDays);
}
