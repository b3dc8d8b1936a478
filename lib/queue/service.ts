import { peerGroupWords } from "@/lib/features/peer-group";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { getSettings } from "@/lib/settings/service";
import type {
  LeavingPage,
  LeavingQuery,
  Owner,
  PublishedRun,
  QueueHeader,
  QueuePage,
  QueueQuery,
  QueueRow,
  Standing,
} from "./contract";
import { LEAVING_PAGE_SIZE, QUEUE_PAGE_SIZE } from "./contract";
import { type Cursor, decodeCursor, encodeCursor } from "./cursor";
import { countLeaving, findLeavingRows } from "./leaving-repository";
import { isBlinded, raisingReasons, seesCustomers, type Viewer } from "./policy";
import { type PredictionHistory, readHistory } from "./prediction-history";
import { priorityTerms } from "./priority-terms";
import {
  findQueueFacets,
  findQueueRows,
  findQueueTotals,
  findStandings,
  type QueueRecord,
  type QueueViewer,
} from "./repository";
import { findPublishedRun, findWeekBefore, type RunRecord, type WeekBefore } from "./run-repository";

/**
 * What stands above the queue: the published run, its totals as the viewer may see them, and the filters' values.
 * @returns null before the first run is published
 * @throws DomainError not_found for a role that has no queue
 */
export async function readQueueHeader(viewer: Viewer): Promise<QueueHeader | null> {
  requireQueueRole(viewer);
  const run = await findPublishedRun();
  if (!run) return null;
  const queueViewer = asQueueViewer(viewer);
  const [before, totals, facets, leaving, settings] = await Promise.all([
    findWeekBefore(run),
    findQueueTotals({ run, viewer: queueViewer }),
    findQueueFacets({ run, viewer: queueViewer }),
    countLeaving(run.id),
    getSettings(),
  ]);
  const flagged = totals.find((total) => total.listing === "flagged");
  const watched = totals.find((total) => total.listing === "watch");
  return {
    run: serializeRun(run, before),
    totals: {
      flagged: flagged?.count ?? 0,
      watched: watched?.count ?? 0,
      leaving,
      flaggedMrrCents: flagged?.mrrCents ?? 0,
      watchedMrrCents: watched?.mrrCents ?? 0,
    },
    priority: priorityTerms(run.parameters),
    owners: facets.owners,
    groups: facets.groups.map((key) => ({ key, words: peerGroupWords(key) })),
    segments: facets.segments,
    currency: settings.currency,
    zone: settings.zone,
  };
}

/**
 * One page of the queue, in keyset order; `after` is the `next` of the page before.
 * @throws DomainError invalid_input where `after` is no cursor of ours, conflict where another run was published since
 */
export async function readQueuePage(args: {
  viewer: Viewer;
  query: QueueQuery;
  after?: string | undefined;
}): Promise<QueuePage> {
  requireQueueRole(args.viewer);
  const run = await findPublishedRun();
  if (!run) return { rows: [], next: null };
  const after = readCursor(args.after, run);
  const records = await findQueueRows({
    run,
    before: await findWeekBefore(run),
    query: args.query,
    viewer: asQueueViewer(args.viewer),
    after,
    limit: QUEUE_PAGE_SIZE + 1,
  });
  const shown = records.slice(0, QUEUE_PAGE_SIZE);
  return { rows: shown.map(serializeRow), next: nextCursor(run, records, QUEUE_PAGE_SIZE, (record) => record.sortKey) };
}

/** One page of the customers who have given notice, largest revenue first; errors as readQueuePage. */
export async function readLeavingPage(args: { viewer: Viewer; query: LeavingQuery }): Promise<LeavingPage> {
  requireQueueRole(args.viewer);
  const run = await findPublishedRun();
  if (!run) return { rows: [], next: null };
  const records = await findLeavingRows({
    scoringRunId: run.id,
    owner: args.query.owner,
    q: args.query.q,
    viewer: asQueueViewer(args.viewer),
    after: readCursor(args.query.after, run),
    limit: LEAVING_PAGE_SIZE + 1,
  });
  const rows = records.slice(0, LEAVING_PAGE_SIZE).map((record) => ({
    customerId: record.customerId,
    name: record.name,
    noticeAt: record.noticeAt.toISOString(),
    effectiveAt: record.effectiveAt?.toISOString() ?? null,
    mrrCents: record.mrrCents,
    owner: ownerOf(record),
  }));
  return { rows, next: nextCursor(run, records, LEAVING_PAGE_SIZE, (record) => record.mrrCents) };
}

