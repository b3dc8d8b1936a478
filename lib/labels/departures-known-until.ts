import { dataWatermark } from "@/lib/features/service";

/**
 * Until when it can be told who left: `now`, or the data's watermark where the files stop earlier. Beyond the watermark
 * nobody is known to have left, so that a label or a month that needs more would count leavers as stayed. Null before
 * anything is imported.
 */
export async function departuresKnownUntil(now: Date): Promise<Date | null> {
  const watermark = await dataWatermark();
  return watermark && (watermark < now ? watermark : now);
}
