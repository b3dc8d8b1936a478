import type { SubscriptionFact } from "./fact-world";

/** One subscription as its events up to a time leave it. Times are epoch ms. */
export type NaiveState = {
  subscription: string;
  plan: string | null;
  seats: number;
  unitPriceCents: number;
  discountPct: number;
  discountByPlay: boolean;
  termMonths: number | null;
  covered: boolean;
  trial: boolean;
  startedAt: number;
  firstStartedAt: number;
  noticeGiven: boolean;
  mrrCents: number;
};

/**
 * Replays the events before `at` in order of time, ties by id: attributes carry over, coverage and intent follow the last
 * word, and a notice whose date has passed ends coverage.
 */
export function stateOf(args: { subscription: string; events: readonly SubscriptionFact[]; at: number }): NaiveState {
  const { subscription, events } = args;
  const state: NaiveState = {
    subscription,
    plan: null,
    seats: 0,
    unitPriceCents: 0,
    discountPct: 0,
    discountByPlay: false,
    termMonths: null,
    covered: false,
    trial: false,
    startedAt: Number.NaN,
    firstStartedAt: Number.NaN,
    noticeGiven: false,
    mrrCents: 0,
  };
  const inOrder = [...events].sort((a, b) => a.occurredAt - b.occurredAt || (a.sourceId < b.sourceId ? -1 : 1));
  for (const event of inOrder) {
    state.plan = event.plan ?? state.plan;
    state.seats = event.seats ?? state.seats;
    state.unitPriceCents = event.unitPriceCents ?? state.unitPriceCents;
    state.termMonths = event.termMonths ?? state.termMonths;
    if (event.discountPct !== null) {
      state.discountPct = event.discountPct;
      state.discountByPlay = event.discountByPlay;
    }
    if (event.kind === "start" || event.kind === "reactivation") {
      Object.assign(state, { covered: true, trial: false, startedAt: event.occurredAt, noticeGiven: false });
      if (Number.isNaN(state.firstStartedAt)) state.firstStartedAt = event.occurredAt;
    }
    if (event.kind === "trial_start") Object.assign(state, { covered: true, trial: true });
    if (event.kind === "end") Object.assign(state, { covered: false, trial: false });
    if (event.kind === "notice") state.noticeGiven = true;
    if (event.kind === "notice_withdrawn") state.noticeGiven = false;
  }
  if (hasLapsed(inOrder, args.at)) Object.assign(state, { covered: false, trial: false });
  const full = state.covered && !state.trial ? state.seats * state.unitPriceCents : 0;
  state.mrrCents = Math.round(full * (1 - state.discountPct / 100));
  return state;
}

/** Whether some notice ended coverage before `at` and nothing has been said since: asked of each notice by itself. */
function hasLapsed(inOrder: readonly SubscriptionFact[], at: number): boolean {
  const settles = (event: SubscriptionFact) =>
    ["start", "trial_start", "reactivation", "end", "notice_withdrawn"].includes(event.kind);
  return inOrder.some((notice, index) => {
    const { kind, effectiveAt } = notice;
    if (kind !== "notice" || effectiveAt === null || effectiveAt >= at) return false;
    const later = inOrder.slice(index + 1);
    const movedBefore = later.some(
      (event) => event.kind === "notice" && event.effectiveAt !== null && event.occurredAt < effectiveAt,
    );
    return !movedBefore && !later.some(settles);
  });
}
