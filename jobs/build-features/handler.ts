import { buildableAsOfs, buildFeatures } from "@/lib/features/service";
import { getSettings } from "@/lib/settings/service";
import { asOfOfSlot } from "../runner/as-of-of-slot";
import type { JobHandler } from "../runner/define-job";

/** Builds the feature rows of one Monday; a Monday that is built already is left as it is. */
export const handleBuildFeatures: JobHandler<"build-features"> = async (job) => {
  const settings = await getSettings();
  const coveredWeekStarts = await buildableAsOfs({ until: job.now });
  const asOf = asOfOfSlot({ asOf: job.payload.asOf, slot: job.slot, calendar: settings, coveredWeekStarts });
  job.onProgress({ step: "Building features", fraction: 0, message: asOf.toISOString().slice(0, 10) });
  const report = await buildFeatures({
    asOfs: [asOf],
    now: job.now,
    fence: job.fence,
    signal: job.signal,
    onProgress: ({ done, total, message }) =>
      job.onProgress({ step: "Building features", fraction: done / total, message }),
  });
  return { asOf: asOf.toISOString(), ...report };
};
