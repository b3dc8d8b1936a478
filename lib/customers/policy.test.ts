import { describe, expect, it } from "vitest";
import { contactAccess, judgeInvoice, weeklyTickets } from "./policy";

describe("judgeInvoice", () => {
  const now = new Date("2026-11-16T12:00:00Z");
  const invoice = {
    ...{ invoiceId: "i", amountCents: 5000, failures: 0, refunded: false },
    firstAt: new Date("2026-11-01T00:00:00Z"),
    dueAt: new Date("2026-11-01T00:00:00Z") as Date | null,
  };

  it.each([
    ["paid on the day", "2026-11-01T09:00:00Z", "paid", null],
    ["paid within three days", "2026-11-04T23:59:00Z", "paid", null],
    ["paid on the fourth day", "2026-11-05T00:00:00Z", "paid_late", 4],
    ["not paid for a fortnight", null, "overdue", 15],
  ])("%s", (_rule, paidAt, state, daysLate) => {
    const judged = judgeInvoice({ ...invoice, paidAt: paidAt === null ? null : new Date(paidAt) }, now);
    expect(judged).toMatchObject({ state, daysLate });
  });

  it("due yesterday and unpaid is due, not overdue", () => {
    const dueAt = new Date("2026-11-15T00:00:00Z");
    expect(judgeInvoice({ ...invoice, dueAt, paidAt: null }, now)).toMatchObject({ state: "due", daysLate: null });
  });

  it("never announced counts from its first event", () => {
    expect(judgeInvoice({ ...invoice, dueAt: null, paidAt: null }, now)).toMatchObject({
      state: "overdue",
      dueAt: null,
    });
  });
});

describe("weeklyTickets", () => {
  const weeks = ["2026-11-02", "2026-11-09"].map((day) => ({ day, start: new Date(`${day}T05:00:00Z`) }));
  const ticket = (at: string, severity: string | null) => ({ openedAt: new Date(at), severity });

  it("counts by the week in the company's zone, a ticket without severity as normal", () => {
    const tickets = [
      ticket("2026-11-02T04:59:00Z", "low"),
      ticket("2026-11-02T05:00:00Z", "urgent"),
      ticket("2026-11-09T04:59:00Z", null),
      ticket("2026-11-09T05:00:00Z", "high"),
    ];
    expect(weeklyTickets({ weeks, tickets })).toEqual([
      { week: "2026-11-02", low: 0, normal: 1, high: 0, urgent: 1 },
      { week: "2026-11-09", low: 0, normal: 0, high: 1, urgent: 0 },
    ]);
  });
});

describe("contactAccess", () => {
  it.each([
    ["the owner sees people at once", "csm", 7, "as_owner"],
    ["another CSM says why", "csm", 8, "with_reason"],
    ["a CSM says why where nobody is the owner", "csm", null, "with_reason"],
    ["the VP says why", "vp", 8, "with_reason"],
    ["an administrator says why", "admin", 8, "with_reason"],
    ["an administrator who owns by a former role says why", "admin", 7, "with_reason"],
    ["a data scientist never sees people", "data_scientist", 8, "never"],
    ["a data scientist who owns by a former role never sees people", "data_scientist", 7, "never"],
  ] as const)("%s", (_rule, role, ownerId, access) => {
    expect(contactAccess({ viewer: { id: 7, role }, ownerId })).toBe(access);
  });
});