/**
 * One customer's predictions as the viewer may see them: the published one whole, and each published week before it.
 * The only way to a customer's predictions outside the queue.
 * @returns null before the first run is published
 * @throws DomainError not_found for a role that sees no customers
 */
export async function readPredictionHistory(args: {
  customerId: number;
  viewer: Viewer;
  now: Date;
}): Promise<(PredictionHistory & { publishedRun: PublishedRun }) | null> {
  requireQueueRole(args.viewer);
  const { zone } = await getSettings();
  const history = await readHistory({ ...args, zone });
  return history && { ...history, publishedRun: serializeRun(history.run, await findWeekBefore(history.run)) };
}

/**
 * Where each of the customers stands this week, as the viewer may see it; a customer that is missing was not scored.
 * @throws DomainError not_found for a role that sees no customers
 */
export async function readStandings(args: {
  customerIds: readonly number[];
  viewer: Viewer;
}): Promise<Map<number, Standing>> {
  requireQueueRole(args.viewer);
  const run = await findPublishedRun();
  if (!run) return new Map();
  const records = await findStandings({ run, customerIds: args.customerIds, viewer: asQueueViewer(args.viewer) });
  return new Map(records.map((record) => [record.customerId, record.standing]));
}

/** The wire form of a published run. */
function serializeRun(run: RunRecord, before: WeekBefore | null): PublishedRun {
  const modelChanged = before !== null && before.run.modelVersionId !== run.modelVersionId;
  return {
    scoringRunId: run.id,
    asOf: run.asOf.toISOString(),
    publishedAt: run.publishedAt.toISOString(),
    modelNumber: run.modelNumber,
    threshold: run.threshold,
    floor: run.floor,
    capacity: run.capacity,
    previousAsOf: before?.run.asOf.toISOString() ?? null,
    comparedByBridge: modelChanged && before.sameModelRunId !== null,
    modelChanged: modelChanged && before.sameModelRunId === null,
  };
}

function serializeRow(record: QueueRecord): QueueRow {
  return {
    customerId: record.customerId,
    name: record.name,
    segment: record.segment,
    peerGroup: peerGroupWords(record.peerGroup),
    listing: record.listing,
    band: record.band,
    probability: record.probability,
    change: record.change,
    mrrCents: record.mrrCents,
    priorityCents: record.priorityCents,
    reasons: raisingReasons(record.reasons),
    owner: ownerOf(record),
  };
}

function ownerOf(record: { ownerId: number | null; ownerName: string | null }): Owner | null {
  return record.ownerId === null ? null : { id: record.ownerId, name: record.ownerName ?? "" };
}

/** Which roles have no queue looks, to them, like a page that does not exist. */
function requireQueueRole(viewer: Viewer): void {
  if (!seesCustomers(viewer.role)) throw notFoundError();
}

function asQueueViewer(viewer: Viewer): QueueViewer {
  return { userId: viewer.id, blinded: isBlinded(viewer.role) };
}

function readCursor(text: string | undefined, run: RunRecord): Cursor | null {
  if (text === undefined) return null;
  const cursor = decodeCursor(text);
  if (!cursor) {
    throw new DomainError("invalid_input", `after is "${text}"; expected the \`next\` of an earlier page`);
  }
  if (cursor.scoringRunId !== run.id) {
    throw new DomainError("conflict", "A newer queue has been published. Reload to see it.");
  }
  return cursor;
}

function nextCursor<R extends { customerId: number }>(
  run: RunRecord,
  records: readonly R[],
  pageSize: number,
  keyOf: (record: R) => number,
): string | null {
  const last = records[pageSize - 1];
  if (records.length <= pageSize || !last) return null;
  return encodeCursor({ scoringRunId: run.id, key: keyOf(last), customerId: last.customerId });
}
