import { addWeeks, dayOf, latestWeekStart, type Zone } from "@/lib/calendar/weeks";
import { DayCalendar, type DayNumber } from "./day-calendar";
import {
  DECLINE_BY_SIGNAL,
  type Decline,
  SIGNALS,
  type Signal,
  TECHFLOW_PARAMETERS,
  type TechflowParameters,
} from "./parameters";

/** What fixes a world: with the same definition every fact is the same, byte for byte. */
export type WorldDefinition = {
  readonly seed: number;
  /** Customers active at any time. */
  readonly customers: number;
  readonly signal: Signal;
  /** YYYY-MM-DD, a Monday: the first day of usage, tickets and payments. Longer histories of one world share it. */
  readonly historyFrom: string;
  readonly zone: Zone;
};

export type World = {
  readonly definition: WorldDefinition;
  readonly seed: string;
  readonly customers: number;
  readonly historyFrom: DayNumber;
  readonly calendar: DayCalendar;
  readonly parameters: TechflowParameters;
  readonly decline: Decline;
  /** Day on which outreach reached a customer, by source id; decides which of an episode's endings comes true. */
  readonly outreach?: ReadonlyMap<string, DayNumber>;
};

/**
 * @throws RangeError naming the value that makes no world
 */
export function createWorld(definition: WorldDefinition, outreach?: World["outreach"]): World {
  const { customers, seed, signal, historyFrom, zone } = definition;
  if (!Number.isInteger(customers) || customers < 1 || customers > 1_000_000)
    throw new RangeError(`customers is ${customers}; expected a whole number from 1 to 1000000`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed is ${seed}; expected a whole number from 0`);
  if (!SIGNALS.includes(signal)) throw new RangeError(`signal is "${signal}"; expected ${SIGNALS.join(", ")}`);
  const calendar = new DayCalendar(zone);
  const start = new Date(`${historyFrom}T12:00:00Z`);
  if (Number.isNaN(start.getTime()) || start.getUTCDay() !== 1)
    throw new RangeError(`historyFrom is "${historyFrom}"; expected a Monday as YYYY-MM-DD`);
  return {
    definition,
    seed: `techflow/${seed}`,
    customers,
    historyFrom: Math.floor(start.getTime() / 86_400_000),
    calendar,
    parameters: TECHFLOW_PARAMETERS,
    decline: DECLINE_BY_SIGNAL[signal],
    outreach,
  };
}

/** The Monday on which a history of `weeks` weeks that ends with the latest Monday before `until` begins, as YYYY-MM-DD. */
export function historyStart(args: { until: Date; weeks: number; zone: Zone }): string {
  if (!Number.isInteger(args.weeks) || args.weeks < 1 || args.weeks > 520)
    throw new RangeError(`weeks is ${args.weeks}; expected a whole number from 1 to 520`);
  const start = addWeeks(latestWeekStart(args.until, { zone: args.zone, weekStart: "monday" }), -args.weeks, args.zone);
  return dayOf(start, args.zone);
}
