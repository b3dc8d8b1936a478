import { createRandom } from "@/ml/random/random";
import type { Contract, Terms } from "./contract";
import { addMonths, type DayNumber } from "./day-calendar";
import { declineOn } from "./decline-on";
import type { Stay } from "./population";
import type { World } from "./world";

/** One event of an invoice; `atMs` is when it happened. */
export type PaymentEvent = {
  readonly eventId: string;
  readonly invoiceId: string;
  readonly atMs: number;
  readonly kind: "due" | "paid" | "failed" | "refunded";
  readonly amountCents: number;
  readonly lateDays: number;
};

const HOUR_MS = 3_600_000;

/** Days after the due day on which a failed card is tried again. */
const RETRY_DAYS = [3, 7, 14];

/** No event of an invoice falls later than this many days after it is due. */
export const LONGEST_INVOICE_DAYS = 100;

/** The first billing day of a stay on or after `day`, and its number; null where the stay ends before. */
export function nextBillingDay(stay: Stay, day: DayNumber): { day: DayNumber; number: number } | null {
  if (!stay.paid) return null;
  const { paidFrom, endsOn } = stay.life;
  const { termMonths } = stay.company;
  let number = Math.max(0, Math.floor((day - paidFrom) / (31 * termMonths)));
  while (addMonths(paidFrom, number * termMonths) < day) number++;
  const due = addMonths(paidFrom, number * termMonths);
  return due < endsOn ? { day: due, number } : null;
}

/** All events of the invoice that falls due on a billing day of the stay. */
export function invoiceDueOn(args: {
  stay: Stay;
  contract: Contract;
  day: DayNumber;
  number: number;
  world: World;
}): PaymentEvent[] {
  const { stay, contract, day, world } = args;
  const { company, life } = stay;
  const { leaving, payments } = world.parameters;
  if (life.gaps.some((gap) => day >= gap.from && day < gap.to)) return [];
  const amountCents = amountOn(contract.terms, day, company.termMonths);
  const random = createRandom(`${world.seed}/invoice/${company.id}/${stay.number}/${args.number}`);
  const invoiceId = `${company.id}-I${stay.number}${String(args.number + 1).padStart(3, "0")}`;
  const events: PaymentEvent[] = [];
  const add = (kind: PaymentEvent["kind"], onDay: DayNumber) => {
    const atMs = world.calendar.midnightMs(onDay) + Math.round((kind === "due" ? 6 : 7 + 12 * random.next()) * HOUR_MS);
    const lateDays = random.next() < world.parameters.late.events ? 1 + random.nextInt(3) : 0;
    events.push({ eventId: `${invoiceId}-${events.length + 1}`, invoiceId, atMs, kind, amountCents, lateDays });
  };
  add("due", day);

  const trouble = declineOn({ life, day, recoveryDays: leaving.recoveryDays });
  const shortLapse = life.gaps.find((gap) => day < gap.from && day >= gap.from - 31 * company.termMonths);
  // Who will lapse stops paying on a fixed day of the episode, whenever the exit is; who recovers pays at the turn.
  const stopped =
    trouble !== null && trouble.episode.manner === "lapse" && day >= trouble.episode.onset + leaving.paymentStopDay;
  if (stopped || (shortLapse && company.termMonths === 1)) {
    add("failed", day);
    for (const retry of RETRY_DAYS) add("failed", day + retry);
    const turn = stopped ? turnAfter(stay, day) : shortLapse!.to;
    if (turn !== null) add("paid", Math.max(turn, day + 15));
    return events.filter(({ atMs, kind }) => kind === "due" || atMs < world.calendar.midnightMs(life.endsOn));
  }
  const added = (trouble?.share ?? 0) * world.decline.payments;
  const drawn = random.next();
  if (drawn < payments.failed + added) {
    add("failed", day);
    const retries = 1 + random.nextInt(RETRY_DAYS.length);
    for (const retry of RETRY_DAYS.slice(0, retries - 1)) add("failed", day + retry);
    add("paid", day + RETRY_DAYS[retries - 1]!);
  } else if (!company.habits.paysByCard || drawn < payments.failed + payments.late + 2 * added) {
    const late = drawn < payments.failed + payments.late + 2 * added;
    add("paid", day + (late ? 8 : 1) + random.nextInt(late ? 12 : 7));
  } else {
    add("paid", day);
  }
  if (random.next() < payments.refunded) add("refunded", day + 20 + random.nextInt(5));
  return events;
}

function turnAfter(stay: Stay, day: DayNumber): DayNumber | null {
  const lived = stay.life.episodes.find(({ episode, ending }) => episode.onset < day && day <= ending.day);
  return lived?.ending.kind === "recovers" ? lived.ending.day : null;
}

function amountOn(terms: readonly Terms[], day: DayNumber, months: number): number {
  const current = terms.findLast((step) => step.day <= day) ?? terms[0]!;
  return Math.round(months * current.seats * current.unitPriceCents * (1 - current.discountPercent / 100));
}
