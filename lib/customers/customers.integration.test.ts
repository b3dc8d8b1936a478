import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import {
  type PlantedCustomer,
  plantCustomers,
  plantModel,
  plantRun,
  plantUser,
} from "@/lib/queue/testing/published-run";
import type { Role, SignedInUser } from "@/lib/users/contract";
import type { ViewReason } from "./contract";
import { readDirectory } from "./directory-service";
import { readContacts, readCustomerPage } from "./service";

const WEEKS = [new Date("2026-11-02T05:00:00Z"), new Date("2026-11-09T05:00:00Z"), new Date("2026-11-16T05:00:00Z")];
const NOW = new Date("2026-11-17T15:00:00Z");

async function plantSubscription(
  customerId: number,
  events: [kind: string, at: string, seats: number | null, effective?: string][],
) {
  for (const [i, [kind, at, seats, effective]] of events.entries())
    await pool().query(
      `INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, plan, seats, unit_price_cents, effective_at,
         occurred_at, recorded_at, recorded_basis, import_id, content_hash)
       VALUES ($1, $2, 1, 's', $3, CASE WHEN $3 IN ('start', 'trial_start') THEN 'Team' END, $4, CASE WHEN $3 = 'start' THEN 5000 END, $5, $6, $6, 'source', 1, '')`,
      [customerId, `e${i}`, kind, seats, effective ?? null, at],
    );
}

