import { pool } from "@/lib/db/pool";
import type { Band, Listing } from "@/lib/scoring/contract";
import type { QueueQuery, QueueSort, Standing } from "./contract";
import type { Cursor } from "./cursor";
import { IN_COMPARISON_GROUP_SQL, type RunRecord, type WeekBefore } from "./run-repository";

/** One prediction of the list as the database has it. */
export type QueueRecord = {
  customerId: number;
  name: string;
  segment: string | null;
  peerGroup: string;
  listing: Exclude<Listing, "unlisted">;
  band: Band;
  probability: number;
  change: number | null;
  mrrCents: number;
  priorityCents: number;
  reasons: unknown;
  ownerId: number | null;
  ownerName: string | null;
  sortKey: number;
};

/** Who is asking: whose customers are "me", and whether comparison customers must be left out. */
export type QueueViewer = { userId: number; blinded: boolean };

const SORT_COLUMNS: Record<QueueSort, string> = {
  priority: "p.priority_cents",
  probability: "p.probability",
  revenue: "p.mrr_cents",
};

/** The newest version names the customer; the newest owner row names who looks after it. */
const CUSTOMER_JOINS = `
  CROSS JOIN LATERAL (SELECT v.name, v.segment FROM customer_version v
    WHERE v.customer_id = p.customer_id ORDER BY v.version DESC LIMIT 1) v
  LEFT JOIN LATERAL (SELECT o.user_id FROM customer_owner o
    WHERE o.customer_id = p.customer_id ORDER BY o.id DESC LIMIT 1) o ON true
  LEFT JOIN app_user u ON u.id = o.user_id`;

/**
 * Up to `limit` listed customers of `run` after `after`, in the order of the sort key, largest first, then by customer.
 * The keyset condition is written as `key <= x AND (key < x OR id > y)`, which Postgres can serve from an index; the
 * usual OR of two ANDs is as slow as an offset.
 */
