import { addWeeks, dayOf, latestMonday } from "@/lib/calendar/weeks";
import { type Fence, NO_FENCE } from "@/lib/db/fence";
import { buildFeatures } from "@/lib/features/service";
import { resolveLabels } from "@/lib/labels/service";
import { findChampion } from "@/lib/model-registry/service";
import { resolveOutcomes } from "@/lib/outcomes/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { scoreAccounts } from "@/lib/scoring/service";
import { getSettings } from "@/lib/settings/service";
import { type DemoParameters, findDemoInstallation, markSimulatedUntil } from "./demo-installation";
import { demoSimulation, importFacts } from "./import-facts";
import { dayNumberOf } from "./techflow/day-calendar";
import { createWorld } from "./techflow/world";

const MS_PER_HOUR = 3_600_000;

export type ReplayProgress = { step: string; fraction: number; message?: string };

export type ReplayedWeek = {
  /** The Monday that the week ends with. */
  readonly asOf: Date;
  readonly rowsImported: number;
  /** Null where the week's score has to wait: its known-by is still to come, or there is no champion. */
  readonly scored: number | null;
};

/**
 * Brings the demo up to the latest Monday before `now`: for every week that is missing, in order, simulates its facts,
 * imports them, builds features, scores and publishes; then resolves what has matured. A week whose known-by is still to
 * come is only imported, the weekly jobs do the rest. Killed anywhere and run again it ends the same.
 *
 * @throws Error where the installation is not a filled demo; the signal's reason when aborted
 */
export async function replayWeek(args: {
  now: Date;
  fence?: Fence;
  onProgress?: (progress: ReplayProgress) => void;
  abort?: AbortSignal;
}): Promise<{ weeks: ReplayedWeek[] }> {
  const { now, fence = NO_FENCE, onProgress, abort } = args;
  const installation = await findDemoInstallation();
  const simulatedUntil = installation?.parameters.simulatedUntil;
  if (!installation || !simulatedUntil) throw new Error("there is no demo to go on with; expected one that was filled");
  const world = createWorld(worldOf(installation.parameters));
  const { zone } = world.calendar;
  const weeks: ReplayedWeek[] = [];
  const after = dayNumberOf(simulatedUntil);
  const last = latestMonday(now, zone);
  const firstAsOf = addWeeks(new Date(world.calendar.midnightMs(after)), 1, zone);
  if (firstAsOf > last) return { weeks };
  const simulation = demoSimulation({ world, after, horizon: world.calendar.dayNumberAt(last) });
  for (let asOf = firstAsOf; asOf <= last; asOf = addWeeks(asOf, 1, zone)) {
    abort?.throwIfAborted();
    const message = dayOf(asOf, zone);
    onProgress?.({ step: "Simulating a week", fraction: 0, message });
    const until = world.calendar.dayNumberAt(asOf);
    const { report } = await importFacts({ simulation, until, abort });
    await markSimulatedUntil(message);
    onProgress?.({ step: "Scoring a week", fraction: 0.4, message });
    weeks.push({ asOf, rowsImported: report.rowsRead, scored: await publishWeek({ asOf, now, fence, abort }) });
  }
  onProgress?.({ step: "Resolving outcomes", fraction: 0.9 });
  await resolveOutcomes({ targetId: CHURN_TARGET_ID, now, fence });
  return { weeks };
}

/**
 * Builds, scores and publishes one Monday as its own Monday would have, at 05:00.
 * @returns how many customers were scored; null where that must wait
 */
export async function publishWeek(args: {
  asOf: Date;
  now: Date;
  fence: Fence;
  abort?: AbortSignal;
}): Promise<number | null> {
  const { asOf, fence, abort } = args;
  const { dataCutoffHours } = await getSettings();
  if (args.now.getTime() < asOf.getTime() + dataCutoffHours * MS_PER_HOUR) return null;
  const fiveOClock = asOf.getTime() + 5 * MS_PER_HOUR;
  const now = new Date(
    Math.min(args.now.getTime(), Math.max(fiveOClock, asOf.getTime() + dataCutoffHours * MS_PER_HOUR)),
  );
  await buildFeatures({ asOfs: [asOf], now, fence, signal: abort });
  await resolveLabels({ targetId: CHURN_TARGET_ID, asOfs: [asOf], now: args.now, fence });
  if (!(await findChampion(CHURN_TARGET_ID))) return null;
  const { scored } = await scoreAccounts({ targetId: CHURN_TARGET_ID, asOf, now, fence, signal: abort });
  return scored;
}

/** What of an installation's parameters defines its world. */
export function worldOf({ seed, customers, signal, historyFrom, zone }: DemoParameters) {
  return { seed, customers, signal, historyFrom, zone };
}
