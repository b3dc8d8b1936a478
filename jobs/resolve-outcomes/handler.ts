import { buildableAsOfs } from "@/lib/features/service";
import { resolveLabels } from "@/lib/labels/service";
import { resolveOutcomes } from "@/lib/outcomes/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import type { JobHandler } from "../runner/define-job";

/** Writes what became of every week that has matured: labels for training, outcomes of what was published. */
export const handleResolveOutcomes: JobHandler<"resolve-outcomes"> = async (job) => {
  const { now, fence } = job;
  const asOfs = await buildableAsOfs({ until: now });
  const labels = await resolveLabels({
    targetId: CHURN_TARGET_ID,
    asOfs,
    now,
    fence,
    onProgress: ({ fraction, message }) =>
      job.onProgress({ step: "Resolving labels", fraction: fraction * 0.8, message }),
  });
  job.signal.throwIfAborted();
  job.onProgress({ step: "Resolving outcomes", fraction: 0.8 });
  const outcomes = await resolveOutcomes({ targetId: CHURN_TARGET_ID, now, fence });
  return { labels, outcomes };
};
