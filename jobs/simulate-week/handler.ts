import { replayWeek } from "@/prisma/seed/replay-week";
import type { JobHandler } from "../runner/define-job";

/** Makes the demo company's weeks that have passed since its data ends, one after the other. */
export const handleSimulateWeek: JobHandler<"simulate-week"> = async (job) => {
  const { weeks } = await replayWeek({
    now: job.now,
    fence: job.fence,
    abort: job.signal,
    onProgress: job.onProgress,
  });
  return { weeks: weeks.map(({ asOf, ...week }) => ({ asOf: asOf.toISOString(), ...week })) };
};
