import { recordAudit } from "@/lib/audit/service";
import { addDays, addWeeks, dayOf, latestWeekStart, weekStartsBetween } from "@/lib/calendar/weeks";
import { peerGroupWords } from "@/lib/features/peer-group";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { readPredictionHistory } from "@/lib/queue/service";
import { getSettings } from "@/lib/settings/service";
import type { SignedInUser } from "@/lib/users/contract";
import {
  type Contact,
  type CustomerHead,
  type CustomerPage,
  type CustomerPrediction,
  type SubscriptionWeek,
  VIEW_REASONS,
  type ViewReason,
} from "./contract";
import { explainColumns } from "./explained-columns";
import { contactAccess, judgeInvoice, weeklyTickets } from "./policy";
import {
  findContacts,
  findFeaturePast,
  findHead,
  findInvoices,
  findPeerRanges,
  findSubscriptionEvents,
  findSubscriptionStates,
  findTickets,
  findUsageDays,
  findUsageStart,
  type HeadRecord,
  type SubscriptionStateRecord,
} from "./repository";
import { describeChanges } from "./subscription-changes";
import { weeklyUsage } from "./weekly-usage";
import { formatDay, formatFeature, formatMoney } from "./wording";

/** Weeks that the charts of a customer reach back. */
const WEEKS_SHOWN = 52;
/** Weeks of a reason's own past. */
const PAST_WEEKS = 26;
const INVOICES_SHOWN = 18;
const SEATS_USED_DAYS = 28;

/**
 * Everything the page of one customer shows, as `viewer` may see it.
 * @throws DomainError not_found where there is no such customer, or none for this role
 */
export async function readCustomerPage(args: {
  customerId: number;
  viewer: SignedInUser;
  now: Date;
}): Promise<CustomerPage> {
  const { customerId, viewer, now } = args;
  const history = await readPredictionHistory({ customerId, viewer, now });
  const record = await findHead(customerId);
  if (!record) throw notFoundError();
  const settings = await getSettings();
  const { zone, currency } = settings;
  const dataFrom = await findUsageStart();
  const end = history?.run.asOf ?? latestWeekStart(now, settings);
  const starts = weekStartsBetween(addWeeks(end, -WEEKS_SHOWN, zone), addWeeks(end, -1, zone), settings);
  const weeks = starts.map((start) => ({ start, day: dayOf(start, zone) }));
  const first = starts[0] ?? end;
  const [days, states, events, tickets, invoices] = await Promise.all([
    findUsageDays({ customerId, from: dayOf(first, zone) }),
    findSubscriptionStates({ customerId, ats: [...starts, now], now }),
    findSubscriptionEvents(customerId),
    findTickets({ customerId, from: first }),
    findInvoices({ customerId, limit: INVOICES_SHOWN }),
  ]);
  const recentFrom = dayOf(addDays(end, -SEATS_USED_DAYS, zone), zone);
  const recent = days.filter((day) => day.day >= recentFrom);
  const present = states.filter((state) => state.at.getTime() === now.getTime());
  const seatsUsed = dataFrom === null ? null : Math.max(0, ...recent.map((day) => day.activeUsers));
  // Before its first week a customer has no usage to be 0.
  const signUpWeek = latestWeekStart(record.signedUpAt, settings);
  const usageFrom = dataFrom && new Date(Math.max(dataFrom.getTime(), signUpWeek.getTime()));
  const head = headOf({ customerId, record, present, seatsUsed });
  return {
    head,
    run: history?.publishedRun ?? null,
    prediction: await predictionOf({ customerId, history, head, zone }),
    history: (history?.weeks ?? []).map((week) => ({
      asOf: week.asOf.toISOString(),
      modelNumber: week.modelNumber,
      threshold: week.threshold,
      state: week.state,
      probability: week.probability,
    })),
    usage: weeklyUsage({
      weeks: weeks.map((week) => week.day),
      days,
      dataFrom: usageFrom && dayOf(usageFrom, zone),
      dataTo: dayOf(end, zone),
    }),
    subscription: weeks.map(({ start, day }) => subscriptionWeek(day, states, start)),
    changes: describeChanges({
      events,
      money: (cents) => formatMoney(cents, currency),
      day: (at) => formatDay(at, zone),
    }),
    ticketWeeks: weeklyTickets({ weeks, tickets }),
    tickets: tickets.map((ticket) => ({
      ticketId: ticket.ticketId,
      openedAt: ticket.openedAt.toISOString(),
      category: ticket.category,
      severity: ticket.severity,
      openedBy: ticket.openedBy === "vendor" ? "vendor" : "customer",
      responseHours: ticket.respondedAt && (ticket.respondedAt.getTime() - ticket.openedAt.getTime()) / 3_600_000,
      resolvedAt: ticket.resolvedAt?.toISOString() ?? null,
      satisfaction: ticket.satisfaction,
    })),
    invoices: invoices.map((invoice) => judgeInvoice(invoice, end)),
    contacts: record.contacts,
    contactAccess: contactAccess({ viewer, ownerId: record.ownerId }),
    now: now.toISOString(),
    currency,
    zone,
  };
}

