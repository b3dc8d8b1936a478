import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/calendar/weeks";
import { labelWindow, outcomeAt, readHistory, resolveOutcome } from "./resolve-outcome";
import type { CoverageEvent, CoverageKind } from "./subscription-timeline";

const ZONE = "America/New_York";
const RULE = { horizonDays: 30, graceDays: 14, settlementDays: 3 };
/** A Monday 00:00 in New York; the window ends on 2026-04-01 00:00, after clocks went forward on 8 March. */
const AS_OF = new Date("2026-03-02T05:00:00Z");
const WINDOW_END = new Date("2026-04-01T04:00:00Z");
const LATER = new Date("2027-01-01T00:00:00Z");

let counter = 0;
function event(
  kind: CoverageKind,
  at: string,
  more: { effective?: string; subscription?: string } = {},
): CoverageEvent {
  counter += 1;
  return {
    subscriptionId: more.subscription ?? "s1",
    sourceId: `e${String(counter).padStart(6, "0")}`,
    kind,
    occurredAt: Date.parse(at),
    effectiveAt: more.effective === undefined ? null : Date.parse(more.effective),
  };
}

const start = event("start", "2025-06-01T00:00:00Z");
const second = event("start", "2025-07-01T00:00:00Z", { subscription: "s2" });
const of2 = { subscription: "s2" };
const stayed = { status: "stayed" };
const departed = (at: string | Date, kind: "notice" | "lapse") => ({
  status: "departed",
  departedAt: new Date(at),
  kind,
});

function resolve(subscriptions: CoverageEvent[], more: { now?: Date; asOf?: Date } = {}) {
  return resolveOutcome({ subscriptions, asOf: AS_OF, rule: RULE, zone: ZONE, now: LATER, ...more });
}

