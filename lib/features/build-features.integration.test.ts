import fc from "fast-check";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_FENCE } from "@/lib/db/fence";
import { inTransaction, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import type { BuildMoment } from "./binding";
import { compileBuild, longestWindows } from "./compile";
import { ACCOUNT_WEEKLY } from "./definitions/account-weekly";
import { coverageAt } from "./history";
import { findBuilds, findSourceHistory, runCompiled } from "./repository";
import { ensureFeatureRole } from "./role";
import { buildFeatures, currentFeatureView, readFeatureMatrix } from "./service";
import { addFacts, COUNTERS, type FactWorld, writeFacts } from "./testing/fact-world";
import { naiveAccounts } from "./testing/naive-features";
import { randomWorld } from "./testing/random-world";

const ZONE = "America/New_York";
const DAY = 86_400_000;
const LONG_AGO = Date.UTC(2020, 0, 1);
const FAR_FUTURE = Date.UTC(2300, 0, 1);
/** The Monday after clocks went forward, and the one after they went back. */
const SPRING = new Date("2026-03-09T04:00:00Z");
const AUTUMN = new Date("2026-11-02T05:00:00Z");

let client: PoolClient;
beforeAll(async () => {
  await createTestDatabase();
  client = await pool().connect();
});
afterAll(() => client.release());

describe("feature rows", () => {
  it.each([
    ["spring", SPRING],
    ["autumn", AUTUMN],
  ])("agree with a second implementation, customer by customer, over the clock change in %s", async (_name, asOf) => {
    await fc.assert(
      fc.asyncProperty(
        randomWorld({ asOf, zone: ZONE, longAgo: LONG_AGO, ingestedLater: FAR_FUTURE }),
        async (drawn) => {
          const world = anchored(drawn, asOf);
          await writeFacts(client, world);
          const { moment, matrix } = await buildOne(asOf);
          const expected = naiveAccounts(world, moment);
          const predicted = [...expected].filter(([, account]) => !account.leaving);
          expect([...matrix.customerIds]).toEqual(predicted.map(([id]) => id));
          for (const [row, [customer, account]] of predicted.entries()) {
            expect([matrix.mrrCents[row], matrix.peerGroup[row]]).toEqual([account.mrrCents, account.peerGroup]);
            ACCOUNT_WEEKLY.features.forEach(({ name, expression }, column) => {
              const stored = matrix.values[row * matrix.columns.length + column] as number;
              const naive = Math.fround(account.value(expression));
              const same = Number.isNaN(naive)
                ? Number.isNaN(stored)
                : Math.abs(stored - naive) <= 1e-5 * Math.max(1, Math.abs(naive));
              if (!same) expect.fail(`customer ${customer}, ${name}: stored ${stored}, expected ${naive}`);
            });
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it("of the past are not changed by future, late, corrected or re-versioned facts", async () => {
    const asOf = AUTUMN;
    const world = anchored(
      fc.sample(randomWorld({ asOf, zone: ZONE, longAgo: LONG_AGO, ingestedLater: FAR_FUTURE }), {
        numRuns: 1,
        seed: 11,
      })[0] as FactWorld,
      asOf,
    );
    await writeFacts(client, world);
    const { moment, matrix } = await buildOne(asOf);
    expect(matrix.rows).toBeGreaterThan(0);

    const knownLater = { recordedAt: Number(asOf) + 3 * DAY, versions: 100, ingestedAt: LONG_AGO };
    const ingestedLater = { recordedAt: Number(asOf) - 5 * DAY, versions: 200, ingestedAt: Number(moment.dataCut) + 1 };
    const usage = {
      customer: 2,
      counters: Object.fromEntries(COUNTERS.map((c) => [c, 7])) as FactWorld["usage"][0]["counters"],
    };
    for (const late of [knownLater, ingestedLater]) {
      const suffix = String(late.recordedAt);
      await addFacts(client, {
        usage: [
          { ...usage, ...late, day: "2026-10-30" },
          { ...usage, ...late, day: "2026-11-02" },
        ],
        // The newest version of each event of before, told again otherwise.
        subscriptions: world.subscriptions.map((f) => ({
          ...f,
          ...late,
          version: f.version + late.versions,
          seats: f.seats && f.seats + 50,
        })),
        tickets: [
          ...world.tickets.map((f) => ({
            ...f,
            ...late,
            version: f.version + late.versions,
            occurredAt: f.occurredAt - DAY,
          })),
          {
            customer: 1,
            sourceId: `late${suffix}`,
            version: 1,
            kind: "opened",
            occurredAt: Number(asOf) - DAY,
            ...late,
            ticket: `late${suffix}`,
            category: "problem",
            severity: "urgent",
            openedBy: "customer",
            satisfaction: null,
          },
        ],
        payments: world.payments.map((f) => ({
          ...f,
          ...late,
          version: f.version + late.versions,
          kind: "failed",
        })),
      });
    }
    await addFacts(client, {
      tickets: [
        {
          customer: 1,
          sourceId: "future",
          version: 1,
          kind: "opened",
          occurredAt: Number(asOf),
          recordedAt: Number(asOf),
          ingestedAt: LONG_AGO,
          ticket: "future",
          category: "problem",
          severity: "urgent",
          openedBy: "customer",
          satisfaction: null,
        },
      ],
    });

    const again = await rebuild(moment);
    expect(again.rows).toBe(matrix.rows);
    expect([...again.values]).toEqual([...matrix.values]);
    expect([...again.mrrCents]).toEqual([...matrix.mrrCents]);
    expect(again.peerGroup).toEqual(matrix.peerGroup);

    // The same facts do change a build that knows them: they are no duds.
    const knowing = await rebuild({
      ...moment,
      knownBy: new Date(Number(asOf) + 5 * DAY),
      dataCut: new Date(FAR_FUTURE),
    });
    expect([...knowing.values]).not.toEqual([...matrix.values]);
  });

  it("have no value for features of a source that is not recorded, rather than 0", async () => {
    const asOf = AUTUMN;
    const world = anchored({ customers: 1, subscriptions: [start(asOf)], usage: [], tickets: [], payments: [] }, asOf);
    await writeFacts(client, { ...world, tickets: [] });
    const { matrix } = await buildOne(asOf);
    const value = (name: string) => matrix.values[matrix.columns.indexOf(name)];
    expect([value("tickets_28d"), value("open_tickets"), value("satisfaction_84d")]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect([value("unpaid_invoices"), value("sessions_7d"), value("active_users_7d")]).toEqual([0, 0, 0]);
  });
});

/** What makes sure that every source reaches back over the longest window: an old fact of each, of customer 1. */
function anchored(world: FactWorld, asOf: Date): FactWorld {
  const old = Number(asOf) - 86 * DAY;
  const event = { customer: 1, sourceId: "anchor", version: 1, occurredAt: old, recordedAt: old, ingestedAt: LONG_AGO };
  return {
    ...world,
    usage: [
      ...world.usage,
      {
        customer: 1,
        day: new Date(old - 5 * DAY).toISOString().slice(0, 10),
        recordedAt: old,
        ingestedAt: LONG_AGO,
        counters: Object.fromEntries(COUNTERS.map((counter) => [counter, 1])) as FactWorld["usage"][0]["counters"],
      },
    ],
    tickets: [
      ...world.tickets,
      {
        ...event,
        kind: "opened",
        ticket: "anchor",
        category: "question",
        severity: "low",
        openedBy: "customer",
        satisfaction: null,
      },
    ],
    payments: [...world.payments, { ...event, kind: "paid", invoice: "anchor", amountCents: 1 }],
  };
}

function start(asOf: Date): FactWorld["subscriptions"][0] {
  const at = Number(asOf) - 200 * DAY;
  return {
    customer: 1,
    sourceId: "s",
    version: 1,
    kind: "start",
    occurredAt: at,
    recordedAt: at,
    ingestedAt: LONG_AGO,
    subscription: "a",
    plan: "Team",
    seats: 5,
    unitPriceCents: 5000,
    discountPct: null,
    discountByPlay: false,
    termMonths: 1,
    effectiveAt: null,
  };
}

async function buildOne(asOf: Date) {
  await buildFeatures({ asOfs: [asOf], now: new Date(Number(asOf) + 3 * 3_600_000), fence: NO_FENCE });
  const view = await currentFeatureView();
  const [build] = await findBuilds(view.id, [asOf]);
  if (!build) throw new Error("not built");
  const covered = coverageAt({
    asOf,
    zone: ZONE,
    history: await findSourceHistory(),
    longest: longestWindows(ACCOUNT_WEEKLY),
  }).covered;
  const moment: BuildMoment = {
    viewId: view.id,
    asOf,
    knownBy: build.knownBy,
    dataCut: build.dataCut,
    zone: ZONE,
    covered,
  };
  return { moment, matrix: await readFeatureMatrix({ viewId: view.id, asOfs: [asOf] }) };
}

/** Runs the statement again for the same moment and reads what it wrote; nothing of it stays. */
async function rebuild(moment: BuildMoment) {
  const role = await ensureFeatureRole(client);
  const stop = new Error("rolled back");
  type Stored = { customer_id: number; values: (number | null)[]; mrr_cents: number; peer_group: string };
  let rows: Stored[] = [];
  await inTransaction(async (transaction) => {
    await transaction.query("DELETE FROM feature_row WHERE as_of = $1", [moment.asOf]);
    await runCompiled(transaction, { statement: compileBuild(ACCOUNT_WEEKLY), moment, role });
    rows = (
      await transaction.query<Stored>("SELECT * FROM feature_row WHERE as_of = $1 ORDER BY customer_id", [moment.asOf])
    ).rows;
    throw stop;
  }).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  return {
    rows: rows.length,
    values: rows.flatMap((row) => row.values.map((value) => (value === null ? Number.NaN : Math.fround(value)))),
    mrrCents: rows.map((row) => row.mrr_cents),
    peerGroup: rows.map((row) => row.peer_group),
  };
}
