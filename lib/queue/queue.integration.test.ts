import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { DEFAULT_QUEUE_QUERY, type QueueQuery, type QueueRow, type QueueSort } from "./contract";
import type { Viewer } from "./policy";
import { readLeavingPage, readQueueHeader, readQueuePage } from "./service";
import { type PlantedCustomer, plantCustomers, plantModel, plantRun, plantUser } from "./testing/published-run";

const WEEK_BEFORE = new Date("2026-11-09T05:00:00Z");
const THIS_WEEK = new Date("2026-11-16T05:00:00Z");

/** 240 customers with many equal keys, so that a page often ends between two of them. */
function population(owners: readonly number[]): PlantedCustomer[] {
  return Array.from({ length: 240 }, (_, i) => {
    const probability = [0.95, 0.85, 0.75, 0.5, 0.2, 0.05][i % 6] as number;
    const listing = probability > 0.7 ? "flagged" : probability > 0.15 ? "watch" : "unlisted";
    return {
      name: i === 7 ? "100% Ümlaut_Works" : `Company ${String(i).padStart(3, "0")}`,
      probability,
      listing,
      mrrCents: 10_000 * ((i % 5) + 1),
      priorityCents: 1_000 * (i % 9),
      segment: i % 2 === 0 ? "smb" : "enterprise",
      peerGroup: i % 3 === 0 ? "Starter, 1 to 4 seats" : "Team, 5 to 9 seats",
      ownerId: i % 4 === 3 ? undefined : owners[i % 4 === 0 ? 0 : 1],
    };
  });
}

