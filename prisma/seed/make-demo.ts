import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { addWeeks, dayOf, latestWeekStart } from "@/lib/calendar/weeks";
import { NO_FENCE } from "@/lib/db/fence";
import { buildableAsOfs, buildFeatures } from "@/lib/features/service";
import { resolveLabels } from "@/lib/labels/service";
import { findChampion, listModelVersions, promoteToChampion } from "@/lib/model-registry/service";
import { resolveOutcomes } from "@/lib/outcomes/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { changeSetting, getSettings } from "@/lib/settings/service";
import { trainModel } from "@/lib/training/service";
import { ensureDemoAccounts } from "./demo-accounts";
import { declareDemo, findDemoInstallation, markReady, markSimulatedUntil } from "./demo-installation";
import { demoSimulation, importFacts } from "./import-facts";
import { compareWithOracle, type OracleComparison } from "./oracle-comparison";
import { publishWeek, worldOf } from "./replay-week";
import { dayNumberOf } from "./techflow/day-calendar";
import type { Signal } from "./techflow/parameters";
import { createWorld, historyStart } from "./techflow/world";

const HOUR_MS = 3_600_000;

/** Weeks before the latest for which the first model is trained; they then have real predictions, the oldest of them outcomes. */
const SCORED_WEEKS = 10;
/** Shorter histories need every week to train on. */
const WEEKS_TO_TRAIN = 42;

/** Any fixed number: the same demo has the same model. */
const TRAINING_SEED = 20_261_122;

export type SeedProgress = { step: string; fraction: number; message?: string };

export type SeededDemo = {
  /** False where the demo stood already. */
  readonly made: boolean;
  /** Null without a model. */
  readonly comparison: OracleComparison | null;
  /** Why there is no model, where there is none. */
  readonly withoutModel: string | null;
  readonly seconds: Readonly<Record<string, number>>;
};

/**
 * Fills an empty database with TechFlow: sign-ins, settings, history through the import, features, labels, a first model
 * as of some weeks ago, and the weeks since then scored one by one. Every step looks at what is there, so a run that was
 * killed anywhere goes on with the world it began with; `ready_at` is set last.
 *
 * @param args.until the demo's present; its history ends with the latest Monday whose known-by is over then
 * @throws Error where the database holds another installation; the signal's reason when aborted
 */
export async function seedDemo(args: {
  customers: number;
  weeks: number;
  seed: number;
  signal: Signal;
  until: Date;
  onProgress?: (progress: SeedProgress) => void;
  abort?: AbortSignal;
}): Promise<SeededDemo> {
  const { abort } = args;
  const existing = await findDemoInstallation();
  if (existing?.readyAt) return { made: false, comparison: null, withoutModel: null, seconds: {} };
  const clock = stepClock(args.onProgress);

  clock.begin("Sign-ins and settings");
  const { zone, dataCutoffHours } = await getSettings();
  const knownUntil = new Date(args.until.getTime() - dataCutoffHours * HOUR_MS);
  const monday = latestWeekStart(knownUntil, { zone, weekStart: "monday" });
  const { parameters } = await declareDemo({
    seed: args.seed,
    customers: args.customers,
    signal: args.signal,
    historyFrom: historyStart({ until: monday, weeks: args.weeks, zone }),
    zone,
    filledUntil: dayOf(monday, zone),
    simulatedUntil: null,
  });
  const world = createWorld(worldOf(parameters));
  const lastAsOf = new Date(world.calendar.midnightMs(dayNumberOf(parameters.filledUntil)));
  await ensureDemoAccounts();
  await scaleSettings(parameters.customers);

  if (parameters.simulatedUntil === null) {
    clock.begin("Simulating TechFlow");
    const until = dayNumberOf(parameters.filledUntil);
    await importFacts({
      simulation: demoSimulation({ world, after: null, horizon: until }),
      until,
      onProgress: ({ step, fraction, message }) => clock.begin(step, fraction, message),
      abort,
    });
    await markSimulatedUntil(parameters.filledUntil);
  }

  clock.begin("Building features");
  const now = new Date(Math.max(args.until.getTime(), lastAsOf.getTime() + dataCutoffHours * HOUR_MS));
  const asOfs = (await buildableAsOfs({ until: lastAsOf })).filter((asOf) => asOf <= lastAsOf);
  await buildFeatures({
    asOfs,
    now,
    fence: NO_FENCE,
    signal: abort,
    onProgress: ({ done, total, message }) => clock.begin("Building features", done / total, message),
  });

  const weeks = Math.round((lastAsOf.getTime() - world.calendar.midnightMs(world.historyFrom)) / (168 * HOUR_MS));
  const scoredWeeks = Math.min(SCORED_WEEKS, Math.max(0, weeks - WEEKS_TO_TRAIN));
  const firstScored = addWeeks(lastAsOf, -scoredWeeks, zone);
  const withoutModel = await appointFirstModel({ asOfs, trainedAt: fiveOClockOf(firstScored, now), clock, abort });

  if (withoutModel === null) {
    clock.begin("Scoring the latest weeks");
    const toScore = asOfs.filter((asOf) => asOf >= firstScored);
    for (const [index, asOf] of toScore.entries()) {
      clock.begin("Scoring the latest weeks", index / toScore.length, dayOf(asOf, zone));
      await publishWeek({ asOf, now, fence: NO_FENCE, abort });
    }
  }
  clock.begin("Resolving outcomes");
  await resolveLabels({ targetId: CHURN_TARGET_ID, asOfs, now, fence: NO_FENCE });
  await resolveOutcomes({ targetId: CHURN_TARGET_ID, now, fence: NO_FENCE });
  clock.begin("Comparing with the oracle");
  const comparison = withoutModel === null ? await compareWithOracle({ world, targetId: CHURN_TARGET_ID }) : null;
  await markReady(new Date());
  return { made: true, comparison, withoutModel, seconds: clock.end() };
}

