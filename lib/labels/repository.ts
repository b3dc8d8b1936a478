import type { PoolClient } from "pg";
import { type CopyValue, copyRows } from "@/lib/db/copy";
import { pool } from "@/lib/db/pool";
import type { LabelRule, LabelTable } from "./contract";
import type { CoverageEvent, CoverageKind } from "./subscription-timeline";

/** The rule in force of a target: the newest. */
export async function findNewestRule(targetId: string): Promise<LabelRule | undefined> {
  const { rows } = await pool().query<LabelRule>(
    `SELECT r.id, r.target_id AS "targetId", r.version, t.horizon_days AS "horizonDays", r.grace_days AS "graceDays",
       r.settlement_days AS "settlementDays"
     FROM label_rule r JOIN target t ON t.id = r.target_id WHERE t.id = $1 ORDER BY r.version DESC LIMIT 1`,
    [targetId],
  );
  return rows[0];
}

/** The newest labels of the as-ofs, in the order of (as-of, customer); voided ones left out. */
export async function readLabels(args: { labelRuleId: number; asOfs: readonly Date[] }): Promise<LabelTable> {
  const { rows } = await pool().query<[number, number, boolean]>({
    text: `SELECT customer_id, (extract(epoch FROM as_of) * 1000)::float8, departed FROM (
             SELECT DISTINCT ON (as_of, customer_id) as_of, customer_id, departed, voided FROM label
             WHERE label_rule_id = $1 AND as_of = ANY($2) ORDER BY as_of, customer_id, revision DESC
           ) newest WHERE NOT voided ORDER BY as_of, customer_id`,
    values: [args.labelRuleId, args.asOfs],
    rowMode: "array",
  });
  return {
    rows: rows.length,
    customerIds: Int32Array.from(rows, (row) => row[0]),
    asOf: Float64Array.from(rows, (row) => row[1]),
    departed: Uint8Array.from(rows, (row) => Number(row[2])),
  };
}

/** When those left who are labelled departed at the given as-ofs, newest labels only. */
export async function readDepartureTimes(args: {
  labelRuleId: number;
  asOfs: readonly Date[];
}): Promise<{ asOf: Date; customerId: number; departedAt: Date }[]> {
  const { rows } = await pool().query<{ asOf: Date; customerId: number; departedAt: Date }>(
    `SELECT as_of AS "asOf", customer_id AS "customerId", departed_at AS "departedAt" FROM (
       SELECT DISTINCT ON (as_of, customer_id) as_of, customer_id, departed, departed_at, voided FROM label
       WHERE label_rule_id = $1 AND as_of = ANY($2) ORDER BY as_of, customer_id, revision DESC
     ) newest WHERE departed AND NOT voided`,
    [args.labelRuleId, args.asOfs],
  );
  return rows;
}

/** The newest import that has ended, 0 before the first: facts come and change by imports alone. */
export async function findNewestImport(): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    "SELECT coalesce(max(id), 0)::int AS id FROM import_run WHERE status <> 'running'",
  );
  return rows[0]?.id ?? 0;
}

const EVENTS_PER_FETCH = 20_000;

/**
 * The coverage events of every customer as known at `now`, newest versions, customer by customer in the order of ids.
 * Needs an open transaction; holds some thousand events in memory.
 */
