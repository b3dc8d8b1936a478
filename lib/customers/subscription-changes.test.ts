import { describe, expect, it } from "vitest";
import { describeChanges } from "./subscription-changes";

const none = { plan: null, seats: null, unitPriceCents: null, discountPct: null, effectiveAt: null };
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const words = (events: Parameters<typeof describeChanges>[0]["events"]) =>
  describeChanges({ events, money: (cents) => `$${cents / 100}`, day: (date) => date.toISOString().slice(0, 10) }).map(
    (change) => change.text,
  );

describe("describeChanges", () => {
  it("tells every kind, newest first, with what was before", () => {
    expect(
      words([
        { ...none, kind: "trial_start", plan: "Team", seats: 1, occurredAt: at("2026-01-01") },
        { ...none, kind: "start", plan: "Team", seats: 4, unitPriceCents: 5000, occurredAt: at("2026-01-15") },
        { ...none, kind: "seat_change", seats: 9, occurredAt: at("2026-02-01") },
        { ...none, kind: "plan_change", plan: "Business", occurredAt: at("2026-03-01") },
        { ...none, kind: "price_change", unitPriceCents: 5500, occurredAt: at("2026-04-01") },
        { ...none, kind: "discount", discountPct: 10, occurredAt: at("2026-05-01") },
        { ...none, kind: "discount", discountPct: 0, occurredAt: at("2026-06-01") },
        { ...none, kind: "notice", effectiveAt: at("2026-08-01"), occurredAt: at("2026-07-01") },
        { ...none, kind: "notice_withdrawn", occurredAt: at("2026-07-05") },
        { ...none, kind: "end", occurredAt: at("2026-09-01") },
        { ...none, kind: "reactivation", plan: "Team", seats: 2, occurredAt: at("2026-10-01") },
      ]),
    ).toEqual([
      "Came back: Team, 2 seats",
      "Paid subscription ended",
      "Withdrew the notice",
      "Gave notice, to end on 2026-08-01",
      "Discount ended",
      "Discount of 10%",
      "Price per seat from $50 to $55",
      "Plan from Team to Business",
      "Seats from 4 to 9",
      "Paid subscription began: Team, 4 seats",
      "Trial began: Team, 1 seat",
    ]);
  });

  it("tells the end of a trial from that of a paid subscription", () => {
    expect(
      words([
        { ...none, kind: "trial_start", plan: "Team", seats: 3, occurredAt: at("2026-01-01") },
        { ...none, kind: "end", occurredAt: at("2026-01-15") },
      ]),
    ).toEqual(["Trial ended", "Trial began: Team, 3 seats"]);
  });

  it("does not invent what was before", () => {
    expect(words([{ ...none, kind: "seat_change", seats: 3, occurredAt: at("2026-01-01") }])).toEqual([
      "Seats set to 3",
    ]);
  });
});