describe("the customer page", () => {
  let listed: number;
  let unlisted: number;
  let leaving: number;
  let trial: number;
  let fresh: number;
  let gone: number;
  const viewer = {} as Record<Role, SignedInUser>;

  beforeAll(async () => {
    await createTestDatabase();
    for (const role of ["csm", "vp", "admin", "data_scientist"] as const) {
      const id = await plantUser(`User ${role}`, role);
      viewer[role] = { id, role, name: `User ${role}`, email: `user.${role}@planted.example` };
    }
    const names = ["Listed", "Unlisted", "Leaving", "Trial", "Fresh", "Gone"];
    const ids = await plantCustomers(names.map((name) => ({ name, segment: "smb", ownerId: viewer.csm.id })));
    [listed, unlisted, leaving, trial, fresh, gone] = ids as [number, number, number, number, number, number];
    await plantSubscription(listed, [
      ["start", "2026-01-10T12:00Z", 8],
      ["seat_change", "2026-11-05T12:00Z", 3],
    ]);
    await plantSubscription(unlisted, [["start", "2026-01-10T12:00Z", 8]]);
    await plantSubscription(leaving, [
      ["start", "2026-01-10T12:00Z", 8],
      ["notice", "2026-11-12T12:00Z", null, "2026-12-12T12:00Z"],
    ]);
    await plantSubscription(trial, [["trial_start", "2026-11-10T12:00Z", 4]]);
    await plantSubscription(fresh, [["start", "2026-11-16T20:00Z", 4]]);
    await plantSubscription(gone, [
      ["start", "2026-01-10T12:00Z", 8],
      ["end", "2026-08-10T12:00Z", null],
    ]);
    const person = (probability: number, listing: PlantedCustomer["listing"]): PlantedCustomer => ({
      ...{ name: "", probability, listing, mrrCents: 1, priorityCents: 1, peerGroup: "Team|5-9" },
      reasons: {
        themes: [],
        reasons: [
          { feature: "seats", theme: "seats", direction: "raises", logOdds: 4, text: "Seats fell from 8 to 3" },
        ],
      },
    });
    const model = await plantModel();
    const next = await plantModel(2);
    let run = 0;
    for (const [i, asOf] of WEEKS.entries()) {
      const customerIds = [listed, unlisted];
      const predictions = [person([0.3, 0.6, 0.85][i]!, i === 2 ? "flagged" : "unlisted"), person(0.1, "unlisted")];
      run = await plantRun({ ...(i < 2 ? model : next), asOf, customerIds, predictions, publish: i === 2 });
      await pool().query("SELECT ensure_month_partition('feature_row', $1)", [asOf]);
      await pool().query("INSERT INTO feature_row VALUES ($1, $2, $3, $4, 1, 'Team|5-9')", [
        asOf,
        listed,
        next.viewId,
        [8 - i, i === 1 ? null : 20 - i],
      ]);
    }
    await pool().query(
      `INSERT INTO feature_range (build_id, peer_group, "column", n, missing, p25, p50, p75)
       SELECT build_id, g, 'seats', 10, 0, 4, 5, CASE g WHEN '*' THEN 99 ELSE 6 END FROM scoring_run, unnest(ARRAY['*', 'Team|5-9']) g WHERE id = $1`,
      [run],
    );
    await pool().query(
      "INSERT INTO leaving_customer VALUES ($1, $2, '2026-11-12T12:00Z', '2026-12-12T12:00Z', 40000)",
      [run, leaving],
    );
    await pool().query(
      "INSERT INTO contact (customer_id, source_id, full_name, email, import_id, content_hash) VALUES ($1, 'k1', 'Robin Marlow', 'robin@planted.example', 1, '')",
      [listed],
    );
  });

  const page = (customerId: number, role: Role = "csm") =>
    readCustomerPage({ customerId, viewer: viewer[role], now: NOW });

  it("says who the customer is, by subscriptions as they are now", async () => {
    const { head } = await page(listed);
    expect(head).toMatchObject({
      name: "Listed",
      coverage: "paid",
      plan: "Team",
      seats: 3,
      mrrCents: 15_000,
      paidSince: "2026-01-10T12:00:00.000Z",
    });
    expect(head.owner?.name).toBe("User csm");
  });

  it("explains the score: parts add up to it, with value, own past and what is typical among peers", async () => {
    const { prediction, history } = await page(listed);
    if (prediction.state !== "shown") throw new Error(prediction.state);
    const score = prediction.prediction;
    const sum = score.contributions.reduce((total, part) => total + part.logOdds, score.bias);
    expect(sum).toBeCloseTo(score.margin, 4);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(score.probability, 4);
    const seats = score.contributions.find((part) => part.column === "seats");
    expect(seats).toMatchObject({
      sentence: "Seats fell from 8 to 3",
      value: "6",
      typical: { lowValue: 4, highValue: 6 },
    });
    expect(seats?.past.map((point) => point.value)).toEqual([8, 7, 6]);
    const logins = score.contributions.find((part) => part.column === "logins");
    expect(logins?.past.map((point) => point.text)).toEqual(["20", "no data", "18"]);
    expect(score.peerGroup).toBe("Team accounts of 5–9 seats");
    expect(history.map((week) => [week.probability, week.modelNumber])).toEqual([
      [0.3, 1],
      [0.6, 1],
      [0.85, 2],
    ]);
  });

  it.each([
    ["leaving", () => leaving],
    ["not_paying", () => trial],
    ["not_scored", () => fresh],
    ["not_paying", () => gone],
  ])("names why there is no prediction: %s", async (state, id) => {
    expect((await page(id())).prediction.state).toBe(state);
  });

  it("keeps a customer that has left", async () => {
    expect((await page(gone)).head).toMatchObject({
      coverage: "ended",
      seats: null,
      mrrCents: 0,
      endedAt: "2026-08-10T12:00:00.000Z",
    });
  });

  it("tells subscription weeks and changes", async () => {
    const { subscription, changes } = await page(listed);
    expect(subscription.at(-1)).toMatchObject({ week: "2026-11-09", seats: 3, mrrCents: 15_000 });
    expect(subscription.at(-2)).toMatchObject({ week: "2026-11-02", seats: 8, mrrCents: 40_000 });
    expect(subscription[0]?.seats).toBeNull();
    expect(changes.map((change) => change.text)).toEqual([
      "Seats from 8 to 3",
      "Paid subscription began: Team, 8 seats",
    ]);
  });

  it.each(["data_scientist"] as const)("does not exist for a %s", async (role) => {
    await expect(page(listed, role)).rejects.toMatchObject({ code: "not_found" });
  });

  it("does not exist for an unknown id", async () => {
    await expect(page(999_999)).rejects.toMatchObject({ code: "not_found" });
  });

  it("shows people to the owner, to others with a reason, and writes one entry for each viewing", async () => {
    const other: SignedInUser = { ...viewer.csm, id: viewer.csm.id + 1000, email: "other@planted.example" };
    const view = (who: SignedInUser, reason?: ViewReason, customerId = listed) =>
      readContacts({ customerId, viewer: who, reason });
    await pool().query(
      "INSERT INTO contact (customer_id, source_id, full_name, import_id, content_hash) VALUES ($1, 'k2', 'Tess Orme', 1, '')",
      [listed],
    );
    const seen = await view(viewer.csm);
    expect(seen).toEqual([
      { fullName: "Robin Marlow", jobTitle: null, email: "robin@planted.example", phone: null, isPrimary: false },
      { fullName: "Tess Orme", jobTitle: null, email: null, phone: null, isPrimary: false },
    ]);
    expect(await view(other, "standing_in")).toEqual(seen);
    expect(await view(viewer.vp, "escalation")).toEqual(seen);
    expect(await view(viewer.admin, "data_request")).toEqual(seen);
    for (const who of [other, viewer.vp, viewer.admin])
      await expect(view(who)).rejects.toMatchObject({ code: "invalid_input" });
    const { rows } = await pool().query(
      "SELECT actor_label, subject_id, detail FROM audit_event WHERE action = 'contact.view' ORDER BY seq",
    );
    expect(rows).toEqual(
      [
        [viewer.csm, "owner"] as const,
        [other, "standing_in"] as const,
        [viewer.vp, "escalation"] as const,
        [viewer.admin, "data_request"] as const,
      ].map(([user, reason]) => ({
        actor_label: user.email,
        subject_id: String(listed),
        detail: { contacts: 2, reason },
      })),
    );
  });

  it("answers alike for people of an unknown customer and people that the role never sees", async () => {
    const [unknown, forbidden] = await Promise.all(
      [
        { customerId: 999_999, viewer: viewer.csm, reason: undefined },
        { customerId: listed, viewer: viewer.data_scientist, reason: "data_check" as const },
      ].map((args) => readContacts(args).catch((error: Error) => error)),
    );
    expect(unknown).toMatchObject({ code: "not_found" });
    expect(forbidden).toEqual(unknown);
  });

  it("lists all customers by name with where they stand, page by page, and finds a part of a name", async () => {
    await plantCustomers(Array.from({ length: 60 }, (_, i) => ({ name: `Twin ${i % 7}` })));
    const directory = (role: Role, q: string, after?: string) =>
      readDirectory({ viewer: viewer[role], query: { q, after }, now: NOW });
    const standings = (await directory("csm", "")).rows
      .map((row) => [row.name, row.coverage, row.standing])
      .slice(0, 6);
    expect(standings).toEqual([
      ["Fresh", "paid", null],
      ["Gone", "none", null],
      ["Leaving", "paid", "leaving"],
      ["Listed", "paid", "flagged"],
      ["Trial", "trial", null],
      ["Twin 0", "none", null],
    ]);
    const first = await directory("csm", "twin");
    const second = await directory("csm", "twin", first.next ?? "");
    expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, null]);
    const rows = [...first.rows, ...second.rows];
    expect(new Set(rows.map((row) => row.customerId)).size).toBe(60);
    expect(rows.map((row) => row.name)).toEqual(rows.map((row) => row.name).toSorted());
    expect((await directory("vp", "%")).rows).toEqual([]);
    await expect(directory("csm", "", "x")).rejects.toThrow('after is "x"');
    await expect(directory("data_scientist", "")).rejects.toMatchObject({ code: "not_found" });
  });

  it("hides scores of a comparison customer and of the unlisted from a CSM while an experiment runs", async () => {
    expect((await page(unlisted)).prediction.state).toBe("shown");
    await pool().query(
      `WITH e AS (INSERT INTO experiment (key, share, starts_at) VALUES ('e1', 0.1, '2026-11-01') RETURNING id)
       INSERT INTO assignment (experiment_id, customer_id, arm, first_eligible_as_of) SELECT id, $1, 'comparison', $2 FROM e`,
      [listed, WEEKS[2]],
    );
    const [comparison, other] = await Promise.all([page(listed), page(unlisted)]);
    expect(comparison.prediction).toEqual(other.prediction);
    expect(comparison.prediction).toEqual({ state: "unlisted" });
    expect(comparison.history.map((week) => week.state)).toEqual(other.history.map((week) => week.state));
    expect(comparison.history.every((week) => week.probability === null)).toBe(true);
    expect((await page(listed, "vp")).prediction.state).toBe("shown");
    const standing = async (role: Role) =>
      (await readDirectory({ viewer: viewer[role], query: { q: "Listed" }, now: NOW })).rows.find(
        (row) => row.customerId === listed,
      )?.standing;
    expect([await standing("csm"), await standing("vp")]).toEqual(["unlisted", "flagged"]);
  });
});
