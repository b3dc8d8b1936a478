/** What changes coverage or the wish to stay; seats, plans and prices do not. */
export type CoverageKind = "start" | "trial_start" | "notice" | "notice_withdrawn" | "end" | "reactivation";

/** One event of a subscription, newest version. Times are epoch milliseconds. */
export type CoverageEvent = {
  readonly subscriptionId: string;
  readonly sourceId: string;
  readonly kind: CoverageKind;
  readonly occurredAt: number;
  /** Of a notice: when coverage is to end. */
  readonly effectiveAt: number | null;
};

/** The state from `at` on, as it looked then: an event at `at` itself holds only after it, as in subscription_state_at. */
export type SubscriptionState = { readonly at: number; readonly paid: boolean; readonly noticed: boolean };

/** A stretch of paid coverage without a standing notice, known in hindsight. */
export type Commitment = {
  readonly from: number;
  /** A late withdrawal makes a customer one again, but does not undo the departure before it. */
  readonly begunBy: "start" | "late_withdrawal";
  /** When the notice was given or coverage ended; Infinity where neither has happened. */
  readonly to: number;
  readonly endedBy: "notice" | "lapse";
  /** When paid coverage really ends: for a notice, when it takes effect. */
  readonly coveredTo: number;
};

/** Events in the order in which they count: by time, at the same time by id. */
export function inOrder(events: readonly CoverageEvent[]): CoverageEvent[] {
  return [...events].sort((a, b) => a.occurredAt - b.occurredAt || (a.sourceId < b.sourceId ? -1 : 1));
}

/**
 * The states of one subscription over time, without hindsight. Coverage ends by itself at the date of a notice that
 * stands then; a withdrawal after that begins it anew. `events`: its own, in order.
 */
export function statesOf(events: readonly CoverageEvent[]): SubscriptionState[] {
  const states: SubscriptionState[] = [];
  // `lapses`: when the notice in force ends coverage; `lapsed`: it has, and no event has said more.
  let [paid, noticed, lapsed, lapses] = [false, false, false, Number.POSITIVE_INFINITY];
  const lapseBefore = (time: number, givenAt: number) => {
    if (time < lapses || lapses === Number.POSITIVE_INFINITY) return;
    if (paid) {
      states.push({ at: Math.max(lapses, givenAt), paid: false, noticed });
      [paid, lapsed] = [false, true];
    }
    lapses = Number.POSITIVE_INFINITY;
  };
  let givenAt = 0;
  for (const { kind, occurredAt, effectiveAt } of events) {
    lapseBefore(occurredAt, givenAt);
    if (kind === "notice") {
      noticed = true;
      if (!lapsed) [lapses, givenAt] = [effectiveAt ?? lapses, occurredAt];
    } else if (kind === "notice_withdrawn") {
      [paid, noticed, lapsed, lapses] = [paid || lapsed, false, false, Number.POSITIVE_INFINITY];
    } else {
      const begins = kind === "start" || kind === "reactivation";
      [paid, noticed, lapsed, lapses] = [begins, noticed && !begins, false, Number.POSITIVE_INFINITY];
    }
    states.push({ at: occurredAt, paid, noticed });
  }
  lapseBefore(Number.POSITIVE_INFINITY, givenAt);
  return states;
}

/**
 * The commitments of one subscription, with hindsight: a notice that was withdrawn before it took effect never ended
 * one, and a notice that stands ends it on the day it was given. `events`: its own, in order.
 */
export function commitmentsOf(events: readonly CoverageEvent[]): Commitment[] {
  const commitments: Commitment[] = [];
  let open: Pick<Commitment, "from" | "begunBy"> | undefined;
  let paid = false;
  const close = (end: Omit<Commitment, "from" | "begunBy">) => {
    if (open !== undefined) commitments.push({ ...open, ...end });
    open = undefined;
  };
  events.forEach(({ kind, occurredAt }, index) => {
    switch (kind) {
      case "start":
      case "reactivation":
        paid = true;
        open ??= { from: occurredAt, begunBy: "start" };
        break;
      case "notice_withdrawn":
        if (paid) open ??= { from: occurredAt, begunBy: "late_withdrawal" };
        break;
      case "end":
      case "trial_start":
        paid = false;
        close({ to: occurredAt, endedBy: "lapse", coveredTo: occurredAt });
        break;
      case "notice": {
        const effect = open === undefined ? undefined : effectOfNotice(events, index);
        if (effect !== undefined) close({ to: occurredAt, endedBy: "notice", coveredTo: effect });
      }
    }
  });
  close({ to: Number.POSITIVE_INFINITY, endedBy: "lapse", coveredTo: Number.POSITIVE_INFINITY });
  return commitments;
}

/**
 * When the notice at `index` takes effect: at its effective time or the end of coverage, whichever is first, Infinity
 * while neither is known; a further notice moves it. Undefined where it is taken back before, by a withdrawal or a new start.
 */
function effectOfNotice(events: readonly CoverageEvent[], index: number): number | undefined {
  let effect = events[index]?.effectiveAt ?? Number.POSITIVE_INFINITY;
  for (const later of events.slice(index + 1)) {
    if (later.occurredAt >= effect) return effect;
    if (later.kind === "end" || later.kind === "trial_start") return later.occurredAt;
    if (later.kind !== "notice") return undefined;
    effect = later.effectiveAt ?? effect;
  }
  return effect;
}
