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

/** Replays the events in order of time, ties by id: attributes carry over, coverage and intent follow the last word. */
export function stateOf(subscription: string, events: readonly SubscriptionFact[]): NaiveState {
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
  const full = state.covered && !state.trial ? state.seats * state.unitPriceCents : 0;
  state.mrrCents = Math.round(full * (1 - state.discountPct / 100));
  return state;
}
