import type { Installation } from "./product";

const TABLES = [
  "app_user",
  "customer",
  "customer_version",
  "subscription_event",
  "usage_daily",
  "ticket_event",
  "payment_event",
  "contact",
  "quarantined_row",
  "feature_build",
  "feature_row",
  "label",
  "model_version",
  "prediction",
];

/**
 * What an installation holds, in a form that two of the same demo share: rows of each table, sums over its numbers, nothing
 * left under way, the installation ready.
 */
export async function stateOf(installation: Installation): Promise<Record<string, unknown>> {
  const counts = TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
  const [row] = await installation.query<Record<string, unknown>>(`
    SELECT ${counts.join(", ")},
      (SELECT sum(sessions)::text FROM usage_daily) AS sessions,
      (SELECT sum(mrr_cents)::text FROM feature_row) AS mrr,
      (SELECT sum(v::numeric)::text FROM feature_row, unnest(values) v WHERE v = v) AS values,
      (SELECT sum(probability::numeric)::text FROM prediction) AS probability,
      (SELECT count(*)::int FROM import_run WHERE status = 'running') AS imports_under_way,
      (SELECT count(*)::int FROM scoring_run WHERE status = 'running') AS scorings_under_way,
      (SELECT ready_at IS NOT NULL FROM installation) AS ready`);
  return row!;
}
