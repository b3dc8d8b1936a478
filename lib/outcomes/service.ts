import type { Fence } from "@/lib/db/fence";
import { inTransaction } from "@/lib/db/pool";
import { departuresKnownUntil } from "@/lib/labels/departures-known-until";
import { labelWindow } from "@/lib/labels/resolve-outcome";
import { currentLabelRule, resolveLabels } from "@/lib/labels/service";
import { getSettings } from "@/lib/settings/service";
import { findRunsWithoutOutcomes, insertOutcomes } from "./repository";

/**
 * Writes what became of the predictions of published champion runs whose windows have matured by `now` and by the data's
 * watermark: departed or stayed from the labels, which are resolved first, and revenue at the window's end. One transaction a run; a run that
 * has its outcomes keeps them.
 * @returns how many runs got outcomes, and how many outcomes were written.
 */
export async function resolveOutcomes(args: {
  targetId: string;
  now: Date;
  fence: Fence;
}): Promise<{ runs: number; outcomes: number }> {
  const { targetId, now, fence } = args;
  const [rule, { zone }, knownUntil] = await Promise.all([
    currentLabelRule(targetId),
    getSettings(),
    departuresKnownUntil(now),
  ]);
  const matured = (await findRunsWithoutOutcomes(targetId))
    .map((run) => ({ run, window: labelWindow({ asOf: run.asOf, rule, zone }) }))
    .filter(({ window }) => knownUntil !== null && window.maturesAt <= knownUntil.getTime());
  const asOfs = [...new Set(matured.map(({ run }) => run.asOf.getTime()))].map((asOf) => new Date(asOf));
  await resolveLabels({ targetId, asOfs, now, fence });
  let outcomes = 0;
  for (const { run, window } of matured) {
    outcomes += await inTransaction(async (client) => {
      const windowEndsAt = new Date(window.endsAt);
      const written = await insertOutcomes(client, { run, labelRuleId: rule.id, windowEndsAt, now });
      await fence(client);
      return written;
    });
  }
  return { runs: matured.length, outcomes };
}
