import { createRandom } from "@/ml/random/random";
import { noise } from "./counter-noise";
import type { DayNumber } from "./day-calendar";
import { declineOn } from "./decline-on";
import type { Stay } from "./population";
import type { World } from "./world";

/** One event of a ticket; `atMs` is when it happened. */
export type TicketEvent = {
  readonly eventId: string;
  readonly ticketId: string;
  readonly atMs: number;
  readonly kind: "opened" | "responded" | "resolved" | "reopened" | "rated";
  readonly category: string;
  readonly severity: string;
  readonly openedBy: string;
  readonly satisfaction: string;
  /** Days until it was recorded; 0 is at once. */
  readonly lateDays: number;
};

const LANE_OPENS = 40;
const HOUR_MS = 3_600_000;

/** Chance per day of a cancellation request in the last third of the decline. */
const CANCELLATION_PER_DAY = 0.006;

/** No event of a ticket falls later than this many days after its opening. */
export const LONGEST_TICKET_DAYS = 30;

/** False on most days, for any customer, without looking at more than its noise: the rate is far below this bound. */
export function mayOpenTicket(noiseKey: number, day: DayNumber): boolean {
  return noise(noiseKey, day, LANE_OPENS) < 0.2;
}

/** All events of the ticket that the customer opens on `day`; mostly there is none. */
export function ticketOpenedOn(stay: Stay, day: DayNumber, world: World): TicketEvent[] {
  const { company, life } = stay;
  const { tickets, leaving } = world.parameters;
  if (!mayOpenTicket(company.noiseKey, day) || day < life.from || day >= life.endsOn) return [];
  const drawn = noise(company.noiseKey, day, LANE_OPENS);
  const decline = declineOn({ life, day, recoveryDays: leaving.recoveryDays })?.share ?? 0;
  const newcomer = day - life.from < 45 ? 1.8 : 1;
  const resting = world.calendar.rhythm(day).resting ? 0.35 : 1.25;
  const rate = (tickets.perMonth / 30.44) * Math.sqrt(company.seats / 5) * newcomer * resting;
  const grown = rate * (1 + world.decline.tickets * decline);
  const cancelling = decline > 0.66 ? CANCELLATION_PER_DAY * world.decline.tickets : 0;
  if (drawn < cancelling) return tellTicket({ stay, day, world, decline, category: "cancellation" });
  if (drawn < cancelling + grown) return tellTicket({ stay, day, world, decline, category: null });
  return [];
}

function tellTicket(args: {
  stay: Stay;
  day: DayNumber;
  world: World;
  decline: number;
  category: string | null;
}): TicketEvent[] {
  const { stay, day, world } = args;
  const random = createRandom(`${world.seed}/ticket/${stay.company.id}/${day}`);
  const unhappy = args.decline * Math.min(1, world.decline.tickets / 1.5);
  const openedMs = world.calendar.midnightMs(day) + Math.round((8 + 11 * random.next()) * HOUR_MS);
  const ticketId = `${stay.company.id}-T${day}`;
  const category = args.category ?? drawCategory(random.next(), unhappy);
  const severity = drawSeverity(random.next(), unhappy);
  const openedBy = args.category === null && random.next() < 0.06 ? "vendor" : "customer";
  const events: TicketEvent[] = [];
  const add = (kind: TicketEvent["kind"], atMs: number, satisfaction = "") => {
    const opened = kind === "opened";
    events.push({
      eventId: `${ticketId}-${events.length + 1}`,
      ticketId,
      atMs: Math.round(atMs),
      kind,
      category: opened ? category : "",
      severity: opened ? severity : "",
      openedBy: opened ? openedBy : "",
      satisfaction,
      lateDays: random.next() < world.parameters.late.events ? 1 + random.nextInt(4) : 0,
    });
  };
  const hours = (mean: number) => mean * HOUR_MS * Math.exp(1.1 * (random.next() + random.next() - 1));
  const urgency = { urgent: 0.4, high: 0.7, normal: 1, low: 1.6 }[severity] ?? 1;
  add("opened", openedMs);
  const respondedMs = openedMs + hours(5 * urgency);
  add("responded", respondedMs);
  let resolvedMs = respondedMs + hours(30 * urgency * (1 + unhappy));
  add("resolved", resolvedMs);
  if (random.next() < 0.07 + 0.15 * unhappy) {
    const reopenedMs = resolvedMs + hours(26);
    add("reopened", reopenedMs);
    resolvedMs = reopenedMs + hours(40);
    add("resolved", resolvedMs);
  }
  if (random.next() < world.parameters.tickets.ratedShare)
    add("rated", resolvedMs + hours(16), String(drawSatisfaction(random.next(), unhappy)));
  return events;
}

function drawCategory(uniform: number, unhappy: number): string {
  const problem = 0.4 + 0.15 * unhappy;
  const billing = problem + 0.12 + 0.12 * unhappy;
  if (uniform < problem) return "problem";
  if (uniform < billing) return "billing";
  return uniform < billing + (1 - billing) * 0.65 ? "question" : "feature_request";
}

function drawSeverity(uniform: number, unhappy: number): string {
  if (uniform < 0.04 + 0.1 * unhappy) return "urgent";
  if (uniform < 0.18 + 0.27 * unhappy) return "high";
  return uniform < 0.75 ? "normal" : "low";
}

function drawSatisfaction(uniform: number, unhappy: number): number {
  // Cumulative shares of the ratings 1 to 4 of a content and of a disappointed customer.
  const content = [0.03, 0.08, 0.2, 0.55];
  const disappointed = [0.35, 0.62, 0.82, 0.95];
  const rating = content.findIndex((share, index) => uniform < share + (disappointed[index]! - share) * unhappy);
  return rating === -1 ? 5 : rating + 1;
}
