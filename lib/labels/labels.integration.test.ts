import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NO_FENCE } from "@/lib/db/fence";
import { inTransaction, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { resolveOutcomes } from "@/lib/outcomes/service";
import { labelWindow, outcomeAt, readHistory } from "./resolve-outcome";
import { currentLabelRule, readLabels, resolveLabels } from "./service";
import type { CoverageKind } from "./subscription-timeline";

const TARGET = "churn-30d";
const AS_OF = new Date("2026-03-02T05:00:00Z");
const NEXT = new Date("2026-03-09T04:00:00Z");
const NOW = new Date("2026-06-01T00:00:00Z");

beforeAll(async () => {
  await createTestDatabase();
});
beforeEach(() => reachTo("2026-06-10"));
afterEach(async () => {
  await pool().query("TRUNCATE customer, subscription_event, label, outcome, prediction, scoring_run CASCADE");
});

/** Lets the data end with a day: usage is what tells how far the files reach. */
async function reachTo(day: string) {
  await pool().query("TRUNCATE usage_daily");
  await pool().query(
    `INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, active_users, sessions, tasks, comments,
       projects, files, reports, integrations, exports)
     SELECT 1, d, d + 1, 1, 'source', 1, 1, 0, 0, 0, 0, 0, 0, 0 FROM unnest(ARRAY[$1::date, $1::date - 7, $1::date - 3]) AS d`,
    [day],
  );
}

type Told = {
  customer: number;
  kind: CoverageKind;
  at: string;
  recorded?: string;
  id?: string;
  version?: number;
  effective?: string;
};

async function tell(...events: Told[]) {
  for (const [i, { customer, kind, at, recorded, id, version, effective }] of events.entries()) {
    await pool().query("INSERT INTO customer (id, source_id) VALUES ($1::int, $1::int::text) ON CONFLICT DO NOTHING", [
      customer,
    ]);
    await pool().query(
      `INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, seats, unit_price_cents, occurred_at,
         effective_at, recorded_at, recorded_basis, import_id, content_hash)
       VALUES ($1, $2, $3, 's', $4::text, CASE WHEN $4::text = 'start' THEN 2 END, CASE WHEN $4::text = 'start' THEN 5000 END, $5, $6, $7, 'source', 1, '')`,
      [customer, id ?? `${kind}${at}${i}`, version ?? 1, kind, at, effective ?? null, recorded ?? at],
    );
  }
}

const start = (customer: number): Told => ({ customer, kind: "start", at: "2025-06-01T00:00:00Z" });
const resolve = (now = NOW, asOfs = [AS_OF, NEXT]) => resolveLabels({ targetId: TARGET, asOfs, now, fence: NO_FENCE });

async function labels() {
  const { id } = await currentLabelRule(TARGET);
  const { customerIds, asOf, departed } = await readLabels({ labelRuleId: id, asOfs: [AS_OF, NEXT] });
  return Array.from(customerIds, (customer, i) => [
    asOf[i] === AS_OF.getTime() ? "first" : "next",
    customer,
    departed[i],
  ]);
}

describe("labels", () => {
  it("are written for covered customers without a notice, once, and only where the window has matured", async () => {
    await tell(
      start(1),
      start(2),
      { customer: 2, kind: "notice", at: "2026-03-05T00:00:00Z" },
      start(3),
      { customer: 3, kind: "notice", at: "2026-03-01T00:00:00Z" },
      { customer: 4, kind: "trial_start", at: "2026-02-25T00:00:00Z" },
      { ...start(5), at: "2026-03-04T00:00:00Z" },
    );
    expect(await resolve()).toEqual({ matured: 2, added: 4, revised: 0, voided: 0 });
    expect(await labels()).toEqual([
      ["first", 1, 0],
      ["first", 2, 1],
      ["next", 1, 0],
      ["next", 5, 0],
    ]);
    expect(await resolve()).toEqual({ matured: 2, added: 0, revised: 0, voided: 0 });
    await pool().query("TRUNCATE label");
    // Matures at 2026-04-18 00:00 in New York, the next week's seven days later.
    expect(await resolve(new Date("2026-04-18T04:00:00Z"))).toMatchObject({ matured: 1, added: 2 });
    expect(await resolve(new Date("2026-04-18T03:59:59Z"))).toMatchObject({ matured: 0 });
  });

  it("are not written for a window that needs data beyond where the files end: its leavers would count as stayed", async () => {
    await tell(start(1), start(2), { customer: 2, kind: "notice", at: "2026-03-05T00:00:00Z" });
    // The first window matures with 17 April in New York, the next with 24 April.
    await reachTo("2026-04-16");
    expect(await resolve()).toMatchObject({ matured: 0, added: 0 });
    await reachTo("2026-04-17");
    expect(await resolve()).toMatchObject({ matured: 1, added: 2 });
    await reachTo("2026-04-23");
    expect(await resolve()).toMatchObject({ matured: 1, added: 0 });
    await reachTo("2026-04-24");
    expect(await resolve()).toMatchObject({ matured: 2, added: 1 });
  });

  it("a correction supersedes a label and keeps the old one; what is not known yet changes nothing", async () => {
    await tell(start(1), { customer: 1, kind: "end", at: "2026-03-20T00:00:00Z", id: "x" }, start(2), {
      customer: 2,
      kind: "notice",
      at: "2026-03-20T00:00:00Z",
      id: "y",
    });
    await resolve();
    await tell(
      { customer: 1, kind: "end", at: "2026-05-20T00:00:00Z", id: "x", version: 2, recorded: "2026-06-10T00:00:00Z" },
      {
        customer: 2,
        kind: "notice",
        at: "2026-02-20T00:00:00Z",
        id: "y",
        version: 2,
        recorded: "2026-06-10T00:00:00Z",
      },
    );
    expect(await resolve()).toMatchObject({ added: 0, revised: 0, voided: 0 });
    expect(await resolve(new Date("2026-06-11T00:00:00Z"))).toEqual({ matured: 2, added: 0, revised: 2, voided: 2 });
    expect(await labels()).toEqual([
      ["first", 1, 0],
      ["next", 1, 0],
    ]);
    const { rows } = await pool().query(
      "SELECT revision, departed, departure_kind, voided FROM label WHERE as_of = $1 ORDER BY customer_id, revision",
      [AS_OF],
    );
    expect(rows).toEqual([
      { revision: 1, departed: true, departure_kind: "lapse", voided: false },
      { revision: 2, departed: false, departure_kind: null, voided: false },
      { revision: 1, departed: true, departure_kind: "notice", voided: false },
      { revision: 2, departed: false, departure_kind: null, voided: true },
    ]);
    expect(await resolve(new Date("2026-06-11T00:00:00Z"))).toMatchObject({ added: 0, revised: 0, voided: 0 });
  });

  it("agree with subscription_state_at on who is covered and who has given notice", async () => {
    const kinds: CoverageKind[] = ["start", "trial_start", "notice", "notice_withdrawn", "end", "reactivation"];
    // A fixed little congruential sequence: 400 customers with any order of events.
    let seed = 20261122;
    const draw = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const told: Told[] = [];
    for (let customer = 1; customer <= 400; customer += 1) {
      for (let i = 0; i <= draw(6); i += 1) {
        const at = new Date(AS_OF.getTime() + (draw(5) - 3) * 86_400_000).toISOString();
        const kind = kinds[draw(kinds.length)] as CoverageKind;
        // Before, at and after the notice; before, at and after as-of.
        const effective =
          kind === "notice" && draw(4) > 0
            ? new Date(Date.parse(at) + (draw(6) - 1) * 43_200_000).toISOString()
            : undefined;
        told.push({ customer, kind, at, id: `e${i}`, effective });
      }
    }
    // What chance draws too seldom; days from as-of.
    const rare: [CoverageKind, number, number?][][] = [
      [
        ["start", -40],
        ["notice", -30, -10],
        ["notice", -20, 5],
      ],
      [
        ["start", -40],
        ["notice", -30, -20],
        ["notice", -10, 5],
      ],
      [
        ["start", -40],
        ["notice", -30, -20],
        ["notice", -25],
      ],
      [
        ["start", -40],
        ["notice", -30, -10],
        ["notice_withdrawn", -10],
      ],
      [
        ["start", -40],
        ["notice", -30, -10],
        ["notice", -5],
        ["notice_withdrawn", -4],
        ["notice", -3, 10],
      ],
      [
        ["start", -40],
        ["notice", -30, -10],
        ["end", -20],
        ["notice_withdrawn", -5],
      ],
      [
        ["start", -40],
        ["notice", -30, 0],
      ],
    ];
    const customers = 400 + rare.length;
    const day = (days: number) => new Date(AS_OF.getTime() + days * 86_400_000).toISOString();
    for (const [i, events] of rare.entries())
      for (const [j, [kind, at, effective]] of events.entries())
        told.push({
          customer: 401 + i,
          kind,
          at: day(at),
          id: `e${j}`,
          effective: effective === undefined ? undefined : day(effective),
        });
    await tell(...told);
    const { rows } = await pool().query<{ customer_id: number; paid: boolean; leaving: boolean }>(
      `SELECT customer_id, bool_or(covered AND NOT trial) AS paid, bool_and(notice_at IS NOT NULL) FILTER (WHERE covered AND NOT trial) AS leaving
       FROM subscription_state_at($1, 'infinity', 'infinity') GROUP BY customer_id`,
      [AS_OF],
    );
    const rule = await currentLabelRule(TARGET);
    const window = labelWindow({ asOf: AS_OF, rule, zone: "America/New_York" });
    const seen = new Map(
      rows.map((row) => [row.customer_id, !row.paid ? "not_covered" : row.leaving ? "leaving" : "open"]),
    );
    for (let customer = 1; customer <= customers; customer += 1) {
      const subscriptions = told
        .filter((event) => event.customer === customer)
        .map(({ kind, at, id, effective }) => ({
          subscriptionId: "s",
          sourceId: id as string,
          kind,
          occurredAt: Date.parse(at),
          effectiveAt: effective === undefined ? null : Date.parse(effective),
        }));
      const history = readHistory({ subscriptions, graceDays: rule.graceDays, zone: "America/New_York" });
      expect([customer, outcomeAt({ history, window, now: 0 }).status]).toEqual([
        customer,
        seen.get(customer) ?? "not_covered",
      ]);
    }
    expect(new Set(seen.values()).size).toBe(3);
  });

  it("a fence that throws leaves no label", async () => {
    await tell(start(1));
    const fence = async () => {
      throw new Error("taken over");
    };
    await expect(resolveLabels({ targetId: TARGET, asOfs: [AS_OF], now: NOW, fence })).rejects.toThrow("taken over");
    expect(await labels()).toEqual([]);
  });

  it("an unknown target is refused by name", async () => {
    await expect(currentLabelRule("upsell")).rejects.toThrow('target "upsell"');
  });
});

describe("outcomes", () => {
  async function publish(run: { id: number; asOf: Date; role?: string; published?: boolean; customers: number[] }) {
    await inTransaction(async (client) => {
      await client.query("SELECT ensure_month_partition('prediction', $1)", [run.asOf]);
      // Models and builds play no part here: their foreign keys are not looked at.
      await client.query("SET LOCAL session_replication_role = replica");
      await client.query(
        `INSERT INTO scoring_run (id, target_id, model_version_id, build_id, as_of, role, status, threshold, floor, capacity, parameters, published_at)
         VALUES ($1, $2, 1, 1, $3, $4, 'complete', 0.7, 0.1, 10, '{}', $5)`,
        [run.id, TARGET, run.asOf, run.role ?? "champion", run.published === false ? null : run.asOf],
      );
      await client.query(
        `INSERT INTO prediction (as_of, customer_id, scoring_run_id, probability, margin, bias, probability_rank, listing, band, mrr_cents, priority_cents, reasons, peer_group)
         SELECT $1, customer, $3, 0.5, 0, 0, 1, 'none', 'low', 0, 0, '[]', '' FROM unnest($2::int[]) AS customer`,
        [run.asOf, run.customers, run.id],
      );
    });
  }

  it("are written once for published champion runs whose window matured, with revenue at the window's end", async () => {
    await tell(start(1), start(2), { customer: 2, kind: "end", at: "2026-03-20T00:00:00Z" }, start(3), {
      customer: 3,
      kind: "notice",
      at: "2026-03-01T00:00:00Z",
    });
    await publish({ id: 1, asOf: AS_OF, customers: [1, 2, 3] });
    await publish({ id: 2, asOf: AS_OF, role: "shadow", customers: [1] });
    await publish({ id: 3, asOf: NEXT, published: false, customers: [1] });
    await publish({ id: 4, asOf: new Date("2026-05-04T04:00:00Z"), customers: [1] });
    await reachTo("2026-04-16");
    expect(await resolveOutcomes({ targetId: TARGET, now: NOW, fence: NO_FENCE })).toEqual({ runs: 0, outcomes: 0 });
    await reachTo("2026-06-10");
    const run = () => resolveOutcomes({ targetId: TARGET, now: NOW, fence: NO_FENCE });
    expect(await run()).toEqual({ runs: 1, outcomes: 2 });
    const { rows } = await pool().query(
      "SELECT scoring_run_id, customer_id, departed, mrr_cents_at_end FROM outcome ORDER BY customer_id",
    );
    expect(rows).toEqual([
      { scoring_run_id: 1, customer_id: 1, departed: false, mrr_cents_at_end: 10_000 },
      { scoring_run_id: 1, customer_id: 2, departed: true, mrr_cents_at_end: 0 },
    ]);
    expect(await run()).toEqual({ runs: 0, outcomes: 0 });
  });
});
