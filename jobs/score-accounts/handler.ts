import { buildableAsOfs, buildFeatures } from "@/lib/features/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { scoreAccounts } from "@/lib/scoring/service";
import { getSettings } from "@/lib/settings/service";
import { asOfOfSlot } from "../runner/as-of-of-slot";
import type { JobHandler } from "../runner/define-job";

/** Scores and publishes one Monday; its features are built first where they are missing. */
export const handleScoreAccounts: JobHandler<"score-accounts"> = async (job) => {
  const settings = await getSettings();
  const coveredWeekStarts = await buildableAsOfs({ until: job.now });
  const asOf = asOfOfSlot({ asOf: job.payload.asOf, slot: job.slot, calendar: settings, coveredWeekStarts });
  const { now, fence, signal, onProgress } = job;
  onProgress({ step: "Building features", fraction: 0, message: asOf.toISOString().slice(0, 10) });
  await buildFeatures({ asOfs: [asOf], now, fence, signal });
  const outcome = await scoreAccounts({ targetId: CHURN_TARGET_ID, asOf, now, fence, signal, onProgress });
  return { asOf: asOf.toISOString(), ...outcome };
};