describe("the queue", () => {
  let people: PlantedCustomer[];
  let ids: number[];
  let csm: Viewer;
  let vp: Viewer;
  let runId: number;

  beforeAll(async () => {
    await createTestDatabase();
    csm = { id: await plantUser("Ana Ruiz"), role: "csm" };
    vp = { id: await plantUser("Vera Price", "vp"), role: "vp" };
    const other = await plantUser("Ben Cole");
    people = population([csm.id, other]);
    ids = await plantCustomers(people);
    const model = await plantModel();
    const earlier = people.map((p) => ({ ...p, probability: p.probability / 2 }));
    // The second customer is new: not scored the week before.
    const notSecond = (_: unknown, i: number) => i !== 1;
    await plantRun({
      ...model,
      asOf: WEEK_BEFORE,
      customerIds: ids.filter(notSecond),
      predictions: earlier.filter(notSecond),
    });
    runId = await plantRun({ ...model, asOf: THIS_WEEK, customerIds: ids, predictions: people, publish: true });
  });

  async function readAll(viewer: Viewer, query: Partial<QueueQuery> = {}): Promise<QueueRow[]> {
    const rows: QueueRow[] = [];
    let after: string | undefined;
    do {
      const page = await readQueuePage({ viewer, query: { ...DEFAULT_QUEUE_QUERY, ...query }, after });
      rows.push(...page.rows);
      after = page.next ?? undefined;
    } while (after);
    return rows;
  }

  it.each(["priority", "probability", "revenue"] satisfies QueueSort[])(
    "pages by %s hold every listed customer once, in the order of a full sort",
    async (sort) => {
      const key = { priority: "priorityCents", probability: "probability", revenue: "mrrCents" } as const;
      const expected = people
        .map((p, i) => ({ id: ids[i] as number, key: p[key[sort]], listing: p.listing }))
        .filter((p) => p.listing !== "unlisted")
        .sort((a, b) => b.key - a.key || a.id - b.id)
        .map((p) => p.id);
      expect((await readAll(vp, { sort })).map((row) => row.customerId)).toEqual(expected);
    },
  );

  it.each<[string, Partial<QueueQuery>, (p: PlantedCustomer) => boolean]>([
    ["flagged only", { listing: "flagged" }, (p) => p.listing === "flagged"],
    ["watch only", { listing: "watch" }, (p) => p.listing === "watch"],
    ["a band", { band: "band_80" }, (p) => p.probability === 0.85],
    ["a segment", { segment: "smb" }, (p) => p.segment === "smb"],
    ["a peer group", { group: "Starter, 1 to 4 seats" }, (p) => p.peerGroup === "Starter, 1 to 4 seats"],
    ["mine", { owner: "me" }, (p) => p.ownerId === csm.id],
    ["nobody's", { owner: "none" }, (p) => p.ownerId === undefined],
    ["part of a name, in any case", { q: "company 01" }, (p) => p.name.startsWith("Company 01")],
    ["a name with % and _ as they are", { q: "100% ümlaut_" }, (p) => p.name === "100% Ümlaut_Works"],
    ["a pattern character that no name holds", { q: "%%" }, () => false],
    [
      "several together",
      { segment: "smb", listing: "watch", owner: "me" },
      (p) => p.segment === "smb" && p.listing === "watch" && p.ownerId === csm.id,
    ],
  ])("filters by %s", async (_what, query, fits) => {
    const expected = people.filter((p) => p.listing !== "unlisted" && fits(p)).map((p) => p.name);
    expect((await readAll(csm, query)).map((row) => row.name).sort()).toEqual(expected.sort());
  });

  it("gives the change since the week before, and none for a customer not scored then", async () => {
    const rows = await readAll(vp);
    expect(rows.find((row) => row.customerId === ids[0])?.change).toBeCloseTo(0.95 / 2);
    expect(rows.filter((row) => row.change === null).map((row) => row.customerId)).toEqual([ids[1]]);
  });

  it("counts the listed and their revenue, and offers what filters can hold", async () => {
    const header = await readQueueHeader(vp);
    const flagged = people.filter((p) => p.listing === "flagged");
    expect(header?.totals).toMatchObject({
      flagged: flagged.length,
      watched: people.filter((p) => p.listing === "watch").length,
      flaggedMrrCents: flagged.reduce((sum, p) => sum + p.mrrCents, 0),
    });
    expect(header?.owners.map((owner) => owner.name)).toEqual(["Ana Ruiz", "Ben Cole"]);
    expect(header?.priority).toMatchObject({ grossMargin: 0.8, months: 12 });
    expect(header?.segments).toEqual(["enterprise", "smb"]);
    expect(header?.run).toMatchObject({
      scoringRunId: runId,
      modelChanged: false,
      previousAsOf: WEEK_BEFORE.toISOString(),
    });
  });

  it("is a page that does not exist to a data scientist", async () => {
    const viewer: Viewer = { id: 1, role: "data_scientist" };
    await expect(readQueueHeader(viewer)).rejects.toMatchObject({ code: "not_found" });
    await expect(readQueuePage({ viewer, query: DEFAULT_QUEUE_QUERY })).rejects.toMatchObject({ code: "not_found" });
    await expect(readLeavingPage({ viewer, query: { owner: "all", q: "" } })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("refuses a cursor that is none, naming it", async () => {
    await expect(readQueuePage({ viewer: vp, query: DEFAULT_QUEUE_QUERY, after: "x" })).rejects.toThrow('after is "x"');
  });

  it("lists who has given notice, by revenue, page by page", async () => {
    await pool().query(
      `INSERT INTO leaving_customer (scoring_run_id, customer_id, notice_at, mrr_cents)
       SELECT $1, id, '2026-11-10', 10000 * (1 + id % 3) FROM unnest($2::int[]) id`,
      [runId, ids.slice(0, 120)],
    );
    const first = await readLeavingPage({ viewer: csm, query: { owner: "all", q: "" } });
    expect(first.rows).toHaveLength(50);
    const seen = [...first.rows];
    for (let after = first.next; after; ) {
      const page = await readLeavingPage({ viewer: csm, query: { owner: "all", q: "", after } });
      seen.push(...page.rows);
      after = page.next;
    }
    const order = ids.slice(0, 120).sort((a, b) => (b % 3) - (a % 3) || a - b);
    expect(seen.map((row) => row.customerId)).toEqual(order);
  });

  it("hides a comparison customer from a CSM in list and totals, not from the VP", async () => {
    const hidden = ids[0] as number;
    const before = await readQueueHeader(csm);
    await pool().query(
      `WITH e AS (INSERT INTO experiment (key, share, starts_at) VALUES ('e1', 0.1, '2026-10-01') RETURNING id)
       INSERT INTO assignment (experiment_id, customer_id, arm, first_eligible_as_of) SELECT id, $1, 'comparison', $2 FROM e`,
      [hidden, THIS_WEEK],
    );
    expect((await readAll(csm)).map((row) => row.customerId)).not.toContain(hidden);
    expect((await readAll(vp)).map((row) => row.customerId)).toContain(hidden);
    expect((await readQueueHeader(csm))?.totals.flagged).toBe((before?.totals.flagged ?? 0) - 1);
    expect((await readQueueHeader(vp))?.totals.flagged).toBe(before?.totals.flagged);
  });

  it("compares by the bridge run after a change of model, and says where there is none", async () => {
    const week = new Date("2026-11-23T05:00:00Z");
    const next = await plantModel(2);
    const first = await readQueuePage({ viewer: vp, query: DEFAULT_QUEUE_QUERY });
    const run = await plantRun({ ...next, asOf: week, customerIds: ids, predictions: people, publish: true });
    expect((await readQueueHeader(vp))?.run).toMatchObject({
      scoringRunId: run,
      modelChanged: true,
      comparedByBridge: false,
    });
    await expect(
      readQueuePage({ viewer: vp, query: DEFAULT_QUEUE_QUERY, after: first.next ?? "" }),
    ).rejects.toMatchObject({ code: "conflict" });
    const model1 = await pool().query<{ id: number }>("SELECT model_version_id AS id FROM scoring_run WHERE id = $1", [
      runId,
    ]);
    const bridged = people.map((p) => ({ ...p, probability: Math.max(0.01, p.probability - 0.04) }));
    await plantRun({
      viewId: next.viewId,
      modelVersionId: model1.rows[0]?.id as number,
      asOf: week,
      customerIds: ids,
      predictions: bridged,
      role: "bridge",
    });
    expect((await readQueueHeader(vp))?.run).toMatchObject({ modelChanged: false, comparedByBridge: true });
    expect((await readAll(vp)).find((row) => row.customerId === ids[0])?.change).toBeCloseTo(-0.04);
  });
});
