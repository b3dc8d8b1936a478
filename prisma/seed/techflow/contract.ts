import { createRandom, type Random } from "@/ml/random/random";
import { addMonths, type DayNumber } from "./day-calendar";
import { declineAt } from "./leaving-episode";
import type { Plan, TechflowParameters } from "./parameters";
import type { Stay } from "./population";
import { noticeTakesEffect } from "./subscription-life";
import type { World } from "./world";

/** What holds from a day on. */
export type Terms = {
  readonly day: DayNumber;
  readonly plan: Plan;
  readonly seats: number;
  readonly unitPriceCents: number;
  readonly discountPercent: number;
};

/** A change of the contract, before it is written as an event. `minute` is the minute of the day. */
export type ContractEvent = {
  readonly day: DayNumber;
  readonly minute: number;
  readonly kind:
    | "trial_start"
    | "start"
    | "reactivation"
    | "seat_change"
    | "plan_change"
    | "price_change"
    | "discount"
    | "notice"
    | "notice_withdrawn"
    | "end";
  readonly terms: Terms;
  /** Notice: first day without coverage. */
  readonly effectiveDay?: DayNumber;
  /** Days until the business knew of it; 0 is at once. */
  readonly lateDays: number;
};

export type Contract = { readonly events: readonly ContractEvent[]; readonly terms: readonly Terms[] };

type Change = {
  readonly day: DayNumber;
  readonly minute: number;
  readonly kind: ContractEvent["kind"];
  readonly effectiveDay?: DayNumber;
  readonly seatsFactor?: number;
  readonly planStep?: 1 | -1;
  readonly unitPriceAt?: DayNumber;
  readonly discountPercent?: number;
};

const NOON = 12 * 60;

/** The stay's contract from first to last event: what the life decides, and the ordinary changes on billing days. */
export function drawContract(stay: Stay, world: World): Contract {
  const { company, life } = stay;
  const random = createRandom(`${world.seed}/contract/${company.id}/${stay.number}`);
  const changes = stay.paid ? [...lifeChanges(stay, random), ...billingChanges({ stay, world, random })] : [];
  if (life.from < life.paidFrom) changes.push({ day: life.from, minute: businessMinute(random), kind: "trial_start" });
  if (!stay.paid) changes.push({ day: life.endsOn, minute: NOON, kind: "end" });
  changes.sort((a, b) => a.day - b.day || a.minute - b.minute);

  const priceOn = (plan: Plan, day: DayNumber) =>
    day < world.historyFrom + world.parameters.priceChangeDay ? plan.priceBeforeCents : plan.priceCents;
  let terms: Terms = {
    day: life.from,
    plan: company.plan,
    seats: company.seats,
    unitPriceCents: priceOn(company.plan, life.from),
    discountPercent: 0,
  };
  const events: ContractEvent[] = [];
  const steps: Terms[] = [terms];
  for (const change of changes) {
    const next = applyChange({ terms, change, plans: world.parameters.plans, priceOn });
    if (next === undefined) continue;
    if (next !== terms) steps.push(next);
    terms = next;
    const late = random.next() < world.parameters.late.events && change.kind !== "start";
    const lateDays = late ? 1 + random.nextInt(4) : 0;
    const { day, minute, kind, effectiveDay } = change;
    events.push({ day, minute, kind, terms, effectiveDay, lateDays });
  }
  return { events, terms: steps };
}

// Undefined where the change changes nothing, such as a cut of one seat.
function applyChange(args: {
  terms: Terms;
  change: Change;
  plans: readonly Plan[];
  priceOn: (plan: Plan, day: DayNumber) => number;
}): Terms | undefined {
  const { terms, change, plans } = args;
  const { day } = change;
  if (change.seatsFactor !== undefined) {
    const factor = change.seatsFactor;
    const drawn = Math.round(terms.seats * factor);
    const seats = factor > 1 ? Math.max(terms.seats + 1, drawn) : Math.max(1, Math.min(terms.seats - 1, drawn));
    return seats === terms.seats ? undefined : { ...terms, day, seats };
  }
  if (change.planStep !== undefined) {
    const plan = plans[plans.findIndex(({ name }) => name === terms.plan.name) + change.planStep];
    return plan && { ...terms, day, plan, unitPriceCents: args.priceOn(plan, day) };
  }
  if (change.unitPriceAt !== undefined) {
    const unitPriceCents = args.priceOn(terms.plan, change.unitPriceAt);
    return unitPriceCents === terms.unitPriceCents ? undefined : { ...terms, day, unitPriceCents };
  }
  if (change.discountPercent !== undefined) return { ...terms, day, discountPercent: change.discountPercent };
  return terms;
}

