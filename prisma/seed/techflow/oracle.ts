import type { DayNumber } from "./day-calendar";
import type { TechflowParameters } from "./parameters";
import { livePopulation, type Stay } from "./population";
import type { World } from "./world";

/** The best that anyone could say about a customer on a Monday, and what came of it. */
export type OracleRow = {
  readonly asOf: Date;
  /** The customer's id in the source. */
  readonly customerId: string;
  /** Chance of departure in [asOf, asOf + 30 days), given the hidden state: the onset of an episode, not its ending. */
  readonly probability: number;
  readonly departed: boolean;
};

export const HORIZON_DAYS = 30;

/**
 * Bayes probabilities for every customer with paid coverage and no standing notice, on each of the given Mondays. This is
 * hidden truth: it is for judging models, and must never reach what features can read.
 */
export function* oracleRows(world: World, asOfs: readonly Date[]): Generator<OracleRow> {
  const days = asOfs.map((asOf) => world.calendar.dayNumberAt(asOf));
  const exits = new ExitDistribution(world.parameters.leaving);
  const stays = livePopulation(world, Math.max(...days) + 1).filter((stay) => stay.paid);
  for (const [index, asOf] of asOfs.entries()) {
    const day = days[index]!;
    for (const stay of stays) {
      if (!isPredictable(stay, day)) continue;
      const { departsOn } = stay.life;
      yield {
        asOf,
        customerId: stay.company.id,
        probability: departureProbability({ stay, day, exits, world }),
        departed: departsOn >= day && departsOn < day + HORIZON_DAYS,
      };
    }
  }
}

function isPredictable(stay: Stay, day: DayNumber): boolean {
  const { life } = stay;
  if (day <= life.paidFrom || day > life.departsOn) return false;
  if (life.gaps.some((gap) => day > gap.from && day <= gap.to)) return false;
  return !life.episodes.some(({ episode, ending }) => {
    const withdrawnAfter = ending.kind === "recovers" ? episode.withdrawsNoticeAfterDays : null;
    return withdrawnAfter !== null && day > ending.day && day <= ending.day + withdrawnAfter;
  });
}

function departureProbability(args: { stay: Stay; day: DayNumber; exits: ExitDistribution; world: World }): number {
  const { stay, day, exits, world } = args;
  const { leaving } = world.parameters;
  const suddenly = 1 - (1 - leaving.suddenPerMonth / 30.44) ** HORIZON_DAYS;
  const running = stay.life.episodes.find(({ episode, ending }) => episode.onset < day && day <= ending.day);
  if (!running) return suddenly;
  const leaves = 1 - leaving.recoveringShare;
  const inEpisode = leaves * exits.chanceWithin(day - running.episode.onset, HORIZON_DAYS);
  return 1 - (1 - suddenly) * (1 - inEpisode);
}

/** Days from onset to exit as whole days, and the chance of an exit soon given none so far. */
class ExitDistribution {
  readonly #survival: Float64Array;

  constructor(leaving: TechflowParameters["leaving"]) {
    const { mean, deviation, least, most } = leaving.exitDays;
    // Chance that the exit falls on day k or later; rounding makes day k hold [k - 0.5, k + 0.5), the cuts hold the tails.
    this.#survival = Float64Array.from({ length: most + HORIZON_DAYS + 2 }, (_, k) => {
      if (k <= least) return 1;
      return k > most ? 0 : 1 - normalCdf((k - 0.5 - mean) / deviation);
    });
  }

  /** Chance of an exit on the days `elapsed` .. `elapsed + days - 1` after the onset, given none before. */
  chanceWithin(elapsed: number, days: number): number {
    const now = this.#survival[elapsed] ?? 0;
    return now <= 0 ? 1 : 1 - (this.#survival[elapsed + days] ?? 0) / now;
  }
}

// Zelen and Severo, formula 26.2.17 in Abramowitz and Stegun, absolute error below 7.5e-8.
function normalCdf(x: number): number {
  if (x < 0) return 1 - normalCdf(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, c) => (sum + c) * t,
    0,
  );
  return 1 - density * series;
}
