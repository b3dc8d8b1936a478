import { USAGE_COUNTERS } from "@/lib/ingest/contract";
import type { Contact } from "./company";
import type { Contract, ContractEvent } from "./contract";
import { csvLine } from "./csv-row";
import type { PaymentEvent } from "./payments";
import type { Stay } from "./population";
import type { TicketEvent } from "./tickets";
import type { UsageDay } from "./usage-day";
import type { World } from "./world";

/** A line of a canonical file, made when it is asked for, and when the business could know it: many are not asked for. */
export type FactRow = { readonly recordedMs: number; readonly line: () => string };

/** The columns of each canonical file, in the order in which the lines below have them. */
export const FILE_COLUMNS = {
  customers: [
    "customer_id",
    "name",
    "account_group",
    "segment",
    "industry",
    "country",
    "signed_up_at",
    "owner_email",
    "occurred_at",
    "recorded_at",
  ],
  subscription_events: [
    "event_id",
    "customer_id",
    "subscription_id",
    "kind",
    "occurred_at",
    "effective_at",
    "plan",
    "seats",
    "unit_price_cents",
    "discount_pct",
    "term_months",
    "recorded_at",
  ],
  usage: ["customer_id", "day", ...USAGE_COUNTERS, "recorded_at"],
  tickets: [
    "event_id",
    "customer_id",
    "ticket_id",
    "occurred_at",
    "kind",
    "category",
    "severity",
    "opened_by",
    "satisfaction",
    "recorded_at",
  ],
  payments: ["event_id", "customer_id", "invoice_id", "occurred_at", "kind", "amount_cents", "currency", "recorded_at"],
  contacts: ["contact_id", "customer_id", "full_name", "email", "phone", "job_title", "is_primary"],
} as const satisfies Record<string, readonly string[]>;

export type FactFile = keyof typeof FILE_COLUMNS;

/** Minutes after an event until the business's systems have it. */
const SOON_MS = 4 * 60_000;

/** The customer's attributes: at sign-up, and again whenever its size puts it into another segment. */
export function customerRows(args: {
  stay: Stay;
  contract: Contract;
  world: World;
  ownerEmails: readonly string[];
}): FactRow[] {
  const { stay, contract, world } = args;
  const { company } = stay;
  const signedUpMs = world.calendar.midnightMs(stay.signedUpOn) + 8 * 3_600_000;
  const rows: FactRow[] = [];
  let segment = "";
  for (const terms of contract.terms) {
    const now = segmentOf(terms.seats);
    if (now === segment) continue;
    // A customer that comes back keeps its record; it is written again only when it changes.
    const first = segment === "";
    segment = now;
    if (first && !stay.introduces) continue;
    const occurredMs = first ? signedUpMs : world.calendar.midnightMs(terms.day) + 18 * 3_600_000;
    const line = () =>
      csvLine([
        company.id,
        company.name,
        company.accountGroup,
        now,
        company.industry,
        company.country,
        iso(signedUpMs),
        args.ownerEmails[company.owner % Math.max(1, args.ownerEmails.length)],
        iso(occurredMs),
        iso(occurredMs + SOON_MS),
      ]);
    rows.push({ recordedMs: occurredMs + SOON_MS, line });
  }
  return rows;
}

export function contactRow(args: { contact: Contact; customerId: string }): string {
  const { contact, customerId } = args;
  return csvLine([
    contact.id,
    customerId,
    contact.fullName,
    contact.email,
    contact.phone,
    contact.jobTitle,
    contact.isPrimary,
  ]);
}

export function subscriptionRow(args: { stay: Stay; event: ContractEvent; number: number; world: World }): FactRow {
  const { stay, event, world } = args;
  const { company } = stay;
  const { kind, terms } = event;
  const occurredMs = world.calendar.midnightMs(event.day) + event.minute * 60_000;
  const recordedMs = recordedAt({ atMs: occurredMs, lateDays: event.lateDays, world });
  const begins = kind === "start" || kind === "reactivation";
  const priced = begins || kind === "price_change" || kind === "plan_change";
  const line = () =>
    csvLine([
      `${company.id}-S${stay.number}${String(args.number).padStart(3, "0")}`,
      company.id,
      `${company.id}-S`,
      kind,
      iso(occurredMs),
      event.effectiveDay === undefined ? null : iso(world.calendar.midnightMs(event.effectiveDay)),
      begins || kind === "trial_start" || kind === "plan_change" ? terms.plan.name : null,
      begins || kind === "trial_start" || kind === "seat_change" ? terms.seats : null,
      priced ? terms.unitPriceCents : null,
      kind === "discount" ? terms.discountPercent : null,
      begins ? company.termMonths : null,
      iso(recordedMs),
    ]);
  return { recordedMs, line };
}

/** The counters of a usage line, joined: nothing here can need quotes, and there are millions of these lines. */
export function usageFields(usage: UsageDay): string {
  const { activeUsers, sessions, tasks, comments, projects, files, reports, integrations, exports } = usage;
  return `${activeUsers},${sessions},${tasks},${comments},${projects},${files},${reports},${integrations},${exports}`;
}

export function ticketRow(args: { event: TicketEvent; customerId: string; world: World }): FactRow {
  const { event } = args;
  const recordedMs = recordedAt({ atMs: event.atMs, lateDays: event.lateDays, world: args.world });
  const line = () =>
    csvLine([
      event.eventId,
      args.customerId,
      event.ticketId,
      iso(event.atMs),
      event.kind,
      event.category,
      event.severity,
      event.openedBy,
      event.satisfaction,
      iso(recordedMs),
    ]);
  return { recordedMs, line };
}

export function paymentRow(args: { event: PaymentEvent; customerId: string; world: World }): FactRow {
  const { event } = args;
  const recordedMs = recordedAt({ atMs: event.atMs, lateDays: event.lateDays, world: args.world });
  const line = () =>
    csvLine([
      event.eventId,
      args.customerId,
      event.invoiceId,
      iso(event.atMs),
      event.kind,
      event.amountCents,
      "USD",
      iso(recordedMs),
    ]);
  return { recordedMs, line };
}

export function segmentOf(seats: number): string {
  if (seats < 5) return "small";
  return seats < 20 ? "medium" : "large";
}

function recordedAt(args: { atMs: number; lateDays: number; world: World }): number {
  return args.atMs + SOON_MS + args.lateDays * 86_400_000;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