function lifeChanges(stay: Stay, random: Random): Change[] {
  const { company, life } = stay;
  const at = (day: DayNumber) => ({ day, minute: businessMinute(random) });
  const changes: Change[] = [{ ...at(life.paidFrom), kind: stay.number === 1 ? "start" : "reactivation" }];
  for (const gap of life.gaps) {
    changes.push({ day: gap.from, minute: NOON, kind: "end" }, { ...at(gap.to), kind: "reactivation" });
  }
  for (const { episode, ending } of life.episodes) {
    if (ending.kind !== "recovers" || episode.withdrawsNoticeAfterDays === null) continue;
    const withdrawnOn = ending.day + episode.withdrawsNoticeAfterDays;
    if (withdrawnOn >= life.departsOn) continue;
    const effectiveDay = noticeTakesEffect({ company, paidFrom: life.paidFrom, noticeOn: withdrawnOn });
    changes.push({ ...at(ending.day), kind: "notice", effectiveDay }, { ...at(withdrawnOn), kind: "notice_withdrawn" });
  }
  if (life.departure === "notice") {
    changes.push({ ...at(life.departsOn), kind: "notice", effectiveDay: life.endsOn });
    changes.push({ day: life.endsOn, minute: 0, kind: "end" });
  } else {
    changes.push({ day: life.endsOn, minute: NOON, kind: "end" });
  }
  return changes;
}

/** Seats, plans, prices and discounts, decided on billing days; a leaving episode's seat cut on its own day. */
function billingChanges(args: { stay: Stay; world: World; random: Random }): Change[] {
  const { stay, world, random } = args;
  const { company, life } = stay;
  const { monthly, leaving, priceChangeDay } = world.parameters;
  const changes: Change[] = [];
  const add = (change: Omit<Change, "minute">) => changes.push({ minute: businessMinute(random), ...change });
  const covered = (day: DayNumber) =>
    day < life.departsOn && !life.gaps.some((gap) => day >= gap.from && day <= gap.to + 1);

  if (company.discountPercent > 0) {
    add({ day: life.paidFrom + 1, kind: "discount", discountPercent: company.discountPercent });
    const until = addMonths(life.paidFrom, company.discountMonths);
    if (covered(until)) add({ day: until, kind: "discount", discountPercent: 0 });
  }
  const announcedPriceFrom = world.historyFrom + priceChangeDay + 20 + random.nextInt(40);
  let priceChanged = life.paidFrom >= world.historyFrom + priceChangeDay;
  for (let month = 1; ; month++) {
    const day = addMonths(life.paidFrom, month);
    if (day >= life.departsOn) break;
    const billed = month % company.termMonths === 0;
    const draw = random.next();
    const size = random.next();
    if (!covered(day) || life.episodes.some(({ episode, ending }) => day > episode.onset && day <= ending.day))
      continue;
    if (billed && !priceChanged && day >= announcedPriceFrom) {
      priceChanged = true;
      add({ day: day, kind: "price_change", unitPriceAt: day });
      continue;
    }
    const change = ordinaryChange(draw, size, monthly);
    if (change) add({ day, ...change });
  }
  for (const { episode, ending } of life.episodes) {
    const cut = random.next() < world.decline.seatCut;
    const day = episode.onset + 18 + random.nextInt(40);
    const factor = 0.5 + 0.3 * random.next();
    if (!cut || day >= ending.day || !covered(day)) continue;
    if (declineAt({ episode, ending, day, recoveryDays: leaving.recoveryDays }) > 0)
      add({ day, kind: "seat_change", seatsFactor: factor });
  }
  return changes;
}

/** What a billing day brings by two uniform numbers: mostly nothing. */
function ordinaryChange(
  draw: number,
  size: number,
  monthly: TechflowParameters["monthly"],
): Pick<Change, "kind" | "seatsFactor" | "planStep"> | null {
  const seatsDownTo = monthly.seatsUp + monthly.seatsDown;
  const planUpTo = seatsDownTo + monthly.planUp;
  if (draw < monthly.seatsUp) return { kind: "seat_change", seatsFactor: 1.05 + 0.25 * size };
  if (draw < seatsDownTo) return { kind: "seat_change", seatsFactor: 0.7 + 0.25 * size };
  if (draw < planUpTo) return { kind: "plan_change", planStep: 1 };
  return draw < planUpTo + monthly.planDown ? { kind: "plan_change", planStep: -1 } : null;
}

function businessMinute(random: Random): number {
  return 9 * 60 + random.nextInt(8 * 60);
}
