import type { Random } from "@/ml/random/random";
import type { Company } from "./company";
import { addMonths, type DayNumber } from "./day-calendar";
import { drawLeavingEpisode, type EpisodeEnding, endingOf, type LeavingEpisode } from "./leaving-episode";
import type { TechflowParameters } from "./parameters";

/** Days without coverage, half-open; after it the customer is back by reactivation. */
export type CoverageGap = { readonly from: DayNumber; readonly to: DayNumber };

export type LivedEpisode = { readonly episode: LeavingEpisode; readonly ending: EpisodeEnding };

/** One unbroken relation: from the first day, through leaving episodes, to the end of paid coverage. Hidden truth. */
export type SubscriptionLife = {
  /** First day of the trial, or `paidFrom`. */
  readonly from: DayNumber;
  readonly paidFrom: DayNumber;
  readonly episodes: readonly LivedEpisode[];
  /** Short lapses by mistake, healed within the grace time: no departures. */
  readonly gaps: readonly CoverageGap[];
  /** The day of the notice that stands, or of the lapse. */
  readonly departsOn: DayNumber;
  readonly departure: "notice" | "lapse";
  /** True where no episode led to it. */
  readonly sudden: boolean;
  /** First day without coverage. */
  readonly endsOn: DayNumber;
};

const DAYS_PER_MONTH = 30.44;

/** Yearly customers may leave with this many days' notice, so coverage ends then at the latest. */
const LONGEST_NOTICE_DAYS = 90;

/** Lives a subscription from its first paid day to its end. Everything is drawn, nothing depends on where history is cut. */
export function liveSubscription(args: {
  random: Random;
  company: Company;
  paidFrom: DayNumber;
  trialDays: number;
  parameters: TechflowParameters;
  outreachDay: DayNumber | undefined;
}): SubscriptionLife {
  const { random, company, paidFrom, parameters } = args;
  const { leaving } = parameters;
  const suddenOn = paidFrom + 1 + Math.floor(exponential(random, DAYS_PER_MONTH / leaving.suddenPerMonth));
  const suddenManner = random.next() < leaving.suddenLapseShare ? "lapse" : "notice";
  const episodes: LivedEpisode[] = [];
  const gaps: CoverageGap[] = [];
  const finish = (end: { on: DayNumber; manner: "notice" | "lapse"; sudden: boolean }): SubscriptionLife => ({
    from: paidFrom - args.trialDays,
    paidFrom,
    episodes,
    gaps: gaps.filter((gap) => gap.to < end.on),
    departsOn: end.on,
    departure: end.manner,
    sudden: end.sudden,
    endsOn: end.manner === "lapse" ? end.on : noticeTakesEffect({ company, paidFrom, noticeOn: end.on }),
  });

  let healthyFrom = paidFrom + leaving.honeymoonDays;
  for (;;) {
    const onset = drawOnset({ random, company, paidFrom, healthyFrom, leaving });
    drawShortLapses({ random, from: healthyFrom, to: onset - 14, perMonth: parameters.monthly.shortLapse, gaps });
    if (suddenOn <= onset) return finish({ on: suddenOn, manner: suddenManner, sudden: true });
    const episode = drawLeavingEpisode({ random, onset, leaving });
    const ending = endingOf(episode, args.outreachDay);
    episodes.push({ episode, ending });
    if (suddenOn <= ending.day) return finish({ on: suddenOn, manner: suddenManner, sudden: true });
    if (ending.kind === "leaves") return finish({ on: ending.day, manner: episode.manner, sudden: false });
    healthyFrom = ending.day + leaving.recoveryDays + leaving.honeymoonDays;
  }
}

/** The end of the running month or year of the term, at most {@link LONGEST_NOTICE_DAYS} ahead and never the same day. */
export function noticeTakesEffect(args: { company: Company; paidFrom: DayNumber; noticeOn: DayNumber }): DayNumber {
  const { company, paidFrom, noticeOn } = args;
  let term = Math.max(1, Math.floor((noticeOn - paidFrom) / (company.termMonths * 31)));
  while (addMonths(paidFrom, term * company.termMonths) <= noticeOn) term++;
  return Math.min(addMonths(paidFrom, term * company.termMonths), noticeOn + LONGEST_NOTICE_DAYS);
}

function drawOnset(args: {
  random: Random;
  company: Company;
  paidFrom: DayNumber;
  healthyFrom: DayNumber;
  leaving: TechflowParameters["leaving"];
}): DayNumber {
  const { random, company, paidFrom, healthyFrom, leaving } = args;
  if (company.termMonths === 1) {
    const meanDays = leaving.meanDaysToOnset / company.plan.onsetFactor;
    return healthyFrom + Math.floor(exponential(random, meanDays));
  }
  // Yearly customers decide towards the end of a term: the exit then falls some weeks before it.
  for (let year = 1; ; year++) {
    const chosen = random.next() < leaving.onsetPerYearlyTerm * company.plan.onsetFactor;
    const onset = addMonths(paidFrom, 12 * year) - 75 - random.nextInt(50);
    if (chosen && onset >= healthyFrom) return onset;
  }
}

function drawShortLapses(args: {
  random: Random;
  from: DayNumber;
  to: DayNumber;
  perMonth: number;
  gaps: CoverageGap[];
}): void {
  let day = args.from;
  for (;;) {
    day += 15 + Math.floor(exponential(args.random, DAYS_PER_MONTH / args.perMonth));
    if (day >= args.to) return;
    const days = 2 + args.random.nextInt(10);
    args.gaps.push({ from: day, to: day + days });
    day += days;
  }
}

function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}