export async function findQueueRows(args: {
  run: RunRecord;
  before: WeekBefore | null;
  query: QueueQuery;
  viewer: QueueViewer;
  after: Cursor | null;
  limit: number;
}): Promise<QueueRecord[]> {
  const { run, before, query, viewer, after } = args;
  const values: unknown[] = [run.asOf, run.id, before?.run.asOf, before?.run.id, before?.sameModelRunId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const key = SORT_COLUMNS[query.sort];
  const conditions = [listingCondition(query), ...ownerCondition(query.owner, viewer, bind)];
  if (viewer.blinded) conditions.push(`NOT ${IN_COMPARISON_GROUP_SQL}`);
  if (query.band !== "any") conditions.push(`p.band = ${bind(query.band)}`);
  if (query.group) conditions.push(`p.peer_group = ${bind(query.group)}`);
  if (query.segment) conditions.push(`v.segment = ${bind(query.segment)}`);
  if (query.q) conditions.push(`v.name ILIKE ${bind(containing(query.q))}`);
  if (after) {
    const at = bind(after.key);
    conditions.push(`${key} <= ${at} AND (${key} < ${at} OR p.customer_id > ${bind(after.customerId)})`);
  }
  const { rows } = await pool().query<QueueRecord>(
    `SELECT p.customer_id AS "customerId", v.name, v.segment, p.peer_group AS "peerGroup", p.listing, p.band, p.probability,
       same_model.probability - week_before.probability AS change, p.mrr_cents AS "mrrCents",
       p.priority_cents::float8 AS "priorityCents", p.reasons, u.id AS "ownerId", u.name AS "ownerName", ${key}::float8 AS "sortKey"
     FROM prediction p ${CUSTOMER_JOINS}
     LEFT JOIN prediction week_before
       ON week_before.as_of = $3::timestamptz AND week_before.customer_id = p.customer_id AND week_before.scoring_run_id = $4::int
     LEFT JOIN prediction same_model
       ON same_model.as_of = $1 AND same_model.customer_id = p.customer_id AND same_model.scoring_run_id = coalesce($5::int, $2::int)
     WHERE p.as_of = $1 AND p.scoring_run_id = $2 AND ${conditions.join(" AND ")}
     ORDER BY ${key} DESC, p.customer_id LIMIT ${bind(args.limit)}`,
    values,
  );
  return rows;
}

/** What the head of the queue counts, of the customers that the viewer may see as listed. */
export async function findQueueTotals(args: { run: RunRecord; viewer: QueueViewer }) {
  const { rows } = await pool().query<{ listing: "flagged" | "watch"; count: number; mrrCents: number }>(
    `SELECT p.listing, count(*)::int AS count, sum(p.mrr_cents)::float8 AS "mrrCents" FROM prediction p
     WHERE p.as_of = $1 AND p.scoring_run_id = $2 AND p.listing <> 'unlisted' ${blinding(args.viewer)} GROUP BY p.listing`,
    [args.run.asOf, args.run.id],
  );
  return rows;
}

/** The values that filters offer: owners of anyone listed or leaving, and peer groups and segments of the listed. */
export async function findQueueFacets(args: { run: RunRecord; viewer: QueueViewer }) {
  const { rows } = await pool().query<{ owners: { id: number; name: string }[]; groups: string[]; segments: string[] }>(
    `WITH listed AS (
       SELECT p.peer_group, v.segment FROM prediction p ${CUSTOMER_JOINS}
       WHERE p.as_of = $1 AND p.scoring_run_id = $2 AND p.listing <> 'unlisted' ${blinding(args.viewer)})
     SELECT
       (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name, u.id), '[]')
        FROM app_user u WHERE u.role = 'csm' AND u.deactivated_at IS NULL) AS owners,
       (SELECT coalesce(array_agg(DISTINCT peer_group ORDER BY peer_group), '{}') FROM listed) AS groups,
       (SELECT coalesce(array_agg(DISTINCT segment ORDER BY segment), '{}') FROM listed WHERE segment IS NOT NULL) AS segments`,
    [args.run.asOf, args.run.id],
  );
  return rows[0] ?? { owners: [], groups: [], segments: [] };
}

/** Listing of each customer in the run, "leaving" for those on notice; comparison customers as unlisted to the blinded. */
export async function findStandings(args: { run: RunRecord; customerIds: readonly number[]; viewer: QueueViewer }) {
  const listing = args.viewer.blinded
    ? `CASE WHEN ${IN_COMPARISON_GROUP_SQL} THEN 'unlisted' ELSE p.listing END`
    : "p.listing";
  const { rows } = await pool().query<{ customerId: number; standing: Standing }>(
    `SELECT p.customer_id AS "customerId", ${listing} AS standing FROM prediction p
     WHERE p.as_of = $1 AND p.scoring_run_id = $2 AND p.customer_id = ANY($3)
     UNION ALL
     SELECT l.customer_id, 'leaving' FROM leaving_customer l WHERE l.scoring_run_id = $2 AND l.customer_id = ANY($3)`,
    [args.run.asOf, args.run.id, args.customerIds],
  );
  return rows;
}

/** SQL pattern of a name that contains `text`, whose own wildcards stand for themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The condition on `o.user_id` that an owner filter means. */
export function ownerCondition(owner: string, viewer: QueueViewer, bind: (value: unknown) => string): string[] {
  if (owner === "all") return [];
  if (owner === "none") return ["o.user_id IS NULL"];
  return [`o.user_id = ${bind(owner === "me" ? viewer.userId : Number(owner))}`];
}

function listingCondition({ listing }: QueueQuery): string {
  if (listing === "listed") return "p.listing IN ('flagged', 'watch')";
  return `p.listing = '${listing === "flagged" ? "flagged" : "watch"}'`;
}

function blinding(viewer: QueueViewer): string {
  return viewer.blinded ? `AND NOT ${IN_COMPARISON_GROUP_SQL}` : "";
}
