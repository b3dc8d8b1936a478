import type { SubscriptionChange } from "./contract";

type Event = {
  kind: string;
  plan: string | null;
  seats: number | null;
  unitPriceCents: number | null;
  discountPct: number | null;
  effectiveAt: Date | null;
  occurredAt: Date;
};

/**
 * Subscription events as sentences, newest first. Figures before a change are those of the last event that gave them.
 * @param args.money formats cents, args.day formats a date
 */
export function describeChanges(args: {
  events: readonly Event[];
  money: (cents: number) => string;
  day: (at: Date) => string;
}): SubscriptionChange[] {
  let seats: number | null = null;
  let plan: string | null = null;
  let price: number | null = null;
  let onTrial = false;
  const changes: SubscriptionChange[] = [];
  for (const event of args.events) {
    const text = inWords(event, { seats, plan, price, onTrial }, args);
    seats = event.seats ?? seats;
    plan = event.plan ?? plan;
    price = event.unitPriceCents ?? price;
    if (STARTS.has(event.kind)) onTrial = event.kind === "trial_start";
    changes.push({ at: event.occurredAt.toISOString(), text });
  }
  return changes.reverse();
}

const STARTS = new Set(["start", "trial_start", "reactivation"]);

function inWords(
  event: Event,
  before: { seats: number | null; plan: string | null; price: number | null; onTrial: boolean },
  format: { money: (cents: number) => string; day: (at: Date) => string },
): string {
  const terms = [event.plan, event.seats === null ? null : seatsInWords(event.seats)].filter(Boolean).join(", ");
  switch (event.kind) {
    case "start":
      return terms ? `Paid subscription began: ${terms}` : "Paid subscription began";
    case "trial_start":
      return terms ? `Trial began: ${terms}` : "Trial began";
    case "reactivation":
      return terms ? `Came back: ${terms}` : "Came back";
    case "seat_change":
      return `Seats ${change(before.seats, event.seats, String)}`;
    case "plan_change":
      return `Plan ${change(before.plan, event.plan, String)}`;
    case "price_change":
      return `Price per seat ${change(before.price, event.unitPriceCents, format.money)}`;
    case "discount":
      return event.discountPct ? `Discount of ${event.discountPct}%` : "Discount ended";
    case "notice":
      return event.effectiveAt ? `Gave notice, to end on ${format.day(event.effectiveAt)}` : "Gave notice";
    case "notice_withdrawn":
      return "Withdrew the notice";
    case "end":
      return before.onTrial ? "Trial ended" : "Paid subscription ended";
    default:
      return event.kind.replaceAll("_", " ");
  }
}

function change<T>(from: T | null, to: T | null, format: (value: T) => string): string {
  if (to === null) return "changed";
  return from === null ? `set to ${format(to)}` : `from ${format(from)} to ${format(to)}`;
}

function seatsInWords(seats: number): string {
  return seats === 1 ? "1 seat" : `${seats} seats`;
}
