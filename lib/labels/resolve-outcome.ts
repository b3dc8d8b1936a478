import { addDays, type Zone } from "@/lib/calendar/weeks";
import type { LabelRule } from "./contract";
import {
  type Commitment,
  type CoverageEvent,
  commitmentsOf,
  inOrder,
  type SubscriptionState,
  statesOf,
} from "./subscription-timeline";

export type Departure = { /** Epoch milliseconds. */ readonly at: number; readonly kind: "notice" | "lapse" };

/**
 * What became of a customer after an as-of.
 * - not_covered: no paid coverage at as-of (trials are none); nothing to lose
 * - leaving: every paid subscription was under notice at as-of; nothing to predict
 * - open: the window has not matured, so nothing is said yet
 */
export type Outcome =
  | { readonly status: "not_covered" | "leaving" | "open" | "stayed" }
  | { readonly status: "departed"; readonly departedAt: Date; readonly kind: Departure["kind"] };

export type DepartureRule = Pick<LabelRule, "horizonDays" | "graceDays" | "settlementDays">;

/** A label window, [asOf, endsAt), and when it is mature. Epoch milliseconds. */
export type LabelWindow = { readonly asOf: number; readonly endsAt: number; readonly maturesAt: number };

/** The window of an as-of: horizon, then grace and settlement, in calendar days of the company's zone. */
export function labelWindow(args: { asOf: Date; rule: DepartureRule; zone: Zone }): LabelWindow {
  const { asOf, rule, zone } = args;
  const endsAt = addDays(asOf, rule.horizonDays, zone);
  const maturesAt = addDays(endsAt, rule.graceDays + rule.settlementDays, zone);
  return { asOf: asOf.getTime(), endsAt: endsAt.getTime(), maturesAt: maturesAt.getTime() };
}

/**
 * The one reader of outcomes: what became of one customer after `asOf`, for labels, outcomes and saves alike.
 *
 * A departure is the first of a notice that is not withdrawn before it takes effect (dated when given), and the end of
 * paid coverage without a notice and without a new start within the grace days (dated when coverage ended). It is the
 * customer's: while another subscription is paid and not under notice, or one starts before coverage has ended, leaving
 * one is none. As-of sees what occurred before it; windows and days are half-open.
 *
 * @param args.subscriptions all coverage events of the customer, newest versions, in any order.
 */
export function resolveOutcome(args: {
  subscriptions: readonly CoverageEvent[];
  asOf: Date;
  rule: DepartureRule;
  zone: Zone;
  now: Date;
}): Outcome {
  const history = readHistory({ ...args, graceDays: args.rule.graceDays });
  return outcomeAt({ history, window: labelWindow(args), now: args.now.getTime() });
}

/** What resolving one customer needs for any number of as-ofs. */
export type CustomerHistory = {
  readonly states: readonly (readonly SubscriptionState[])[];
  /** Ascending. */
  readonly departures: readonly Departure[];
};

/** Reads a customer's events once, for outcomeAt. */
export function readHistory(args: {
  subscriptions: readonly CoverageEvent[];
  graceDays: number;
  zone: Zone;
}): CustomerHistory {
  const bySubscription = new Map<string, CoverageEvent[]>();
  for (const event of inOrder(args.subscriptions)) {
    const events = bySubscription.get(event.subscriptionId);
    if (events === undefined) bySubscription.set(event.subscriptionId, [event]);
    else events.push(event);
  }
  const subscriptions = [...bySubscription.values()];
  const graceEnd = (at: number) => addDays(new Date(at), args.graceDays, args.zone).getTime();
  return {
    states: subscriptions.map(statesOf),
    departures: departuresOf(subscriptions.flatMap(commitmentsOf), graceEnd),
  };
}

/** resolveOutcome for a history read before and a window computed before. `now` in epoch milliseconds. */
export function outcomeAt(args: { history: CustomerHistory; window: LabelWindow; now: number }): Outcome {
  const { history, window, now } = args;
  let paid = false;
  let committed = false;
  for (const states of history.states) {
    const state = stateBefore(states, window.asOf);
    paid ||= state?.paid === true;
    committed ||= state?.paid === true && !state.noticed;
  }
  if (!paid) return { status: "not_covered" };
  if (!committed) return { status: "leaving" };
  if (now < window.maturesAt) return { status: "open" };
  const departure = history.departures.find(({ at }) => at >= window.asOf);
  if (departure === undefined || departure.at >= window.endsAt) return { status: "stayed" };
  return { status: "departed", departedAt: new Date(departure.at), kind: departure.kind };
}

function stateBefore(states: readonly SubscriptionState[], asOf: number): SubscriptionState | undefined {
  for (let i = states.length - 1; i >= 0; i -= 1) {
    const state = states[i] as SubscriptionState;
    if (state.at < asOf) return state;
  }
  return undefined;
}

/** The ends of the customer's commitments, all subscriptions together, that nothing bridged. */
function departuresOf(commitments: readonly Commitment[], graceEnd: (at: number) => number): Departure[] {
  const departures: Departure[] = [];
  let open: Commitment | undefined;
  for (const next of [...commitments].sort((a, b) => a.from - b.from)) {
    if (open === undefined || bridges(open, next, graceEnd)) open = open === undefined ? next : joined(open, next);
    else {
      departures.push({ at: open.to, kind: open.endedBy });
      open = next;
    }
  }
  if (open !== undefined && open.to !== Number.POSITIVE_INFINITY) departures.push({ at: open.to, kind: open.endedBy });
  return departures;
}

function bridges(open: Commitment, next: Commitment, graceEnd: (at: number) => number): boolean {
  if (next.from <= open.to || next.from < open.coveredTo) return true;
  if (next.from === open.coveredTo && next.begunBy === "start") return true;
  return open.endedBy === "lapse" && next.from < graceEnd(open.to);
}

function joined(a: Commitment, b: Commitment): Commitment {
  const later = b.to > a.to || (b.to === a.to && b.endedBy === "notice") ? b : a;
  return { ...later, from: a.from, begunBy: a.begunBy, coveredTo: Math.max(a.coveredTo, b.coveredTo) };
}