/** A smaller company has fewer people to call, and fewer departures to learn from. */
async function scaleSettings(customers: number): Promise<void> {
  const values = {
    companyName: "TechFlow",
    weeklyCapacity: Math.max(10, Math.round(customers / 20)),
    minimumDepartures: Math.min(100, Math.max(20, Math.round(customers / 50))),
  };
  for (const key of ["companyName", "weeklyCapacity", "minimumDepartures"] as const)
    await changeSetting({ key, value: values[key], actor: SYSTEM_ACTOR, reason: "Fits the demo company's size." });
}

/** Trains on what had matured then and makes the result the champion. @returns why there is no model, or null. */
async function appointFirstModel(args: {
  asOfs: readonly Date[];
  trainedAt: Date;
  clock: StepClock;
  abort?: AbortSignal;
}): Promise<string | null> {
  const { trainedAt, clock } = args;
  if (await findChampion(CHURN_TARGET_ID)) return null;
  const [newest] = await listModelVersions(CHURN_TARGET_ID);
  let modelVersionId = newest?.id;
  if (modelVersionId === undefined) {
    clock.begin("Resolving labels");
    const known = args.asOfs.filter((asOf) => asOf <= trainedAt);
    await resolveLabels({ targetId: CHURN_TARGET_ID, asOfs: known, now: trainedAt, fence: NO_FENCE });
    clock.begin("Training the first model");
    const outcome = await trainModel({
      targetId: CHURN_TARGET_ID,
      seed: TRAINING_SEED,
      now: trainedAt,
      fence: NO_FENCE,
      signal: args.abort,
      onProgress: ({ fraction, message }) => clock.begin("Training the first model", fraction ?? 0, message),
    });
    if (outcome.status === "refused" || outcome.modelVersionId === undefined) return outcome.message;
    modelVersionId = outcome.modelVersionId;
  }
  await promoteToChampion({
    targetId: CHURN_TARGET_ID,
    modelVersionId,
    actor: SYSTEM_ACTOR,
    reason: "First model of the demo company: appointed with its gates as they are, so that the demo has a queue.",
    now: trainedAt,
  });
  return null;
}

function fiveOClockOf(asOf: Date, now: Date): Date {
  return new Date(Math.min(now.getTime(), asOf.getTime() + 5 * HOUR_MS));
}

type StepClock = ReturnType<typeof stepClock>;

/** Tells each step as it goes and keeps how long it took. */
function stepClock(onProgress: ((progress: SeedProgress) => void) | undefined) {
  const seconds: Record<string, number> = {};
  let current = "";
  let since = performance.now();
  const close = () => {
    if (current !== "") seconds[current] = (seconds[current] ?? 0) + (performance.now() - since) / 1000;
    since = performance.now();
  };
  return {
    begin(step: string, fraction = 0, message?: string) {
      if (step !== current) close();
      current = step;
      onProgress?.({ step, fraction, message });
    },
    end() {
      close();
      current = "";
      return seconds;
    },
  };
}
