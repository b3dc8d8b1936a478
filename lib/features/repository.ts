import type { PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { inTransaction, pool } from "@/lib/db/pool";
import { type BuildMoment, valuesFor } from "./binding";
import { type CompiledStatement, compileLeaving } from "./compile";
import type { FeatureMatrix, FeatureRange, LeavingCustomer } from "./contract";
import { FeatureRowReader } from "./copy-binary";
import type { SourceHistory } from "./history";

export type BuildRow = {
  id: number;
  asOf: Date;
  knownBy: Date;
  dataCut: Date;
  status: "complete" | "left_out";
  rows: number;
};

type Executor = Pick<PoolClient, "query">;

const EVENT_TABLES = [
  ["ticket", "ticket_event"],
  ["invoice", "payment_event"],
  ["subscription", "subscription_event"],
] as const;

/** A day that is still to come says nothing of how far the data reaches; one day for zones. */
const PAST_DAY = "day <= CURRENT_DATE + 1";

/**
 * First and last rows of the sources. Usage is large and has no index but BRIN(day), and lies roughly in order of day:
 * days from its first pages and from a sample bound the search to a few blocks. The bounds are values of a second query,
 * since only then the planner sees how little they leave.
 */
export async function findSourceHistory(): Promise<SourceHistory> {
  const bounds = await pool().query<{ early: string; late: string }>(`
    SELECT coalesce((SELECT min(day) FROM usage_daily WHERE ctid < '(16,0)'), 'infinity')::text AS early,
      coalesce((SELECT max(day) FROM usage_daily TABLESAMPLE SYSTEM (0.1) WHERE ${PAST_DAY}), '-infinity')::text AS late`);
  const { early, late } = bounds.rows[0] as { early: string; late: string };
  const usage = await pool().query<{ first: string | null; last: string | null }>(
    `SELECT (SELECT min(day) FROM usage_daily WHERE day <= $1::date)::text AS first,
      (SELECT max(day) FROM usage_daily WHERE day >= $2::date AND ${PAST_DAY})::text AS last`,
    [early, late],
  );
  const { first, last } = usage.rows[0] as { first: string | null; last: string | null };
  const weekend = await pool().query(
    "SELECT 1 FROM usage_daily WHERE day > $1::date - 56 AND extract(isodow FROM day) > 5 LIMIT 1",
    [last],
  );
  const events = await pool().query<{ source: "ticket" | "invoice" | "subscription"; first: Date; last: Date }>(
    // An end may be recorded ahead of its time: what lies in the future says nothing of how far the data reaches.
    `SELECT source, first, last FROM (${EVENT_TABLES.map(
      ([source, table]) => `SELECT '${source}' AS source, (SELECT min(occurred_at) FROM ${table}) AS first,
        (SELECT max(occurred_at) FROM ${table} WHERE occurred_at <= recorded_at) AS last`,
    ).join(" UNION ALL ")}) bounds WHERE first IS NOT NULL AND last IS NOT NULL`,
  );
  const found = (source: string) => events.rows.find((row) => row.source === source) ?? null;
  return {
    usage: first && last ? { first, last, weekendRowsLately: weekend.rowCount === 1 } : null,
    ticket: found("ticket"),
    invoice: found("invoice"),
    subscription: found("subscription"),
  };
}

/**
 * A time before which nothing can be added any more: now, or the start of the oldest transaction under way that has
 * written something, since its facts bear that time and are not visible yet.
 */
export async function findDataCut(): Promise<Date> {
  const { rows } = await pool().query<{ cut: Date }>(`
    SELECT date_trunc('milliseconds', least(clock_timestamp(), min(xact_start) - interval '1 millisecond')) AS cut
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL`);
  return (rows[0] as { cut: Date }).cut;
}

/** Gives the planner statistics where a bulk load has just been and autovacuum has not. */
export async function analyzeNewTables(): Promise<void> {
  const { rows } = await pool().query<{ name: string }>(`
    SELECT relname AS name FROM pg_stat_user_tables
    WHERE relname IN ('subscription_event', 'usage_daily', 'ticket_event', 'payment_event')
      AND last_analyze IS NULL AND last_autoanalyze IS NULL`);
  for (const { name } of rows) await pool().query(`ANALYZE ${name}`);
}

/** The newest version of a view. */
export async function findNewestView(name: string, client: Executor = pool()) {
  const { rows } = await client.query<{ id: number; version: number; definitionHash: string; columns: unknown }>(
    `SELECT id, version, definition_hash AS "definitionHash", columns FROM feature_view WHERE name = $1 ORDER BY version DESC LIMIT 1`,
    [name],
  );
  return rows[0] ?? null;
}

/** The column names of a view version, in the order of the stored values. */
export async function findViewColumns(viewId: number): Promise<string[] | null> {
  const { rows } = await pool().query<{ columns: { name: string }[] }>(
    "SELECT columns FROM feature_view WHERE id = $1",
    [viewId],
  );
  return rows[0]?.columns.map(({ name }) => name) ?? null;
}

/** Adds the next version of a view, unless the newest already has this definition; texts are kept up to date. */
export async function registerView(args: {
  name: string;
  targetId: string;
  definitionHash: string;
  columns: readonly unknown[];
}): Promise<{ id: number; version: number }> {
  const columns = JSON.stringify(args.columns);
  const isCurrent = (newest: { definitionHash: string } | null) => newest?.definitionHash === args.definitionHash;
  const sameTexts = await pool().query<{ id: number; version: number }>(
    `SELECT id, version FROM feature_view v WHERE name = $1 AND definition_hash = $2 AND columns = $3::jsonb
       AND version = (SELECT max(version) FROM feature_view WHERE name = v.name)`,
    [args.name, args.definitionHash, columns],
  );
  if (sameTexts.rows[0]) return sameTexts.rows[0];
  return inTransaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`feature_view ${args.name}`]);
    const newest = await findNewestView(args.name, client);
    if (newest && isCurrent(newest)) {
      await client.query("UPDATE feature_view SET columns = $2 WHERE id = $1", [newest.id, columns]);
      return { id: newest.id, version: newest.version };
    }
    const { rows } = await client.query<{ id: number; version: number }>(
      `INSERT INTO feature_view (target_id, name, version, definition_hash, columns) VALUES ($1, $2, $3, $4, $5) RETURNING id, version`,
      [args.targetId, args.name, (newest?.version ?? 0) + 1, args.definitionHash, columns],
    );
    return rows[0] as { id: number; version: number };
  });
}

