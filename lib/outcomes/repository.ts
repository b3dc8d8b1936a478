import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";

/** A published run of the champion whose outcomes have not been written. */
export type OpenRun = { readonly id: number; readonly asOf: Date };

export async function findRunsWithoutOutcomes(targetId: string): Promise<OpenRun[]> {
  const { rows } = await pool().query<OpenRun>(
    `SELECT r.id, r.as_of AS "asOf" FROM scoring_run r
     WHERE r.target_id = $1 AND r.role = 'champion' AND r.status = 'complete' AND r.published_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM outcome o WHERE o.scoring_run_id = r.id)
     ORDER BY r.as_of, r.id`,
    [targetId],
  );
  return rows;
}

/**
 * Writes the outcome of every prediction of a run that has a label, with the customer's revenue at the window's end
 * as known at `now`. A prediction without a label (its notice became known only later) gets none.
 */
export async function insertOutcomes(
  client: PoolClient,
  args: { run: OpenRun; labelRuleId: number; windowEndsAt: Date; now: Date },
): Promise<number> {
  // All three sides have a row for every customer. Where the planner has not heard of the newest ones yet, it takes them
  // for a few and compares each prediction with each customer: quadratic, and minutes from some ten thousand on.
  await client.query("SET LOCAL enable_nestloop = off; SET LOCAL jit = off");
  const { rowCount } = await client.query(
    `WITH revenue AS (
       SELECT customer_id, sum(mrr_cents)::int AS mrr_cents FROM subscription_state_at($4, $5, now()) GROUP BY customer_id
     ), newest AS (
       SELECT DISTINCT ON (customer_id) customer_id, departed, departed_at, voided FROM label
       WHERE label_rule_id = $2 AND as_of = $3 ORDER BY customer_id, revision DESC
     )
     INSERT INTO outcome (scoring_run_id, customer_id, departed, departed_at, mrr_cents_at_end, label_rule_id)
     SELECT $1, p.customer_id, n.departed, n.departed_at, coalesce(r.mrr_cents, 0), $2
     FROM prediction p
     JOIN newest n ON n.customer_id = p.customer_id AND NOT n.voided
     LEFT JOIN revenue r ON r.customer_id = p.customer_id
     WHERE p.scoring_run_id = $1 AND p.as_of = $3
     ORDER BY p.customer_id
     ON CONFLICT (scoring_run_id, customer_id) DO NOTHING`,
    [args.run.id, args.labelRuleId, args.run.asOf, args.windowEndsAt, args.now],
  );
  return rowCount ?? 0;
}
