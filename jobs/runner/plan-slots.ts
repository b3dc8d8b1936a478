import type { WeekCalendar } from "@/lib/calendar/contract";
import type { JobDefinition } from "./define-job";
import { slotsBetween } from "./schedule";

/** A slot that should have a run and has none. */
export type MissingSlot = { readonly job: string; readonly slot: Date };

/** Slots older than this are never made up for. */
const LOOK_BACK_DAYS = 120;
const DAY_MS = 86_400_000;

/** The time from which a job's slots are looked at: since the installation is ready, at most the look-back. */
export function lookBackFrom(args: { now: Date; readyAt: Date }): Date {
  return new Date(Math.max(args.readyAt.getTime(), args.now.getTime() - LOOK_BACK_DAYS * DAY_MS));
}

/**
 * The slots that are due and have no run yet, in the order in which they are useful: the newest of every job first, in the
 * order of the jobs (features before scores), then the second newest, and so on. Each job makes up for at most
 * `catchUpMax` slots counted from its newest, so a week that nobody can use any more stays undone.
 */
export function missingSlots(args: {
  jobs: readonly Pick<JobDefinition, "name" | "schedule" | "catchUpMax">[];
  /** Slots that have a run, by job. */
  existing: ReadonlyMap<string, readonly Date[]>;
  from: Date;
  now: Date;
  calendar: WeekCalendar;
}): MissingSlot[] {
  const wanted = args.jobs.flatMap((job, order) => {
    if (!job.schedule) return [];
    const have = new Set((args.existing.get(job.name) ?? []).map((slot) => slot.getTime()));
    return slotsBetween({ schedule: job.schedule, after: args.from, until: args.now, calendar: args.calendar })
      .reverse()
      .slice(0, job.catchUpMax)
      .map((slot, age) => ({ job: job.name, slot, age, order, done: have.has(slot.getTime()) }));
  });
  return wanted
    .filter(({ done }) => !done)
    .sort((a, b) => a.age - b.age || a.order - b.order)
    .map(({ job, slot }) => ({ job, slot }));
}

/** A run that might be begun now. */
export type OpenRun = { readonly id: string; readonly job: string; readonly slot: Date; readonly requested: boolean };

/**
 * The order in which open runs are begun: what a person asked for, oldest first; then scheduled ones as in missingSlots, the
 * newest of every job first, so that what a long downtime left waiting does not hold up this week.
 */
export function orderOpenRuns(args: {
  runs: readonly OpenRun[];
  jobs: readonly Pick<JobDefinition, "name">[];
}): OpenRun[] {
  const order = new Map<string, number>(args.jobs.map(({ name }, index) => [name, index]));
  const requested = args.runs.filter((run) => run.requested).sort((a, b) => a.slot.getTime() - b.slot.getTime());
  const scheduled = args.runs.filter((run) => !run.requested);
  const ageOf = (run: OpenRun) => scheduled.filter((other) => other.job === run.job && other.slot > run.slot).length;
  const ranked = scheduled
    .map((run) => ({ run, age: ageOf(run), order: order.get(run.job) ?? order.size }))
    .sort((a, b) => a.age - b.age || a.order - b.order);
  return [...requested, ...ranked.map(({ run }) => run)];
}
