import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";
import { pool } from "@/lib/db/pool";
import type { ErasedMarks } from "@/lib/privacy/erased-marks";
import type { Delimiter, ImportChannel, ImportInputReport } from "./contract";
import { HAS_ARRIVED, INSERT_WAITING } from "./merge/waiting-sql";
import type { Rejection } from "./row-encoder";

/** Any fixed number: who imports holds this lock, so that there is one import at a time. */
const IMPORT_LOCK = 7_310_842_003;

/**
 * Runs `work` on a connection that holds the import lock; a dead process loses it with its connection.
 * @returns undefined where another import kept it for longer than `waitMs`.
 */
export async function withImportLock<T>(args: {
  waitMs: number;
  work: (client: PoolClient) => Promise<T>;
}): Promise<T | undefined> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query(`SET lock_timeout = ${args.waitMs}`);
    const free = await client.query("SELECT pg_advisory_lock($1)", [IMPORT_LOCK]).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === LOCK_NOT_AVAILABLE) return false;
        throw error;
      },
    );
    await client.query("RESET lock_timeout");
    if (!free) return undefined;
    return await args.work(client);
  } finally {
    // The lock is the session's: the connection must not go back to the pool with it.
    await client.query("SELECT pg_advisory_unlock_all()").catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}

const LOCK_NOT_AVAILABLE = "55P03";

export async function findInstallationMode(): Promise<string | undefined> {
  const { rows } = await pool().query<{ mode: string }>("SELECT mode FROM installation");
  return rows[0]?.mode;
}

/** Runs that are "running" while nobody holds the lock were left by a process that died. */
export async function failAbandonedRuns(client: PoolClient): Promise<void> {
  await client.query(
    "UPDATE import_run SET status = 'failed', finished_at = now(), error = 'interrupted: the process ended; nothing of it was kept' WHERE status = 'running'",
  );
}

export async function insertRun(
  client: PoolClient,
  run: {
    source: string;
    origin: string;
    channel: ImportChannel;
    mappingId: number | null;
    /** The import whose quarantined rows it tries again. */
    retryOf: number | null;
    historical: boolean;
    startedBy: number | null;
  },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO import_run (source, origin, channel, mapping_id, historical, status, started_by, retry_of)
     VALUES ($1, $2, $3, $4, $5, 'running', $6, $7) RETURNING id`,
    [run.source, run.origin, run.channel, run.mappingId, run.historical, run.startedBy, run.retryOf],
  );
  return (rows[0] as { id: number }).id;
}

/** Ends a run; when it succeeded, an empty installation has become the user's own. */
export async function finishRun(
  client: PoolClient,
  run: { importId: number; rowsGivenUp?: number; error?: string },
): Promise<void> {
  await client.query(
    "UPDATE import_run SET status = $2, finished_at = clock_timestamp(), error = $3, rows_given_up = $4 WHERE id = $1",
    [run.importId, run.error === undefined ? "succeeded" : "failed", run.error ?? null, run.rowsGivenUp ?? 0],
  );
  if (run.error === undefined) await client.query("UPDATE installation SET mode = 'own' WHERE mode = 'empty'");
}

export async function insertFileReport(
  client: PoolClient,
  importId: number,
  file: {
    file: string;
    sha256: string | null;
    /** Empty where it is no file of its own. */
    header: readonly string[];
    bytes: number;
    rowsRead: number;
    rowsNew: number;
    rowsVersion: number;
    rowsSame: number;
    rowsBad: number;
    rowsWaiting: number;
    rowsArrived: number;
    rowsBeforeSignUp: number;
    rowsOutsideSubscription: number;
    firstAt: Date | null;
    lastAt: Date | null;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO import_file (import_id, file, sha256, bytes, rows_read, rows_new, rows_version, rows_same, rows_bad,
       rows_waiting, rows_arrived, rows_before_sign_up, rows_outside_subscription, first_at, last_at, header)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      importId,
      file.file,
      file.sha256,
      file.bytes,
      file.rowsRead,
      file.rowsNew,
      file.rowsVersion,
      file.rowsSame,
      file.rowsBad,
      file.rowsWaiting,
      file.rowsArrived,
      file.rowsBeforeSignUp,
      file.rowsOutsideSubscription,
      file.firstAt,
      file.lastAt,
      file.header,
    ],
  );
}

/** What must not come back; to be read under the import lock, under which erasures are made. */
export async function findErasedMarks(client: PoolClient): Promise<ErasedMarks> {
  const { rows } = await client.query<{ salt: string | null; digests: string[]; customers: string[] }>(
    `SELECT (SELECT salt FROM erased_mark LIMIT 1) AS salt, ARRAY(SELECT digest FROM erased_mark) AS digests,
       ARRAY(SELECT source_id FROM customer WHERE erased_at IS NOT NULL) AS customers`,
  );
  const found = rows[0];
  return {
    salt: found?.salt ?? "",
    digests: new Set(found?.digests),
    customerSourceIds: new Set(found?.customers),
  };
}

export async function insertInputReport(
  client: PoolClient,
  importId: number,
  input: ImportInputReport & { header: readonly string[]; delimiter: Delimiter },
): Promise<void> {
  await client.query(
    `INSERT INTO import_input (import_id, file, sha256, bytes, rows_read, rows_unused, header, delimiter)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [importId, input.file, input.sha256, input.bytes, input.rowsRead, input.rowsUnused, input.header, input.delimiter],
  );
}

/** What is kept of a row that was not taken; `complete` where its text is all of it, so that it can be tried again. */
export type KeptRow = Rejection & {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly complete: boolean;
};
/** `rowTaken` where only the field was set aside. */
export type QuarantinedRow = KeptRow & { readonly rowTaken: boolean };

