import fc from "fast-check";
import { dayOf } from "@/lib/calendar/weeks";
import { COUNTERS, type EventFact, type FactWorld } from "./fact-world";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * Random small worlds around an as-of: subscriptions that start, change, end and come back, trials, notices given and
 * withdrawn up to and past known-by, versions, late and future records, corrections of usage days, unknown values.
 * @param args.longAgo facts ingested long ago are known to every build; `ingestedLater` ones to none.
 */
export function randomWorld(args: {
  asOf: Date;
  zone: string;
  longAgo: number;
  ingestedLater: number;
}): fc.Arbitrary<FactWorld> {
  const { zone } = args;
  const asOf = Number(args.asOf);
  const customers = 4;
  const customer = fc.integer({ min: 1, max: customers });
  // Whole minutes from 250 days before as-of to 3 days after it, with the edges that matter drawn often.
  const occurredAt = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -250 * 1440, max: 3 * 1440 }).map((minutes) => asOf + minutes * 60_000) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(asOf, asOf - 1, asOf + HOUR, asOf + 2 * HOUR, asOf - 28 * DAY, asOf - 84 * DAY),
    },
  );
  const recordedLag = fc.oneof(
    { weight: 5, arbitrary: fc.constant(60_000) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }).map((d) => d * DAY) },
  );
  const ingestedAt = fc.oneof(
    { weight: 12, arbitrary: fc.constant(args.longAgo) },
    { weight: 1, arbitrary: fc.constant(args.ingestedLater) },
  );
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

  const event = fc.record({ customer, id: fc.integer({ min: 0, max: 12 }), occurredAt, recordedLag, ingestedAt });
  const withIdentity = (
    prefix: string,
    kind: string,
    drawn: { customer: number; id: number; occurredAt: number; recordedLag: number; ingestedAt: number },
  ): EventFact => ({
    customer: drawn.customer,
    sourceId: `${prefix}${drawn.id}`,
    version: 1,
    kind,
    occurredAt: drawn.occurredAt,
    recordedAt: drawn.occurredAt + drawn.recordedLag,
    ingestedAt: drawn.ingestedAt,
  });

  const starts = fc.array(
    fc.record({
      seats: fc.integer({ min: 1, max: 120 }),
      price: fc.constantFrom(3000, 5000, 8000),
      plan: fc.constantFrom("Starter", "Team", "Business"),
      term: maybe(fc.constantFrom(1, 12)),
      daysAgo: fc.integer({ min: 0, max: 600 }),
    }),
    { minLength: customers, maxLength: customers },
  );
  const changes = fc.array(
    fc.tuple(
      event,
      fc.record({
        kind: fc.constantFrom(
          "seat_change",
          "plan_change",
          "price_change",
          "discount",
          "notice",
          "notice",
          "notice_withdrawn",
          "end",
          "reactivation",
          "trial_start",
          "start",
        ),
        subscription: fc.constantFrom("a", "a", "a", "b"),
        seats: fc.integer({ min: 1, max: 120 }),
        price: fc.constantFrom(3000, 5000, 8000),
        plan: fc.constantFrom("Starter", "Team", "Business"),
        discount: fc.constantFrom(0, 10, 25),
        byPlay: fc.boolean(),
        noticeDays: maybe(fc.integer({ min: -3, max: 60 })),
      }),
    ),
    { maxLength: 24 },
  );
  const tickets = fc.array(
    fc.tuple(
      event,
      fc.record({
        kind: fc.constantFrom("opened", "opened", "responded", "resolved", "reopened", "rated"),
        ticket: fc.integer({ min: 0, max: 9 }),
        satisfaction: fc.integer({ min: 1, max: 5 }),
      }),
    ),
    { maxLength: 40 },
  );
  const payments = fc.array(
    fc.tuple(
      event,
      fc.record({
        kind: fc.constantFrom("due", "due", "paid", "failed", "refunded"),
        invoice: fc.integer({ min: 0, max: 5 }),
        amount: fc.integer({ min: 0, max: 90_000 }),
      }),
    ),
    { maxLength: 30 },
  );
  const usage = fc.array(
    fc.record({
      customer,
      daysAgo: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: -1, max: 100 }) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 9 }) },
      ),
      lag: fc.constantFrom(1, 1, 1, 3, 30),
      ingestedAt,
      counters: fc.tuple(...COUNTERS.map(() => fc.integer({ min: 0, max: 20 }))),
    }),
    { maxLength: 120 },
  );

  return fc.record({ starts, changes, tickets, payments, usage }).map((drawn) => {
    const start = drawn.starts.map((s, i) => ({
      ...withIdentity("s", "start", {
        customer: i + 1,
        id: 100,
        occurredAt: asOf - s.daysAgo * DAY,
        recordedLag: 0,
        ingestedAt: args.longAgo,
      }),
      subscription: `${i + 1}a`,
      plan: s.plan,
      seats: s.seats,
      unitPriceCents: s.price,
      discountPct: null,
      discountByPlay: false,
      termMonths: s.term,
      effectiveAt: null,
    }));
    const change = drawn.changes.map(([drawnEvent, c]) => {
      const begins = ["start", "trial_start", "reactivation"].includes(c.kind);
      return {
        ...withIdentity("s", c.kind, drawnEvent),
        subscription: `${drawnEvent.customer}${c.subscription}`,
        plan: begins || c.kind === "plan_change" ? c.plan : null,
        seats: begins || c.kind === "seat_change" ? c.seats : null,
        unitPriceCents: begins || c.kind === "price_change" ? c.price : null,
        discountPct: c.kind === "discount" ? c.discount : null,
        discountByPlay: c.kind === "discount" && c.byPlay,
        termMonths: null,
        effectiveAt: c.kind === "notice" && c.noticeDays !== null ? drawnEvent.occurredAt + c.noticeDays * DAY : null,
      };
    });
    // A subscription that never started has no seats: such events are the import's to refuse, not the features'.
    const started = new Set(
      [...start, ...change]
        .filter((f) => ["start", "trial_start", "reactivation"].includes(f.kind))
        .map((f) => f.subscription),
    );
    return {
      customers,
      subscriptions: versioned([...start, ...change.filter((f) => started.has(f.subscription))]),
      tickets: versioned(
        drawn.tickets.map(([drawnEvent, t]) => ({
          ...withIdentity("t", t.kind, drawnEvent),
          ticket: `${drawnEvent.customer}-${t.ticket}`,
          category: t.kind === "opened" ? (CATEGORIES[t.ticket % 5] as string) : null,
          severity: t.kind === "opened" ? (SEVERITIES[t.ticket % 4] as string) : null,
          openedBy: t.kind === "opened" ? (OPENERS[t.ticket % 3] as string | null) : null,
          satisfaction: t.kind === "rated" ? t.satisfaction : null,
        })),
      ),
      payments: versioned(
        drawn.payments.map(([drawnEvent, p]) => ({
          ...withIdentity("p", p.kind, drawnEvent),
          invoice: `${drawnEvent.customer}-${p.invoice}`,
          amountCents: p.amount,
        })),
      ),
      usage: distinctUsage(
        drawn.usage.map((u) => {
          const at = asOf - u.daysAgo * DAY + 12 * HOUR;
          return {
            customer: u.customer,
            day: dayOf(new Date(at), zone),
            recordedAt: at + u.lag * DAY,
            ingestedAt: u.ingestedAt,
            counters: Object.fromEntries(COUNTERS.map((counter, i) => [counter, u.counters[i] ?? 0])) as Record<
              (typeof COUNTERS)[number],
              number
            >,
          };
        }),
      ),
    };
  });
}

/** The same id drawn again is a further version; a ticket, invoice or subscription stays the customer's own. */
function versioned<T extends EventFact>(facts: readonly T[]): T[] {
  const versions = new Map<string, number>();
  return facts.map((fact) => {
    const key = `${fact.customer} ${fact.sourceId}`;
    versions.set(key, (versions.get(key) ?? 0) + 1);
    return { ...fact, version: versions.get(key) as number };
  });
}

function distinctUsage(facts: FactWorld["usage"]): FactWorld["usage"] {
  const seen = new Map(facts.map((fact) => [`${fact.customer} ${fact.day} ${fact.recordedAt}`, fact]));
  return [...seen.values()];
}

/** What a ticket is about hangs on its number, so that two `opened` events of one ticket say the same. */
const CATEGORIES = ["problem", "question", "billing", "feature_request", "cancellation"];
const SEVERITIES = ["low", "normal", "high", "urgent"];
const OPENERS = [null, "customer", "vendor"];
