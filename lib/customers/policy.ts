import type { Role } from "@/lib/users/contract";
import type { ContactAccess, Invoice, TicketWeek } from "./contract";

/**
 * Who may see the people at a customer: its owner, who talks to them; anyone else who may see the customer, once they
 * have said why (docs/decisions/011); others never.
 */
export function contactAccess(args: {
  viewer: { readonly id: number; readonly role: Role };
  ownerId: number | null;
}): ContactAccess {
  const { viewer, ownerId } = args;
  if (viewer.role === "data_scientist") return "never";
  return viewer.role === "csm" && viewer.id === ownerId ? "as_owner" : "with_reason";
}

/** Days after the due date that a payment may take without being called late: card retries and weekends. */
export const PAYMENT_TOLERANCE_DAYS = 3;

const DAY_MS = 86_400_000;

/** What became of an invoice by `now`. An invoice that was never announced as due counts from its first event. */
export function judgeInvoice(
  invoice: {
    invoiceId: string;
    firstAt: Date;
    dueAt: Date | null;
    amountCents: number;
    paidAt: Date | null;
    failures: number;
    refunded: boolean;
  },
  now: Date,
): Invoice {
  const due = invoice.dueAt ?? invoice.firstAt;
  const daysLate = Math.floor(((invoice.paidAt ?? now).getTime() - due.getTime()) / DAY_MS);
  const late = daysLate > PAYMENT_TOLERANCE_DAYS;
  const paidState = late ? "paid_late" : "paid";
  const openState = late ? "overdue" : "due";
  return {
    invoiceId: invoice.invoiceId,
    dueAt: invoice.dueAt?.toISOString() ?? null,
    amountCents: invoice.amountCents,
    paidAt: invoice.paidAt?.toISOString() ?? null,
    failures: invoice.failures,
    refunded: invoice.refunded,
    state: invoice.paidAt ? paidState : openState,
    daysLate: late ? daysLate : null,
  };
}

/** Tickets opened in each week by severity; a severity that is not given counts as normal. */
export function weeklyTickets(args: {
  /** starts of weeks, ascending */
  weeks: readonly { day: string; start: Date }[];
  tickets: readonly { openedAt: Date; severity: string | null }[];
}): TicketWeek[] {
  const counts: TicketWeek[] = args.weeks.map(({ day }) => ({ week: day, low: 0, normal: 0, high: 0, urgent: 0 }));
  for (const ticket of args.tickets) {
    const index = args.weeks.findLastIndex((week) => week.start <= ticket.openedAt);
    const week = counts[index];
    if (week) week[severityOf(ticket.severity)] += 1;
  }
  return counts;
}

function severityOf(severity: string | null): "low" | "normal" | "high" | "urgent" {
  return severity === "low" || severity === "high" || severity === "urgent" ? severity : "normal";
}