export async function insertQuarantined(
  client: PoolClient,
  args: { importId: number; rows: readonly QuarantinedRow[] },
): Promise<void> {
  if (args.rows.length === 0) return;
  await client.query(
    `INSERT INTO quarantined_row (import_id, file, line, "column", value, reason, raw, complete, row_taken)
     SELECT $1, r.* FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::bool[]) AS r`,
    [
      args.importId,
      args.rows.map((row) => row.file),
      args.rows.map((row) => row.line),
      args.rows.map((row) => row.column),
      args.rows.map((row) => row.value),
      args.rows.map((row) => row.reason),
      args.rows.map((row) => row.raw),
      args.rows.map((row) => row.complete),
      args.rows.map((row) => row.rowTaken),
    ],
  );
}

export type RejectedRow = Rejection & {
  row_no: number;
  feed: number;
  line: number;
  byte_offset: string;
  whole_row: boolean;
  /** What was read of a row that may wait for its customer, as JSON; null where it is refused. */
  staged: string | null;
};

/** The rows that the merge refused, behind `afterId`, at most `limit`, in the order of their refusal. */
export async function readRejected(client: PoolClient, afterId: number, limit: number) {
  const { rows } = await client.query<RejectedRow & { id: number }>(
    'SELECT id, row_no, feed, line, byte_offset, "column", value, reason, whole_row, staged::text FROM rejected WHERE id > $1 ORDER BY id LIMIT $2',
    [afterId, limit],
  );
  return rows;
}

export type WaitingRow = KeptRow & { readonly staged: string };

/** Keeps rows of one canonical file until their customer comes. */
export async function insertWaiting(
  client: PoolClient,
  args: { importId: number; receivedAt: Date; target: string; rows: readonly WaitingRow[] },
): Promise<void> {
  if (args.rows.length === 0) return;
  const of = <T>(pick: (row: WaitingRow) => T) => args.rows.map(pick);
  await client.query(INSERT_WAITING, [
    args.importId,
    args.receivedAt,
    args.target,
    of((row) => row.file),
    of((row) => row.line),
    of((row) => row.column),
    of((row) => row.value),
    of((row) => row.staged),
    of((row) => row.raw),
    of((row) => row.complete),
  ]);
}

/** Whether rows of a canonical file have waited for a customer that is known by now. */
export async function hasArrived(client: PoolClient, target: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(HAS_ARRIVED, [target]);
  return rows[0]?.found === true;
}

/** Where a row that had waited, and is staged under this number, had come from, and its text. */
export async function findArrived(client: PoolClient, rowNo: number): Promise<{ file: string; raw: string }> {
  const { rows } = await client.query<{ file: string; raw: string }>(
    "SELECT file, raw FROM arrived WHERE row_no = $1",
    [rowNo],
  );
  return rows[0] as { file: string; raw: string };
}

/** Settings of the import's transaction: large sorts and joins in memory, none of the planner's compiler. */
export async function beginImport(client: PoolClient): Promise<void> {
  await client.query("BEGIN");
  await client.query("SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL TimeZone = 'UTC'");
}

/** Makes the temporary tables of one file: staged rows, and rows that the merge refuses. */
export async function createStaging(
  client: PoolClient,
  columns: readonly { name: string; type: string }[],
): Promise<void> {
  const list = columns.map((column) => `"${column.name}" ${column.type}`).join(", ");
  await client.query(`CREATE TEMP TABLE staged (${list}) ON COMMIT DROP`);
  await client.query(
    `CREATE TEMP TABLE rejected (id serial, row_no int, feed int, line int, byte_offset bigint, "column" text, value text, reason text,
       whole_row boolean NOT NULL DEFAULT true, staged jsonb) ON COMMIT DROP`,
  );
}

export async function dropStaging(client: PoolClient): Promise<void> {
  await client.query(
    "DROP TABLE IF EXISTS staged, rejected, candidate, contested, statement, arrived, touched_day, dated_event, told_event",
  );
}

/** Opens COPY into the staging table. */
export function openStagingCopy(client: PoolClient, columns: readonly string[]) {
  const names = columns.map((name) => `"${name}"`).join(", ");
  return client.query(from(`COPY staged (${names}) FROM STDIN`));
}

export async function execute(client: PoolClient, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  return (await client.query(sql, [...parameters])).rowCount ?? 0;
}

/** The counts that a merge statement gives back. */
export async function executeMerge(client: PoolClient, sql: string, parameters: readonly unknown[]) {
  const { rows } = await client.query<{ added: number; versions: number }>(sql, [...parameters]);
  return rows[0] as { added: number; versions: number };
}

/** Counts of staged rows of a time at which their customer was none. */
export async function countStaged(client: PoolClient, sql: string, parameters: readonly unknown[]) {
  const { rows } = await client.query<{ beforeSignUp: number; outsideSubscription: number }>(sql, [...parameters]);
  return rows[0] as { beforeSignUp: number; outsideSubscription: number };
}

/** Earliest and latest of an expression over the staged rows, and how many there are. */
export async function summarizeStaged(client: PoolClient, occurredAt: string | null) {
  const at = occurredAt ?? "NULL::timestamptz";
  const { rows } = await client.query<{ rows: number; first_at: Date | null; last_at: Date | null }>(
    `SELECT count(*)::int AS rows, min(${at}) AS first_at, max(${at}) AS last_at FROM staged`,
  );
  return rows[0] as { rows: number; first_at: Date | null; last_at: Date | null };
}

/** Ends what the backend of an import is doing, from another connection. */
export async function cancelBackend(processId: number): Promise<void> {
  await pool().query("SELECT pg_cancel_backend($1)", [processId]);
}

/** The backend's process id, for cancelBackend. */
export async function findProcessId(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return (rows[0] as { pid: number }).pid;
}
