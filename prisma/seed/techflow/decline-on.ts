import type { DayNumber } from "./day-calendar";
import { declineAt, type LeavingEpisode } from "./leaving-episode";
import type { SubscriptionLife } from "./subscription-life";

/** The leaving episode that shows on `day` and how far it has come (0 to 1); null on a healthy day. */
export function declineOn(args: {
  life: SubscriptionLife;
  day: DayNumber;
  recoveryDays: number;
}): { episode: LeavingEpisode; share: number } | null {
  const { life, day, recoveryDays } = args;
  for (const { episode, ending } of life.episodes) {
    if (day <= episode.onset) return null;
    if (ending.kind === "recovers" && day > ending.day + recoveryDays) continue;
    return { episode, share: declineAt({ episode, ending, day, recoveryDays }) };
  }
  return null;
}
