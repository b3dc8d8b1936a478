import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { MonthCounts } from "./contract";
import type { Evidence } from "./policy";

/** Who came and went, over the newest versions of all subscription events. */
export async function findEvidence(): Promise<Evidence> {
  const { rows } = await pool().query<Evidence>(
    `WITH told AS (
       SELECT e.customer_id, e.subscription_id, e.kind, e.occurred_at FROM subscription_event e
       WHERE e.kind IN ('start', 'reactivation', 'notice', 'end') AND NOT EXISTS (
         SELECT FROM subscription_event newer WHERE newer.version > 1 AND newer.customer_id = e.customer_id
           AND newer.source_id = e.source_id AND newer.version > e.version)
     ), subscription AS (
       SELECT customer_id, subscription_id, min(occurred_at) FILTER (WHERE kind IN ('start', 'reactivation')) AS started_at
       FROM told GROUP BY customer_id, subscription_id
     ), ended AS (
       SELECT count(*)::int AS ends, min(t.occurred_at) AS first_end_at
       FROM told t JOIN subscription s USING (customer_id, subscription_id)
       WHERE t.kind IN ('notice', 'end') AND t.occurred_at > s.started_at
     )
     SELECT (SELECT count(DISTINCT customer_id)::int FROM subscription WHERE started_at IS NOT NULL) AS customers,
       (SELECT min(started_at) FROM subscription) AS "firstStartAt", ended.ends, ended.first_end_at AS "firstEndAt"
     FROM ended`,
  );
  return rows[0] as Evidence;
}

export type ConfirmationRow = {
  id: number;
  labelRuleId: number;
  /** as they were shown */
  months: (MonthCounts & { final: boolean })[];
  financeRate: number | null;
  note: string | null;
  confirmedAt: Date;
  confirmedById: number;
  confirmedBy: string;
};

/** The newest confirmation of a target, whatever its rule; null before the first. */
export async function findNewestConfirmation(targetId: string, client?: PoolClient): Promise<ConfirmationRow | null> {
  const { rows } = await (client ?? pool()).query<ConfirmationRow>(
    `SELECT c.id, c.label_rule_id AS "labelRuleId", c.months, c.finance_rate AS "financeRate", c.note, c.confirmed_at AS "confirmedAt",
       c.confirmed_by AS "confirmedById", u.name AS "confirmedBy"
     FROM churn_confirmation c JOIN label_rule r ON r.id = c.label_rule_id JOIN app_user u ON u.id = c.confirmed_by
     WHERE r.target_id = $1 ORDER BY c.id DESC LIMIT 1`,
    [targetId],
  );
  return rows[0] ?? null;
}

/** Lets one confirmation be written at a time, so that a repeated one finds the first. */
export async function lockConfirmations(client: PoolClient): Promise<void> {
  await client.query("LOCK TABLE churn_confirmation IN SHARE ROW EXCLUSIVE MODE");
}

export async function insertConfirmation(
  client: PoolClient,
  row: Pick<ConfirmationRow, "labelRuleId" | "months" | "financeRate" | "note" | "confirmedAt"> & {
    confirmedBy: number;
  },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO churn_confirmation (label_rule_id, months, finance_rate, note, confirmed_at, confirmed_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [row.labelRuleId, JSON.stringify(row.months), row.financeRate, row.note, row.confirmedAt, row.confirmedBy],
  );
  return (rows[0] as { id: number }).id;
}