export async function* streamCoverage(
  client: PoolClient,
  now: Date,
): AsyncGenerator<{ customerId: number; events: CoverageEvent[] }[]> {
  await client.query(
    `DECLARE coverage NO SCROLL CURSOR FOR
     SELECT e.customer_id, e.subscription_id, e.source_id, e.kind, (extract(epoch FROM e.occurred_at) * 1000)::float8,
       (extract(epoch FROM e.effective_at) * 1000)::float8
     FROM subscription_event e
     WHERE e.kind IN ('start', 'trial_start', 'notice', 'notice_withdrawn', 'end', 'reactivation') AND e.recorded_at < $1
       AND NOT EXISTS (
         SELECT FROM subscription_event newer WHERE newer.version > 1 AND newer.customer_id = e.customer_id
           AND newer.source_id = e.source_id AND newer.version > e.version AND newer.recorded_at < $1)
     ORDER BY e.customer_id`,
    [now],
  );
  let held: { customerId: number; events: CoverageEvent[] } | undefined;
  for (;;) {
    const { rows } = await client.query<[number, string, string, CoverageKind, number, number | null]>({
      text: `FETCH ${EVENTS_PER_FETCH} FROM coverage`,
      rowMode: "array",
    });
    const customers: { customerId: number; events: CoverageEvent[] }[] = [];
    for (const [customerId, subscriptionId, sourceId, kind, occurredAt, effectiveAt] of rows) {
      if (held?.customerId !== customerId) {
        if (held !== undefined) customers.push(held);
        held = { customerId, events: [] };
      }
      held.events.push({ subscriptionId, sourceId, kind, occurredAt, effectiveAt });
    }
    if (rows.length < EVENTS_PER_FETCH && held !== undefined) customers.push(held);
    yield customers;
    if (rows.length < EVENTS_PER_FETCH) break;
  }
  await client.query("CLOSE coverage");
}

/** The highest customer id, for progress. */
export async function findLastCustomerId(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ id: number | null }>("SELECT max(id) AS id FROM customer");
  return rows[0]?.id ?? 0;
}

export async function createLabelStaging(client: PoolClient): Promise<void> {
  await client.query("SET LOCAL work_mem = '128MB'; SET LOCAL jit = off");
  await client.query(
    `CREATE TEMP TABLE staged_label (as_of timestamptz(3), customer_id int, departed boolean, departed_at timestamptz(3),
       departure_kind text) ON COMMIT DROP`,
  );
}

export async function stageLabels(client: PoolClient, rows: Iterable<readonly CopyValue[]>): Promise<number> {
  const columns = ["as_of", "customer_id", "departed", "departed_at", "departure_kind"];
  return copyRows({ client, table: "staged_label", columns, rows });
}

/**
 * Writes the staged labels that are new or say something else than the newest revision, and voids labels of these
 * as-ofs that have no outcome any more. The staged labels must be all there are of the as-ofs.
 */
export async function writeStagedLabels(
  client: PoolClient,
  args: { labelRuleId: number; asOfs: readonly Date[] },
): Promise<{ added: number; revised: number; voided: number }> {
  await client.query("ANALYZE staged_label");
  await client.query(
    `CREATE TEMP TABLE newest_label ON COMMIT DROP AS
     SELECT DISTINCT ON (as_of, customer_id) as_of, customer_id, revision, departed, departed_at, departure_kind, voided
     FROM label WHERE label_rule_id = $1 AND as_of = ANY($2) ORDER BY as_of, customer_id, revision DESC`,
    [args.labelRuleId, args.asOfs],
  );
  await client.query("ANALYZE newest_label");
  const written = await client.query<{ added: number; revised: number }>(
    `WITH written AS (
       INSERT INTO label (label_rule_id, as_of, customer_id, revision, departed, departed_at, departure_kind)
       SELECT $1, s.as_of, s.customer_id, coalesce(n.revision, 0) + 1, s.departed, s.departed_at, s.departure_kind
       FROM staged_label s LEFT JOIN newest_label n ON n.as_of = s.as_of AND n.customer_id = s.customer_id
       WHERE n.revision IS NULL OR n.voided
         OR (n.departed, n.departed_at, n.departure_kind) IS DISTINCT FROM (s.departed, s.departed_at, s.departure_kind)
       ORDER BY s.as_of, s.customer_id
       RETURNING revision
     ) SELECT count(*) FILTER (WHERE revision = 1)::int AS added, count(*) FILTER (WHERE revision > 1)::int AS revised FROM written`,
    [args.labelRuleId],
  );
  const voided = await client.query(
    `INSERT INTO label (label_rule_id, as_of, customer_id, revision, departed, voided)
     SELECT $1, n.as_of, n.customer_id, n.revision + 1, false, true FROM newest_label n
     WHERE NOT n.voided
       AND NOT EXISTS (SELECT FROM staged_label s WHERE s.as_of = n.as_of AND s.customer_id = n.customer_id)`,
    [args.labelRuleId],
  );
  const counts = written.rows[0] as { added: number; revised: number };
  return { ...counts, voided: voided.rowCount ?? 0 };
}
