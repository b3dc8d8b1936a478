import { NO_FENCE } from "@/lib/db/fence";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { scoreAccounts } from "@/lib/scoring/service";
import { NOW, UNTIL } from "../moments";

/** Scores and publishes the latest Monday, as the job does. @throws Error where it was scored before. */
export async function scoreWeek(
  _args: Record<string, never>,
): Promise<{ seconds: number; scored: number; listed: number }> {
  const started = performance.now();
  const outcome = await scoreAccounts({ targetId: CHURN_TARGET_ID, asOf: UNTIL, now: NOW, fence: NO_FENCE });
  if (!outcome.isNew || !outcome.isCurrent) throw new Error("The week stood scored already, so nothing was measured");
  const seconds = (performance.now() - started) / 1000;
  return { seconds, scored: outcome.scored, listed: outcome.flagged + outcome.watched };
}
