import type { PoolClient } from "pg";
import { addDays } from "@/lib/calendar/weeks";
import { decideEpisodes } from "./policy";
import { applyDecision, findHorizonDays, findOpenEpisodes, findScores, undoMonday } from "./repository";

/**
 * Brings the risk episodes up to a Monday that is being published, in the publishing transaction. Publishing the same
 * Monday again (a new champion) replaces what the first time did. Mondays are published in order of time.
 */
export async function publishEpisodes(
  client: PoolClient,
  args: { targetId: string; scoringRunId: number; asOf: Date; exitThreshold: number; zone: string },
): Promise<{ opened: number; closed: number }> {
  const { targetId, asOf } = args;
  await undoMonday(client, targetId, asOf);
  const horizonDays = await findHorizonDays(client, targetId);
  const decision = decideEpisodes({
    asOf,
    scores: await findScores(client, args),
    openEpisodes: await findOpenEpisodes(client, targetId, asOf),
    exitThreshold: args.exitThreshold,
    windowEnd: (monday) => addDays(monday, horizonDays, args.zone),
  });
  await applyDecision(client, { ...args, decision });
  return { opened: decision.open.length, closed: decision.close.length };
}
