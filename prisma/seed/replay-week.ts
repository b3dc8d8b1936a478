import { addWeeks, dayOf, latestWeekStart, type Zone } from "@/lib/calendar/weeks";
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
  const { calendar } = world;
  const after = dayNumberOf(simulatedUntil);
  const last = latestWeekStart(now, { zone: calendar.zone, weekStart: "monday" });
  const asOfs = mondaysAfter({ after: new Date(calendar.midnightMs(after)), last, zone: calendar.zone });
  if (asOfs.length === 0) return { weeks: [] };
  const simulation = demoSimulation({ world, after, horizon: calendar.dayNumberAt(last) });
  const importWeek = async (asOf: Date) => {
    abort?.throwIfAborted();
    onProgress?.({ step: "Simulating a week", fraction: 0, message: dayOf(asOf, calendar.zone) });
    return importFacts({ simulation, until: calendar.dayNumberAt(asOf), abort });
  };
  const weeks: ReplayedWeek[] = [];
  let imported = await importWeek(asOfs[0]!);
  for (const [index, asOf] of asOfs.entries()) {
    const message = dayOf(asOf, calendar.zone);
    onProgress?.({ step: "Scoring a week", fraction: 0.4, message });
    const next = asOfs[index + 1];
    let following: ReturnType<typeof importWeek> | undefined;
    const importNext = () => {
      if (!next || following) return;
      following = importWeek(next);
      // It is waited for below; until then a failure of it is nobody's.
      following.catch(() => undefined);
    };
    // While the database computes features, whose data cut is taken, this process has time for the facts of the next week.
    const publishing = publishWeek({ asOf, now, fence, abort, onBuilding: importNext });
    const scored = await publishing.finally(() => following?.catch(() => undefined));
    importNext();
    await markSimulatedUntil(message);
    weeks.push({ asOf, rowsImported: imported.report.rowsRead, scored });
    if (following) imported = await following;
  }
  onProgress?.({ step: "Resolving outcomes", fraction: 0.9 });
  await resolveOutcomes({ targetId: CHURN_TARGET_ID, now, fence });
  return { weeks };
}

/**
 * Builds, scores and publishes one Monday as its own Monday would have, at 05:00.
 * @param args.onBuilding called when the data cut is taken and the database begins to compute; not where all is built
 * @returns how many customers were scored; null where that must wait
 */
export async function publishWeek(args: {
  asOf: Date;
  now: Date;
  fence: Fence;
  abort?: AbortSignal;
  onBuilding?: () => void;
}): Promise<number | null> {
  const { asOf, fence, abort } = args;
  const { dataCutoffHours } = await getSettings();
  if (args.now.getTime() < asOf.getTime() + dataCutoffHours * MS_PER_HOUR) return null;
  const fiveOClock = asOf.getTime() + 5 * MS_PER_HOUR;
  const now = new Date(
    Math.min(args.now.getTime(), Math.max(fiveOClock, asOf.getTime() + dataCutoffHours * MS_PER_HOUR)),
  );
  await buildFeatures({ asOfs: [asOf], now, fence, signal: abort, onBuilding: args.onBuilding });
  await resolveLabels({ targetId: CHURN_TARGET_ID, asOfs: [asOf], now: args.now, fence });
  if (!(await findChampion(CHURN_TARGET_ID))) return null;
  const { scored } = await scoreAccounts({ targetId: CHURN_TARGET_ID, asOf, now, fence, signal: abort });
  return scored;
}

function mondaysAfter(args: { after: Date; last: Date; zone: Zone }): Date[] {
  const mondays: Date[] = [];
  for (let monday = addWeeks(args.after, 1, args.zone); monday <= args.last; monday = addWeeks(monday, 1, args.zone))
    mondays.push(monday);
  return mondays;
}

/** What of an installation's parameters defines its world. */
export function worldOf({ seed, customers, signal, historyFrom, zone }: DemoParameters) {
  return { seed, customers, signal, historyFrom, zone };
}
