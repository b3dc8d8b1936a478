import { createRandom, type Random } from "@/ml/random/random";
import { type Company, drawCompany } from "./company";
import { addMonths, type DayNumber } from "./day-calendar";
import { liveSubscription, type SubscriptionLife } from "./subscription-life";
import type { World } from "./world";

/** A company's stay: a paid subscription, or a trial that came to nothing. */
export type Stay = {
  readonly company: Company;
  /** 1 for a first stay, 2 for one that follows a return. */
  readonly number: number;
  readonly life: SubscriptionLife;
  /** First day of the first stay. */
  readonly signedUpOn: DayNumber;
  /** Whether the company's record begins with it: false where an earlier stay is in history too. */
  readonly introduces: boolean;
  /** False for a trial that ended without a payment. */
  readonly paid: boolean;
};

/** Chains begin this long before history, so that tenures and episodes are in their stationary mix when it starts. */
const WARM_UP_DAYS = 1100;

/**
 * All stays that touch the world's history, ordered by their first day, then place. The population is `customers`
 * chains: in each one customer follows another, so that the number of active customers stays level. A chain depends only
 * on the world's seed and its own index, and is lived to the end: where history is cut does not change it.
 */
export function livePopulation(world: World, until: DayNumber): Stay[] {
  const stays: Stay[] = [];
  for (let chain = 0; chain < world.customers; chain++) {
    let known = "";
    for (const stay of liveChain({ world, chain, until })) {
      if (stay.life.endsOn <= world.historyFrom) continue;
      stays.push({ ...stay, introduces: stay.company.id !== known });
      if (stay.paid) known = stay.company.id;
    }
  }
  return stays.sort((a, b) => a.life.from - b.life.from || (a.company.id < b.company.id ? -1 : 1));
}

function* liveChain(args: { world: World; chain: number; until: DayNumber }): Generator<Stay> {
  const { world, chain, until } = args;
  const { parameters } = world;
  const random = createRandom(`${world.seed}/chain/${chain}`);
  let generation = 0;
  const nextCompany = (mayTry: boolean) =>
    drawCompany({
      seed: world.seed,
      // Numbered as they would be by a shop that counts its customers.
      id: `C${String(generation++ * world.customers + chain + 1).padStart(6, "0")}`,
      parameters,
      mayTry,
    });
  let company = nextCompany(false);
  let number = 1;
  let signedUpOn = 0;
  let paidFrom = world.historyFrom - WARM_UP_DAYS - Math.floor(random.next() * 400);
  while (paidFrom - parameters.trial.days < until) {
    const lifeRandom = createRandom(`${world.seed}/life/${company.id}/${number}`);
    const trialDays = company.trial && number === 1 ? parameters.trial.days : 0;
    const life = liveSubscription({
      random: lifeRandom,
      company,
      paidFrom,
      trialDays,
      parameters,
      outreachDay: world.outreach?.get(company.id),
    });
    if (number === 1) signedUpOn = life.from;
    yield { company, number, life, signedUpOn, introduces: true, paid: true };
    if (random.next() < parameters.returning.share) {
      paidFrom = life.endsOn + between(random, parameters.returning.leastDays, parameters.returning.mostDays);
      number++;
      continue;
    }
    const [soonest, latest] = parameters.replacementDays;
    paidFrom = life.endsOn + between(random, soonest, latest);
    if (random.next() < parameters.trial.failedPerSignUp)
      yield failedTrial(nextCompany(false), { paidFrom, world, random });
    company = nextCompany(true);
    number = 1;
  }
}

function failedTrial(company: Company, args: { paidFrom: DayNumber; world: World; random: Random }): Stay {
  const from = args.paidFrom + between(args.random, -20, 20);
  const endsOn = from + args.world.parameters.trial.days;
  const life: SubscriptionLife = {
    from,
    paidFrom: addMonths(endsOn, 1200),
    episodes: [],
    gaps: [],
    departsOn: endsOn,
    departure: "lapse",
    sudden: false,
    endsOn,
  };
  return { company, number: 1, life, signedUpOn: from, introduces: true, paid: false };
}

function between(random: Random, low: number, high: number): number {
  return low + random.nextInt(high - low + 1);
}