/**
 * The people at a customer. Every reading is one entry in the audit, also one that finds nobody; the entry names the
 * customer and the reason, never the people.
 * @throws DomainError not_found where there is no such customer, or none for this role; invalid_input where the viewer is
 *   not its owner and gives no reason
 */
export async function readContacts(args: {
  customerId: number;
  viewer: SignedInUser;
  reason: ViewReason | undefined;
}): Promise<Contact[]> {
  const { customerId, viewer, reason } = args;
  const head = await findHead(customerId);
  const access = head && contactAccess({ viewer, ownerId: head.ownerId });
  if (!access || access === "never") throw notFoundError();
  if (access === "with_reason" && !reason)
    throw new DomainError(
      "invalid_input",
      `You are not this customer's owner, so say why you look. Reason: expected one of ${Object.keys(VIEW_REASONS).join(", ")}.`,
    );
  const contacts = await findContacts(customerId);
  await recordAudit({
    actor: { id: viewer.id, label: viewer.email },
    action: "contact.view",
    subjectType: "customer",
    subjectId: String(customerId),
    detail: { contacts: contacts.length, reason: access === "as_owner" ? "owner" : reason },
  });
  return contacts.map(({ fullName, jobTitle, email, phone, isPrimary }) => ({
    fullName,
    jobTitle,
    email,
    phone,
    isPrimary,
  }));
}

type History = Awaited<ReturnType<typeof readPredictionHistory>>;

async function predictionOf(args: {
  customerId: number;
  history: History;
  head: CustomerHead;
  zone: string;
}): Promise<CustomerPrediction> {
  const { customerId, history, head, zone } = args;
  if (!history) return { state: "nothing_published" };
  const { run, current } = history;
  if (current.state === "leaving")
    return {
      state: "leaving",
      noticeAt: current.noticeAt.toISOString(),
      effectiveAt: current.effectiveAt?.toISOString() ?? null,
    };
  if (current.state === "unlisted") return { state: "unlisted" };
  if (current.state === "not_scored") return { state: head.coverage === "paid" ? "not_scored" : "not_paying" };
  const { contributions, reasons, priorityCents: _, mrrCents: __, ...score } = current.prediction;
  const [past, ranges] = await Promise.all([
    findFeaturePast({
      customerId,
      scoringRunId: run.id,
      asOf: run.asOf,
      since: addWeeks(run.asOf, -PAST_WEEKS, zone),
    }),
    findPeerRanges({ scoringRunId: run.id, peerGroup: score.peerGroup }),
  ]);
  return {
    state: "shown",
    prediction: {
      ...score,
      peerGroup: peerGroupWords(score.peerGroup),
      contributions: explainColumns({
        contributions,
        columns: past.columns,
        past: past.rows,
        asOf: run.asOf,
        ranges,
        sentences: new Map(reasons.map((reason) => [reason.feature, reason.text])),
        format: formatFeature,
      }),
    },
  };
}

function headOf(args: {
  customerId: number;
  record: HeadRecord;
  present: readonly SubscriptionStateRecord[];
  seatsUsed: number | null;
}): CustomerHead {
  const { record, present } = args;
  const paid = present.filter((state) => state.covered && !state.trial);
  const trial = present.filter((state) => state.trial);
  const shown = paid.length > 0 ? paid : trial;
  const plans = [...new Set(shown.map((state) => state.plan).filter((plan) => plan !== null))];
  const since = paid.map((state) => state.termStartedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const ended = present.map((state) => state.endedAt?.getTime() ?? 0);
  const past = present.length > 0 ? "ended" : "never";
  const now = paid.length > 0 ? "paid" : "trial";
  return {
    customerId: args.customerId,
    name: record.name,
    segment: record.segment,
    industry: record.industry,
    country: record.country,
    signedUpAt: record.signedUpAt.toISOString(),
    owner: record.ownerId === null ? null : { id: record.ownerId, name: record.ownerName ?? "" },
    coverage: shown.length > 0 ? now : past,
    plan: plans.join(" and ") || null,
    seats: shown.length > 0 ? shown.reduce((sum, state) => sum + (state.seats ?? 0), 0) : null,
    seatsUsed: args.seatsUsed,
    mrrCents: paid.reduce((sum, state) => sum + state.mrrCents, 0),
    paidSince: isoOf(Math.min(...since)),
    endedAt: shown.length === 0 ? isoOf(Math.max(0, ...ended) || Number.NaN) : null,
  };
}

function subscriptionWeek(day: string, states: readonly SubscriptionStateRecord[], at: Date): SubscriptionWeek {
  const paid = states.filter((state) => state.at.getTime() === at.getTime() && state.covered && !state.trial);
  return {
    week: day,
    seats: paid.length > 0 ? paid.reduce((sum, state) => sum + (state.seats ?? 0), 0) : null,
    mrrCents: paid.reduce((sum, state) => sum + state.mrrCents, 0),
    plan: paid[0]?.plan ?? null,
  };
}

function isoOf(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