/** The builds of a view for the given as-ofs, those that exist. */
export async function findBuilds(viewId: number, asOfs: readonly Date[], client: Executor = pool()) {
  const { rows } = await client.query<BuildRow>(
    `SELECT id, as_of AS "asOf", known_by AS "knownBy", data_cut AS "dataCut", status, rows
     FROM feature_build WHERE view_id = $1 AND as_of = ANY($2) ORDER BY as_of`,
    [viewId, asOfs],
  );
  return rows;
}

/** Makes the month partitions before any build starts: creating one waits for all writers of the table. */
export async function ensurePartitions(asOfs: readonly Date[]): Promise<void> {
  await pool().query("SELECT ensure_month_partition('feature_row', at) FROM unnest($1::timestamptz[]) at ORDER BY at", [
    asOfs,
  ]);
}

/**
 * Claims the build of one as-of within the transaction of `client`; waits where another is at it.
 * @returns its id, or null where it is complete already (or left out, unless `retryLeftOut`).
 */
export async function claimBuild(
  client: PoolClient,
  moment: BuildMoment,
  options: { retryLeftOut: boolean },
): Promise<number | null> {
  if (options.retryLeftOut)
    await client.query("DELETE FROM feature_build WHERE view_id = $1 AND as_of = $2 AND status = 'left_out'", [
      moment.viewId,
      moment.asOf,
    ]);
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO feature_build (view_id, as_of, known_by, data_cut, status, rows) VALUES ($1, $2, $3, $4, 'left_out', 0)
     ON CONFLICT (view_id, as_of) DO NOTHING RETURNING id`,
    [moment.viewId, moment.asOf, moment.knownBy, moment.dataCut],
  );
  return rows[0]?.id ?? null;
}

/** Records how a build ended. */
export async function finishBuild(
  client: PoolClient,
  build: { id: number; status: "complete" | "left_out"; rows: number; leftOut: Record<string, number> },
): Promise<void> {
  await client.query("UPDATE feature_build SET status = $2, rows = $3, left_out = $4 WHERE id = $1", [
    build.id,
    build.status,
    build.rows,
    JSON.stringify(build.leftOut),
  ]);
}

/**
 * Runs a compiled statement for one as-of in the transaction of `client`, under the feature role, with memory for one
 * hash of the usage window and without JIT, which costs more here than it saves.
 */
export async function runCompiled<R extends object>(
  client: PoolClient,
  args: { statement: CompiledStatement; moment: BuildMoment; role: string; onSent?: () => void },
): Promise<R> {
  await client.query("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'");
  return asFeatureRole(client, args.role, async () => {
    const sent = client.query<R>(args.statement.sql, valuesFor(args.statement.parameters, args.moment));
    args.onSent?.();
    const { rows } = await sent;
    return rows[0] as R;
  });
}

/** Quantiles (percentile_cont) of every column by peer group and over everyone, for one build. */
export async function insertRanges(
  client: PoolClient,
  args: { buildId: number; viewId: number; asOf: Date; columns: readonly string[]; role: string },
): Promise<void> {
  await client.query("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'");
  await asFeatureRole(client, args.role, () =>
    client.query(
      `INSERT INTO feature_range (build_id, peer_group, "column", n, missing, p05, p25, p50, p75, p95)
       SELECT $1, coalesce(q.peer_group, '*'), ($4::text[])[q.position], q.n, q.missing, q.p[1], q.p[2], q.p[3], q.p[4], q.p[5]
       FROM (
         SELECT r.peer_group, v.position, count(*)::integer AS n, count(*) FILTER (WHERE v.value IS NULL)::integer AS missing,
           percentile_cont(ARRAY[0.05, 0.25, 0.5, 0.75, 0.95]) WITHIN GROUP (ORDER BY v.value) AS p
         FROM feature_row r CROSS JOIN LATERAL unnest(r.values) WITH ORDINALITY v(value, position)
         WHERE r.as_of = $3 AND r.view_id = $2
         GROUP BY GROUPING SETS ((v.position), (r.peer_group, v.position))
       ) q ON CONFLICT DO NOTHING`,
      [args.buildId, args.viewId, args.asOf, args.columns],
    ),
  );
}

/** Complete builds of the given as-ofs for which no distributions are stored. */
export async function findBuildsWithoutRanges(viewId: number, asOfs: readonly Date[]) {
  const { rows } = await pool().query<{ id: number; asOf: Date }>(
    `SELECT b.id, b.as_of AS "asOf" FROM feature_build b
     WHERE b.view_id = $1 AND b.as_of = ANY($2) AND b.status = 'complete' AND b.rows > 0
       AND NOT EXISTS (SELECT 1 FROM feature_range r WHERE r.build_id = b.id) ORDER BY b.as_of`,
    [viewId, asOfs],
  );
  return rows;
}

/** The distributions of one build, of everyone or of all peer groups. */
export async function findRanges(buildId: number, peerGroup?: string): Promise<FeatureRange[]> {
  const { rows } = await pool().query<FeatureRange>(
    `SELECT peer_group AS "peerGroup", "column", n, missing, p05, p25, p50, p75, p95 FROM feature_range
     WHERE build_id = $1 AND ($2::text IS NULL OR peer_group = $2) ORDER BY peer_group, "column"`,
    [buildId, peerGroup ?? null],
  );
  return rows;
}

/** The latest build of a view that has ranges. */
export async function findLatestBuildWithRanges(viewId: number): Promise<{ id: number; asOf: Date } | null> {
  const { rows } = await pool().query<{ id: number; asOf: Date }>(
    `SELECT b.id, b.as_of AS "asOf" FROM feature_build b
     WHERE b.view_id = $1 AND EXISTS (SELECT 1 FROM feature_range r WHERE r.build_id = b.id) ORDER BY b.as_of DESC LIMIT 1`,
    [viewId],
  );
  return rows[0] ?? null;
}

/** Customers whose notice was known at the moment of a build. */
export async function findLeaving(moment: BuildMoment, role: string): Promise<LeavingCustomer[]> {
  const { sql, parameters } = compileLeaving();
  return inTransaction(async (client) => {
    await client.query("SET LOCAL jit = off");
    return asFeatureRole(client, role, async () => {
      const { rows } = await client.query<{
        customer_id: number;
        notice_at: Date;
        effective_at: Date | null;
        mrr_cents: number | null;
      }>(sql, valuesFor(parameters, moment));
      return rows.map((row) => ({
        customerId: row.customer_id,
        noticeAt: row.notice_at,
        effectiveAt: row.effective_at,
        mrrCents: row.mrr_cents ?? 0,
      }));
    });
  });
}

/**
 * Reads rows by binary COPY in order of (as_of, customer_id).
 * @param args.positions of the wanted columns among the `width` stored ones. @param args.rows exact number expected.
 */
export async function copyFeatureRows(args: {
  viewId: number;
  asOfs: readonly Date[];
  columns: readonly string[];
  positions: readonly number[];
  width: number;
  rows: number;
}): Promise<FeatureMatrix> {
  const { columns, positions, width, rows } = args;
  const values = new Float32Array(rows * columns.length);
  const customerIds = new Int32Array(rows);
  const asOf = new Float64Array(rows);
  const mrrCents = new Int32Array(rows);
  const peerGroup: string[] = new Array(rows);
  const reader = new FeatureRowReader({
    positions,
    width,
    values,
    sink: (row) => {
      customerIds[row.index] = row.customerId;
      asOf[row.index] = row.asOfMs;
      mrrCents[row.index] = row.mrrCents;
      peerGroup[row.index] = row.peerGroup;
    },
  });
  // COPY takes no parameters; dates and a number of ours cannot carry anything else.
  const moments = args.asOfs.map((at) => `'${at.toISOString()}'::timestamptz`).join(", ");
  await inTransaction(async (client) => {
    await client.query("SET LOCAL work_mem = '192MB'");
    const stream = client.query(
      copyTo(`COPY (SELECT as_of, customer_id, mrr_cents, peer_group, values FROM feature_row
        WHERE view_id = ${Number(args.viewId)} AND as_of IN (${moments}) ORDER BY as_of, customer_id) TO STDOUT (FORMAT binary)`),
    );
    for await (const chunk of stream) reader.push(chunk as Buffer);
  });
  if (reader.rows !== rows) throw new Error(`feature rows: ${reader.rows} found, the builds wrote ${rows}`);
  return { columns, rows, values, customerIds, asOf, mrrCents, peerGroup };
}

async function asFeatureRole<T>(client: PoolClient, role: string, work: () => Promise<T>): Promise<T> {
  await client.query(`SET LOCAL ROLE ${role}`);
  const result = await work();
  // Where work throws, the transaction is rolled back and the role with it.
  await client.query("SET LOCAL ROLE NONE");
  return result;
}
