import { NO_FENCE } from "@/lib/db/fence";
import { buildableAsOfs, buildFeatures } from "@/lib/features/service";
import { NOW, UNTIL } from "../moments";

/** Builds feature rows of the latest Monday, or of all that the data covers. */
export async function buildWeeks(args: {
  all: boolean;
}): Promise<{ seconds: number; rows: number; weeks: number; leftOutWeeks: number }> {
  const asOfs = args.all ? await buildableAsOfs({ until: UNTIL }) : [UNTIL];
  const report = await buildFeatures({ asOfs, now: NOW, fence: NO_FENCE });
  return { seconds: report.seconds, rows: report.rows, weeks: report.built, leftOutWeeks: report.leftOut };
}
