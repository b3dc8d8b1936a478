import { pool } from "@/lib/db/pool";
import type { Cursor } from "./cursor";
import { containing, ownerCondition, type QueueViewer } from "./repository";

export type LeavingRecord = {
  customerId: number;
  name: string;
  noticeAt: Date;
  effectiveAt: Date | null;
  mrrCents: number;
  ownerId: number | null;
  ownerName: string | null;
};

/** Up to `limit` customers on notice after `after`, largest monthly revenue first, then by customer. */
export async function findLeavingRows(args: {
  scoringRunId: number;
  owner: string;
  q: string;
  viewer: QueueViewer;
  after: Cursor | null;
  limit: number;
}): Promise<LeavingRecord[]> {
  const values: unknown[] = [args.scoringRunId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["l.scoring_run_id = $1", ...ownerCondition(args.owner, args.viewer, bind)];
  if (args.q) conditions.push(`v.name ILIKE ${bind(containing(args.q))}`);
  if (args.after) {
    const at = bind(args.after.key);
    conditions.push(`l.mrr_cents <= ${at} AND (l.mrr_cents < ${at} OR l.customer_id > ${bind(args.after.customerId)})`);
  }
  const { rows } = await pool().query<LeavingRecord>(
    `SELECT l.customer_id AS "customerId", v.name, l.notice_at AS "noticeAt", l.effective_at AS "effectiveAt",
       l.mrr_cents AS "mrrCents", u.id AS "ownerId", u.name AS "ownerName"
     FROM leaving_customer l
     CROSS JOIN LATERAL (SELECT v.name FROM customer_version v
       WHERE v.customer_id = l.customer_id ORDER BY v.version DESC LIMIT 1) v
     LEFT JOIN LATERAL (SELECT o.user_id FROM customer_owner o
       WHERE o.customer_id = l.customer_id ORDER BY o.id DESC LIMIT 1) o ON true
     LEFT JOIN app_user u ON u.id = o.user_id
     WHERE ${conditions.join(" AND ")}
     ORDER BY l.mrr_cents DESC, l.customer_id LIMIT ${bind(args.limit)}`,
    values,
  );
  return rows;
}

/** How many customers of the run are on notice. */
export async function countLeaving(scoringRunId: number): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM leaving_customer WHERE scoring_run_id = $1",
    [scoringRunId],
  );
  return rows[0]?.count ?? 0;
}