describe("what became of a customer", () => {
  it.each<[string, CoverageEvent[], object]>([
    ["nothing happened", [start], stayed],
    ["never had a subscription", [], { status: "not_covered" }],
    [
      "notice, then the end: departed on the day of the notice",
      [
        start,
        event("notice", "2026-03-10T12:00:00Z", { effective: "2026-05-31T00:00:00Z" }),
        event("end", "2026-05-31T00:00:00Z"),
      ],
      departed("2026-03-10T12:00:00Z", "notice"),
    ],
    [
      "notice without a date and without an end yet",
      [start, event("notice", "2026-03-10T12:00:00Z")],
      departed("2026-03-10T12:00:00Z", "notice"),
    ],
    [
      "notice withdrawn before it takes effect",
      [
        start,
        event("notice", "2026-03-10T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-30T00:00:00Z"),
      ],
      stayed,
    ],
    [
      "notice withdrawn at the moment it takes effect is too late",
      [
        start,
        event("notice", "2026-03-10T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-31T00:00:00Z"),
      ],
      departed("2026-03-10T00:00:00Z", "notice"),
    ],
    [
      "notice withdrawn after coverage ended",
      [
        start,
        event("notice", "2026-03-10T00:00:00Z"),
        event("end", "2026-03-20T00:00:00Z"),
        event("notice_withdrawn", "2026-03-21T00:00:00Z"),
      ],
      departed("2026-03-10T00:00:00Z", "notice"),
    ],
    [
      "notice moved to a later date, then withdrawn before that",
      [
        start,
        event("notice", "2026-03-10T00:00:00Z", { effective: "2026-03-15T00:00:00Z" }),
        event("notice", "2026-03-12T00:00:00Z", { effective: "2026-04-30T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-20T00:00:00Z"),
      ],
      stayed,
    ],
    [
      "withdrawn notice, then a lapse without one",
      [
        start,
        event("notice", "2026-03-04T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-06T00:00:00Z"),
        event("end", "2026-03-20T00:00:00Z"),
      ],
      departed("2026-03-20T00:00:00Z", "lapse"),
    ],
    [
      "lapse: coverage ends without a notice",
      [start, event("end", "2026-03-15T00:00:00Z")],
      departed("2026-03-15T00:00:00Z", "lapse"),
    ],
    [
      "lapse within grace, reactivated",
      [start, event("end", "2026-03-15T04:00:00Z"), event("reactivation", "2026-03-29T03:59:59Z")],
      stayed,
    ],
    [
      "reactivated when the grace days are over",
      [start, event("end", "2026-03-15T04:00:00Z"), event("reactivation", "2026-03-29T04:00:00Z")],
      departed("2026-03-15T04:00:00Z", "lapse"),
    ],
    [
      "grace is counted in days of the zone: 14 of them over the change of clocks are an hour short",
      [start, event("end", "2026-03-02T06:00:00Z"), event("reactivation", "2026-03-16T05:00:00Z")],
      departed("2026-03-02T06:00:00Z", "lapse"),
    ],
    [
      "reactivation after a departure by notice does not undo it, not even within grace",
      [
        start,
        event("notice", "2026-03-05T00:00:00Z", { effective: "2026-03-10T00:00:00Z" }),
        event("end", "2026-03-10T00:00:00Z"),
        event("reactivation", "2026-03-12T00:00:00Z"),
      ],
      departed("2026-03-05T00:00:00Z", "notice"),
    ],
    [
      "a new start while the notice runs is a change of mind",
      [
        start,
        event("notice", "2026-03-05T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("reactivation", "2026-03-12T00:00:00Z"),
      ],
      stayed,
    ],
    [
      "two departures in the window: the first counts",
      [
        start,
        event("end", "2026-03-03T00:00:00Z"),
        event("start", "2026-03-18T00:00:00Z"),
        event("end", "2026-03-25T00:00:00Z"),
      ],
      departed("2026-03-03T00:00:00Z", "lapse"),
    ],
    ["one of two subscriptions ends", [start, second, event("end", "2026-03-15T00:00:00Z", of2)], stayed],
    ["notice for one of two subscriptions", [start, second, event("notice", "2026-03-15T00:00:00Z", of2)], stayed],
    [
      "notice for one, then for the other: departed with the second",
      [start, second, event("notice", "2026-03-05T00:00:00Z", of2), event("notice", "2026-03-20T00:00:00Z")],
      departed("2026-03-20T00:00:00Z", "notice"),
    ],
    [
      "one under notice, the other lapses: departed with the lapse",
      [
        start,
        second,
        event("notice", "2026-03-05T00:00:00Z", { ...of2, effective: "2026-06-01T00:00:00Z" }),
        event("end", "2026-03-20T00:00:00Z"),
      ],
      departed("2026-03-20T00:00:00Z", "lapse"),
    ],
    [
      "moves to another subscription before the notice takes effect",
      [
        start,
        event("notice", "2026-03-05T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("end", "2026-03-31T00:00:00Z"),
        event("start", "2026-03-31T00:00:00Z", of2),
      ],
      stayed,
    ],
    [
      "the other subscription starts only after the notice took effect",
      [
        start,
        event("notice", "2026-03-05T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("end", "2026-03-31T00:00:00Z"),
        event("start", "2026-03-31T00:00:01Z", of2),
      ],
      departed("2026-03-05T00:00:00Z", "notice"),
    ],
    ["a trial only is no paid coverage", [event("trial_start", "2026-02-20T00:00:00Z")], { status: "not_covered" }],
    [
      "a trial that became paid before",
      [event("trial_start", "2026-02-01T00:00:00Z"), event("start", "2026-02-15T00:00:00Z")],
      stayed,
    ],
    [
      "a trial that becomes paid only in the window",
      [event("trial_start", "2026-02-20T00:00:00Z"), event("start", "2026-03-06T00:00:00Z")],
      { status: "not_covered" },
    ],
    [
      "a trial of another product does not keep a customer",
      [start, event("trial_start", "2026-03-01T00:00:00Z", of2), event("end", "2026-03-15T00:00:00Z")],
      departed("2026-03-15T00:00:00Z", "lapse"),
    ],
    [
      "notice whose date has passed by as-of: no coverage any more, with or without an end",
      [start, event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-28T00:00:00Z" })],
      { status: "not_covered" },
    ],
    [
      "notice that takes effect at as-of: still leaving, as an end at as-of would be",
      [start, event("notice", "2026-01-10T00:00:00Z", { effective: AS_OF.toISOString() })],
      { status: "leaving" },
    ],
    [
      "notice whose date a further notice has moved past as-of: leaving",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-28T00:00:00Z" }),
        event("notice", "2026-02-10T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
      ],
      { status: "leaving" },
    ],
    [
      "a further notice after the date moves nothing: coverage is over",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-01-31T00:00:00Z" }),
        event("notice", "2026-02-10T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
      ],
      { status: "not_covered" },
    ],
    [
      "a further notice without a date leaves the date as it is",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-28T00:00:00Z" }),
        event("notice", "2026-02-10T00:00:00Z"),
      ],
      { status: "not_covered" },
    ],
    [
      "notice withdrawn at its date or later, before as-of: a customer anew from then on",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-10T00:00:00Z" }),
        event("notice_withdrawn", "2026-02-20T00:00:00Z"),
      ],
      stayed,
    ],
    [
      "notice withdrawn after as-of and after its date: not covered at as-of",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-10T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-20T00:00:00Z"),
      ],
      { status: "not_covered" },
    ],
    [
      "withdrawn after the end: what has ended is not begun anew by it",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-10T00:00:00Z" }),
        event("end", "2026-02-10T00:00:00Z"),
        event("notice_withdrawn", "2026-02-20T00:00:00Z"),
      ],
      { status: "not_covered" },
    ],
    [
      "new start after the date of the notice: a customer",
      [
        start,
        event("notice", "2026-01-10T00:00:00Z", { effective: "2026-02-10T00:00:00Z" }),
        event("start", "2026-02-20T00:00:00Z"),
      ],
      stayed,
    ],
    ["notice before as-of: leaving", [start, event("notice", "2026-03-02T04:59:59Z")], { status: "leaving" }],
    [
      "notice before as-of that is withdrawn later: leaving as well, since that was not known",
      [
        start,
        event("notice", "2026-03-01T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-10T00:00:00Z"),
      ],
      { status: "leaving" },
    ],
    [
      "withdrawn before as-of",
      [
        start,
        event("notice", "2026-02-20T00:00:00Z", { effective: "2026-03-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-03-01T00:00:00Z"),
      ],
      stayed,
    ],
    [
      "withdrawn after its effect while coverage ran on: at stake again",
      [
        start,
        event("notice", "2026-01-01T00:00:00Z", { effective: "2026-01-31T00:00:00Z" }),
        event("notice_withdrawn", "2026-02-15T00:00:00Z"),
        event("end", "2026-03-15T00:00:00Z"),
      ],
      departed("2026-03-15T00:00:00Z", "lapse"),
    ],
    [
      "notice at as-of itself is in the window",
      [start, event("notice", AS_OF.toISOString())],
      departed(AS_OF, "notice"),
    ],
    ["end at as-of itself is in the window", [start, event("end", AS_OF.toISOString())], departed(AS_OF, "lapse")],
    ["end just before as-of", [start, event("end", "2026-03-02T04:59:59Z")], { status: "not_covered" }],
    ["start at as-of itself is too late", [event("start", AS_OF.toISOString())], { status: "not_covered" }],
    [
      "notice in the window's last millisecond",
      [start, event("notice", "2026-04-01T03:59:59.999Z")],
      departed("2026-04-01T03:59:59.999Z", "notice"),
    ],
    ["notice at the window's end is out", [start, event("notice", WINDOW_END.toISOString())], stayed],
    ["end at the window's end is out", [start, event("end", WINDOW_END.toISOString())], stayed],
  ])("%s", (_rule, events, outcome) => {
    expect(resolve(events)).toEqual(outcome);
    expect(resolve([...events].reverse())).toEqual(outcome);
  });

  it("the window is 30 days of the zone, an hour short where clocks go forward", () => {
    const window = labelWindow({ asOf: AS_OF, rule: RULE, zone: ZONE });
    expect(new Date(window.endsAt)).toEqual(WINDOW_END);
    expect(new Date(window.maturesAt)).toEqual(new Date("2026-04-18T04:00:00Z"));
    expect(window.endsAt - window.asOf).toBe(30 * 86_400_000 - 3_600_000);
  });

  it("nothing is said before the window has matured, not even of a departure already seen", () => {
    const events = [start, event("notice", "2026-03-03T00:00:00Z")];
    expect(resolve(events, { now: new Date("2026-04-18T03:59:59.999Z") })).toEqual({ status: "open" });
    expect(resolve(events, { now: new Date("2026-04-18T04:00:00Z") })).toMatchObject({ status: "departed" });
  });

  it("one history answers many as-ofs as one by one, and windows that lie side by side share no departure", () => {
    const kinds: CoverageKind[] = ["start", "trial_start", "notice", "notice_withdrawn", "end", "reactivation"];
    const anyEvent = fc.record({
      kind: fc.constantFrom(...kinds),
      day: fc.integer({ min: 0, max: 300 }),
      subscription: fc.constantFrom("s1", "s2"),
      effectiveIn: fc.option(fc.integer({ min: 0, max: 60 })),
    });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), (drawn) => {
        const origin = new Date("2025-10-06T04:00:00Z");
        const at = (day: number) => addDays(origin, day, ZONE).getTime();
        const subscriptions = drawn.map(({ kind, day, subscription, effectiveIn }, i) => ({
          subscriptionId: subscription,
          sourceId: `e${i}`,
          kind,
          occurredAt: at(day) + 1,
          effectiveAt: kind === "notice" && effectiveIn !== null ? at(day + effectiveIn) : null,
        }));
        const history = readHistory({ subscriptions, graceDays: RULE.graceDays, zone: ZONE });
        const seen = new Set<number>();
        for (let day = 0; day < 330; day += 30) {
          const asOf = new Date(at(day));
          const window = labelWindow({ asOf, rule: RULE, zone: ZONE });
          const outcome = outcomeAt({ history, window, now: LATER.getTime() });
          expect(outcome).toEqual(resolve(subscriptions, { asOf }));
          if (outcome.status !== "departed") continue;
          const time = outcome.departedAt.getTime();
          expect(time >= window.asOf && time < window.endsAt && !seen.has(time)).toBe(true);
          seen.add(time);
        }
      }),
    );
  });
});
