import { pool } from "@/lib/db/pool";

export type DirectoryRecord = {
  customerId: number;
  name: string;
  segment: string | null;
  ownerId: number | null;
  ownerName: string | null;
  plan: string | null;
  paid: boolean | null;
  trial: boolean | null;
  mrrCents: number | null;
};

/**
 * Up to `limit` customers by name then id, after (name, id), with their subscriptions as they are at `now`. Names are
 * compared byte by byte (COLLATE "C"), so that the order is the same on every server and the page's end can be found again.
 * @param args.pattern an SQL pattern that the name must fit, or null
 */
export async function findDirectory(args: {
  pattern: string | null;
  after: { name: string; customerId: number } | null;
  now: Date;
  limit: number;
}): Promise<DirectoryRecord[]> {
  const { rows } = await pool().query<DirectoryRecord>(
    `WITH page AS MATERIALIZED (
       SELECT v.customer_id, v.name, v.segment FROM customer_version v
       WHERE NOT EXISTS (SELECT 1 FROM customer_version newer WHERE newer.customer_id = v.customer_id AND newer.version > v.version)
         AND ($1::text IS NULL OR v.name ILIKE $1)
         AND ($2::text IS NULL OR (v.name COLLATE "C" >= $2 AND (v.name COLLATE "C" > $2 OR v.customer_id > $3)))
       ORDER BY v.name COLLATE "C", v.customer_id LIMIT $5)
     SELECT page.customer_id AS "customerId", page.name, page.segment, u.id AS "ownerId", u.name AS "ownerName",
       s.plan, s.paid, s.trial, s.mrr_cents AS "mrrCents"
     FROM page
     LEFT JOIN LATERAL (SELECT o.user_id FROM customer_owner o
       WHERE o.customer_id = page.customer_id ORDER BY o.id DESC LIMIT 1) o ON true
     LEFT JOIN app_user u ON u.id = o.user_id
     LEFT JOIN LATERAL (SELECT min(plan) FILTER (WHERE covered) AS plan, bool_or(covered AND NOT trial) AS paid,
         bool_or(covered AND trial) AS trial, sum(mrr_cents)::int AS mrr_cents
       FROM subscription_state_at($4, $4, 'infinity') WHERE customer_id = page.customer_id) s ON true
     ORDER BY page.name COLLATE "C", page.customer_id`,
    [args.pattern, args.after?.name ?? null, args.after?.customerId ?? null, args.now, args.limit],
  );
  return rows;
}
