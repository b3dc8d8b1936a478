import { beforeAll, describe, expect, it } from "vitest";
import { addWeeks } from "@/lib/calendar/weeks";
import { NO_FENCE } from "@/lib/db/fence";
import { inTransaction, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { peerRanges } from "@/lib/explanations/peer-ranges";
import { ACCOUNT_WEEKLY } from "./definitions/account-weekly";
import {
  buildableAsOfs,
  buildFeatures,
  currentFeatureView,
  dataWatermark,
  findLeavingCustomers,
  getFeatureCatalogue,
  readFeatureMatrix,
  readFeatureRanges,
} from "./service";
import {
  addFacts,
  COUNTERS,
  type FactWorld,
  type SubscriptionFact,
  type UsageFact,
  writeFacts,
} from "./testing/fact-world";

const ZONE = "America/New_York";
const DAY = 86_400_000;
const LONG_AGO = Date.UTC(2020, 0, 1);
const MONDAY = new Date("2026-06-29T04:00:00Z");
const NOW = new Date("2026-06-29T08:00:00Z");
const WEEKS = 16;

beforeAll(async () => {
  await createTestDatabase();
  await inTransaction((client) => writeFacts(client, weeklyWorld()));
});

describe("building features", () => {
  it("is not led further by a day that is still to come", async () => {
    await pool().query(
      `INSERT INTO usage_daily SELECT customer_id, CURRENT_DATE + 400, recorded_at, import_id, recorded_basis, ingested_at,
         active_users, sessions, tasks, comments, projects, files, reports, integrations, exports FROM usage_daily LIMIT 1`,
    );
    expect(await dataWatermark()).toEqual(MONDAY);
    await pool().query("DELETE FROM usage_daily WHERE day > CURRENT_DATE + 1");
  });

  it("covers the Mondays from first history to the watermark", async () => {
    expect(await dataWatermark()).toEqual(MONDAY);
    const asOfs = await buildableAsOfs({ until: NOW });
    expect(asOfs).toEqual(Array.from({ length: WEEKS + 1 }, (_, i) => addWeeks(MONDAY, i - WEEKS, ZONE)));
    expect(await buildableAsOfs({ until: addWeeks(MONDAY, -WEEKS - 1, ZONE) })).toEqual([]);
  });

  it("writes each as-of once, and leaves out those whose window begins before the history", async () => {
    const asOfs = await buildableAsOfs({ until: NOW });
    const progress: number[] = [];
    const first = await buildFeatures({
      asOfs,
      now: NOW,
      fence: NO_FENCE,
      onProgress: ({ done }) => progress.push(done),
    });
    // 12 weeks of history are the longest window.
    expect(first).toMatchObject({ built: WEEKS - 12 + 1, leftOut: 12, existing: 0 });
    expect(progress).toEqual(asOfs.map((_, i) => i + 1));
    const before = await buildTable();
    expect(before.filter(({ status }) => status === "left_out").at(-1)?.left_out).toEqual({
      history_too_short: 3,
      leaving: 0,
      trial: 1,
    });
    const second = await buildFeatures({ asOfs, now: NOW, fence: NO_FENCE });
    expect(second).toMatchObject({ built: 0, existing: WEEKS - 12 + 1, leftOut: 12, rows: 0 });
    expect(await buildTable()).toEqual(before);
  });

  it("adds distributions to builds that were made without, where they are asked for", async () => {
    const asOfs = [addWeeks(MONDAY, -1, ZONE), MONDAY];
    const view = await currentFeatureView();
    const counts = () =>
      Promise.all(asOfs.map(async (asOf) => (await readFeatureRanges({ viewId: view.id, asOf })).length));
    const perBuild = 2 * view.columns.length;
    expect(await counts()).toEqual([0, perBuild]);
    await buildFeatures({ asOfs, now: NOW, fence: NO_FENCE, ranges: true });
    expect(await counts()).toEqual([perBuild, perBuild]);
  });

  it("sets customers who gave notice by known-by apart, with notice and revenue", async () => {
    const leaving = await findLeavingCustomers({ viewId: (await currentFeatureView()).id, asOf: MONDAY });
    expect(leaving).toEqual([
      { customerId: 2, noticeAt: new Date(Number(MONDAY) + 3_600_000), effectiveAt: null, mrrCents: 25_000 },
    ]);
    const view = await currentFeatureView();
    const matrix = await readFeatureMatrix({ viewId: view.id, asOfs: [MONDAY] });
    expect([...matrix.customerIds]).toEqual([1, 3]);
    expect((await buildTable()).at(-1)?.left_out).toEqual({ leaving: 1, trial: 1 });
  });

  it("refuses an as-of whose data is not known yet", async () => {
    const next = addWeeks(MONDAY, 1, ZONE);
    await expect(buildFeatures({ asOfs: [next], now: NOW, fence: NO_FENCE })).rejects.toThrow(
      "features for 2026-07-06T04:00:00.000Z can be built from 2026-07-06T06:00:00.000Z on",
    );
  });

  it("leaves nothing of an as-of whose fence says that another has taken over, and does it the next time", async () => {
    await pool().query("DELETE FROM feature_row WHERE as_of = $1", [MONDAY]);
    await pool().query("DELETE FROM feature_range; DELETE FROM feature_build WHERE as_of = '2026-06-29T04:00:00Z'");
    const fence = async () => {
      throw new Error("taken over");
    };
    await expect(buildFeatures({ asOfs: [MONDAY], now: NOW, fence })).rejects.toThrow("taken over");
    const view = await currentFeatureView();
    await expect(readFeatureMatrix({ viewId: view.id, asOfs: [MONDAY] })).rejects.toThrow(
      `features of view ${view.id} are not built for 2026-06-29T04:00:00.000Z`,
    );
    expect((await pool().query("SELECT 1 FROM feature_row WHERE as_of = $1", [MONDAY])).rowCount).toBe(0);
    const two = await Promise.all([1, 2].map(() => buildFeatures({ asOfs: [MONDAY], now: NOW, fence: NO_FENCE })));
    expect(two.map(({ built }) => built).sort()).toEqual([0, 1]);
  });

  it("stops between as-ofs when told to", async () => {
    const stop = AbortSignal.abort(new Error("stopped by hand"));
    const later = addWeeks(MONDAY, -WEEKS + 2, ZONE);
    await pool().query("DELETE FROM feature_build WHERE as_of = $1", [later]);
    await expect(buildFeatures({ asOfs: [later], now: NOW, fence: NO_FENCE, signal: stop })).rejects.toThrow(
      "stopped by hand",
    );
  });

  it("builds what was left out once earlier history is there", async () => {
    const asOf = addWeeks(MONDAY, -5, ZONE);
    const earlier = Array.from({ length: 40 }, (_, i) => usage(3, Number(MONDAY) - (WEEKS * 7 + i + 1) * DAY));
    await inTransaction((client) => addFacts(client, { usage: earlier }));
    expect(await buildFeatures({ asOfs: [asOf], now: NOW, fence: NO_FENCE })).toMatchObject({ built: 1, leftOut: 0 });
  });
});

describe("reading features", () => {
  it("gives rows by as-of and customer, chosen columns in the order asked for, NaN where missing", async () => {
    const view = await currentFeatureView();
    const asOfs = [MONDAY, addWeeks(MONDAY, -1, ZONE)];
    const columns = ["satisfaction_84d", "seats", "active_users_7d"];
    const matrix = await readFeatureMatrix({ viewId: view.id, asOfs, columns });
    expect(matrix.columns).toEqual(columns);
    expect([...matrix.customerIds]).toEqual([1, 2, 3, 1, 3]);
    expect([...matrix.asOf]).toEqual([1, 1, 1, 0, 0].map((i) => Number(asOfs[i])));
    expect([...matrix.values]).toEqual([1, 2, 3, 1, 3].flatMap(() => [Number.NaN, 5, 4]));
    expect([...matrix.mrrCents]).toEqual([25_000, 25_000, 25_000, 25_000, 25_000]);
    expect(new Set(matrix.peerGroup)).toEqual(new Set(["Team|5-9"]));
    const whole = await readFeatureMatrix({ viewId: view.id, asOfs });
    expect(whole.columns).toEqual(view.columns);
    expect(whole.values.length).toBe(5 * view.columns.length);
  });

  it("refuses unknown views and columns by name", async () => {
    const view = await currentFeatureView();
    await expect(readFeatureMatrix({ viewId: 999, asOfs: [MONDAY] })).rejects.toThrow(
      "feature view 999 does not exist",
    );
    await expect(readFeatureMatrix({ viewId: view.id, asOfs: [MONDAY], columns: ["sead"] })).rejects.toThrow(
      `feature view ${view.id} has no column "sead"`,
    );
  });

  it("registers a view once, and a changed one as a new version", async () => {
    const view = await currentFeatureView();
    expect(await currentFeatureView()).toEqual(view);
    await pool().query("UPDATE feature_view SET definition_hash = 'older code' WHERE id = $1", [view.id]);
    const next = await currentFeatureView();
    expect([next.version, next.id === view.id]).toEqual([view.version + 1, false]);
    // Back, so that the builds above are the current view's.
    await pool().query("DELETE FROM feature_view WHERE id = $1", [next.id]);
    const { rows } = await pool().query("SELECT count(*)::int AS n FROM feature_view");
    expect(rows).toEqual([{ n: 1 }]);
    await pool().query(
      "DELETE FROM feature_range; DELETE FROM feature_row; DELETE FROM feature_build; DELETE FROM feature_view",
    );
    await buildFeatures({ asOfs: [MONDAY], now: NOW, fence: NO_FENCE });
  });

  it("describes how values are spread now, in words, for the catalogue and for peers", async () => {
    const catalogue = await getFeatureCatalogue();
    expect(catalogue.asOf).toBe(MONDAY.toISOString());
    expect(catalogue.features).toHaveLength(ACCOUNT_WEEKLY.features.length);
    const entry = catalogue.features.find(({ name }) => name === "active_users_7d");
    expect(entry?.distribution).toEqual({
      n: 2,
      missingRate: 0,
      quantiles: Array(5).fill("4 people"),
      quantileValues: Array(5).fill(4),
    });
    const rating = catalogue.features.find(({ name }) => name === "satisfaction_84d");
    expect(rating?.distribution).toMatchObject({ n: 2, missingRate: 1, quantiles: Array(5).fill(null) });
    const view = await currentFeatureView();
    const ranges = await readFeatureRanges({ viewId: view.id, asOf: MONDAY });
    expect(new Set(ranges.map(({ peerGroup }) => peerGroup))).toEqual(new Set(["*", "Team|5-9"]));
    expect(peerRanges(ranges)("Team|5-9")).toMatchObject({ peerGroup: "*" });
  });
});

/** Three customers who pay and use it daily, the second giving notice within the data cutoff, and a fourth on trial. */
function weeklyWorld(): FactWorld {
  const from = Number(addWeeks(MONDAY, -WEEKS, ZONE));
  const days = Array.from({ length: WEEKS * 7 }, (_, i) => from + i * DAY);
  return {
    customers: 4,
    subscriptions: [
      ...[1, 2, 3].map((customer) => subscription(customer, "start", from - 30 * DAY)),
      subscription(4, "trial_start", from - 30 * DAY),
      { ...subscription(2, "notice", Number(MONDAY) + 3_600_000), plan: null, seats: null, unitPriceCents: null },
    ],
    usage: [1, 2, 3].flatMap((customer) => days.map((day) => usage(customer, day))),
    tickets: [],
    payments: [],
  };
}

function subscription(customer: number, kind: string, at: number): SubscriptionFact {
  return {
    customer,
    sourceId: `${customer}${kind}`,
    version: 1,
    kind,
    occurredAt: at,
    recordedAt: at,
    ingestedAt: LONG_AGO,
    subscription: `s${customer}`,
    plan: "Team",
    seats: 5,
    unitPriceCents: 5000,
    discountPct: null,
    discountByPlay: false,
    termMonths: 1,
    effectiveAt: null,
  };
}

function usage(customer: number, at: number): UsageFact {
  return {
    customer,
    day: new Date(at + DAY / 2).toISOString().slice(0, 10),
    recordedAt: at + DAY + 3_600_000,
    ingestedAt: LONG_AGO,
    counters: Object.fromEntries(COUNTERS.map((counter) => [counter, 4])) as UsageFact["counters"],
  };
}

async function buildTable() {
  const { rows } = await pool().query<{ as_of: Date; status: string; left_out: Record<string, number> }>(
    "SELECT as_of, status, rows, left_out, built_at FROM feature_build ORDER BY as_of",
  );
  return rows;
}
