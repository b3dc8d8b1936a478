import { pool } from "@/lib/db/pool";
import type {
  ImportFileSummary,
  ImportInputSummary,
  ImportSummary,
  QuarantinedEntry,
  QuarantineFilter,
  QuarantineReason,
  RetriableImport,
  StillWaiting,
} from "./contract";

const SUMMARY = `SELECT r.id, r.source, r.origin, r.channel, m.version AS "mappingVersion", r.historical, r.status, r.started_at AS "startedAt", r.finished_at AS "finishedAt",
    u.name AS "startedBy", r.error, coalesce(i.files, f.files, 0) AS files, coalesce(i.rows_read, f.rows_read, 0) AS "rowsRead",
    coalesce(f.rows_new, 0) AS "rowsNew", coalesce(f.rows_bad, 0) AS "rowsBad", r.rows_given_up AS "rowsGivenUp"
  FROM import_run r
  LEFT JOIN app_user u ON u.id = r.started_by
  LEFT JOIN import_mapping m ON m.id = r.mapping_id
  LEFT JOIN LATERAL (SELECT nullif(count(*), 0)::int AS files, sum(rows_read)::int AS rows_read
    FROM import_input WHERE import_id = r.id) i ON true
  LEFT JOIN LATERAL (SELECT count(*)::int AS files, sum(rows_read)::int AS rows_read, sum(rows_new)::int AS rows_new,
    sum(rows_bad)::int AS rows_bad FROM import_file WHERE import_id = r.id) f ON true`;

type SummaryRow = Omit<ImportSummary, "startedAt" | "finishedAt"> & { startedAt: Date; finishedAt: Date | null };

/** Newest first, from below `before` where given. */
export async function findImports(args: { before: number | null; limit: number }): Promise<ImportSummary[]> {
  const { rows } = await pool().query<SummaryRow>(
    `${SUMMARY} WHERE $1::int IS NULL OR r.id < $1 ORDER BY r.id DESC LIMIT $2`,
    [args.before, args.limit],
  );
  return rows.map(toSummary);
}

export async function findImport(id: number): Promise<ImportSummary | null> {
  const { rows } = await pool().query<SummaryRow>(`${SUMMARY} WHERE r.id = $1`, [id]);
  return rows[0] ? toSummary(rows[0]) : null;
}

export async function findFileReports(importId: number): Promise<ImportFileSummary[]> {
  const { rows } = await pool().query<
    Omit<ImportFileSummary, "firstAt" | "lastAt" | "bytes"> & {
      bytes: string;
      firstAt: Date | null;
      lastAt: Date | null;
    }
  >(
    `SELECT file, bytes, sha256, rows_read AS "rowsRead", rows_new AS "rowsNew", rows_version AS "rowsVersion",
       rows_same AS "rowsSame", rows_bad AS "rowsBad", rows_waiting AS "rowsWaiting",
       rows_arrived AS "rowsArrived", rows_before_sign_up AS "rowsBeforeSignUp",
       rows_outside_subscription AS "rowsOutsideSubscription", first_at AS "firstAt", last_at AS "lastAt"
     FROM import_file WHERE import_id = $1 ORDER BY file`,
    [importId],
  );
  return rows.map((row) => ({
    ...row,
    bytes: Number(row.bytes),
    firstAt: row.firstAt?.toISOString() ?? null,
    lastAt: row.lastAt?.toISOString() ?? null,
  }));
}

export async function findInputs(importId: number): Promise<ImportInputSummary[]> {
  const { rows } = await pool().query<Omit<ImportInputSummary, "bytes"> & { bytes: string }>(
    `SELECT file, bytes, sha256, rows_read AS "rowsRead", rows_unused AS "rowsUnused"
     FROM import_input WHERE import_id = $1 ORDER BY file`,
    [importId],
  );
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** What is open: rows that were taken when they were tried again are not looked at any more. */
const MATCHES = `($1::int IS NULL OR q.import_id = $1) AND ($2::text IS NULL OR r.source = $2)
  AND ($3::text IS NULL OR q.file = $3) AND ($4::text IS NULL OR coalesce(q."column", '-') = $4)
  AND ($5::text IS NULL OR q.reason = $5) AND q.retry_id IS NULL`;

function filterValues(filter: QuarantineFilter) {
  return [
    filter.importId ?? null,
    filter.source ?? null,
    filter.file ?? null,
    filter.column ?? null,
    filter.reason ?? null,
  ];
}

export async function findReasons(filter: QuarantineFilter, limit: number): Promise<QuarantineReason[]> {
  const { rows } = await pool().query<QuarantineReason>(
    `SELECT q.file, q.reason, count(*)::int AS count FROM quarantined_row q JOIN import_run r ON r.id = q.import_id
     WHERE ${MATCHES} GROUP BY q.file, q.reason ORDER BY count DESC, q.file, q.reason LIMIT $6`,
    [...filterValues(filter), limit],
  );
  return rows;
}

/** Imports of what fits, newest first, with the number of rows that can be tried again. The simulator's rows are bad on purpose. */
export async function findRetriable(filter: QuarantineFilter, limit: number): Promise<RetriableImport[]> {
  const { rows } = await pool().query<RetriableImport>(
    `SELECT q.import_id AS "importId", r.source, r.mapping_id IS NOT NULL AS mapped,
       count(DISTINCT (q.file, q.line))::int AS rows
     FROM quarantined_row q JOIN import_run r ON r.id = q.import_id
     WHERE ${MATCHES} AND q.complete AND r.channel <> 'simulator' GROUP BY q.import_id, r.source, r.mapping_id ORDER BY q.import_id DESC LIMIT $6`,
    [...filterValues(filter), limit],
  );
  return rows;
}

/** Rows of an import that were taken when they were tried again. */
export async function countTakenLater(importId: number): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(DISTINCT (file, line))::int AS count FROM quarantined_row WHERE import_id = $1 AND retry_id IS NOT NULL`,
    [importId],
  );
  return rows[0]?.count ?? 0;
}

/** Newest import first, in the order of file and line, from behind the entry `after` where given. */
export async function findQuarantined(args: {
  filter: QuarantineFilter;
  after: number | null;
  limit: number;
}): Promise<QuarantinedEntry[]> {
  const { rows } = await pool().query<QuarantinedEntry>(
    `SELECT q.id, q.import_id AS "importId", r.source, q.file, q.line, q."column", q.value, q.reason, q.raw
     FROM quarantined_row q JOIN import_run r ON r.id = q.import_id
     LEFT JOIN quarantined_row a ON a.id = $6
     WHERE ${MATCHES} AND (a.id IS NULL OR q.import_id < a.import_id
       OR (q.import_id = a.import_id AND (q.file, q.line, q.id) > (a.file, a.line, a.id)))
     ORDER BY q.import_id DESC, q.file, q.line, q.id LIMIT $7`,
    [...filterValues(args.filter), args.after, args.limit],
  );
  return rows;
}

function toSummary(row: SummaryRow): ImportSummary {
  return { ...row, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null };
}

/** The rows of an import that wait for their customer to this day, and the first `shown` of those customers, by their ids in the source. */
export async function findStillWaiting(importId: number, shown: number): Promise<StillWaiting> {
  const { rows } = await pool().query<StillWaiting>(
    `WITH customer AS (
       SELECT customer_source_id, count(*) AS rows FROM waiting_row WHERE import_id = $1 GROUP BY customer_source_id
     )
     SELECT coalesce(sum(rows), 0)::int AS rows, count(*)::int AS customers,
       coalesce((array_agg(customer_source_id ORDER BY rows DESC, customer_source_id))[1:$2], '{}') AS first
     FROM customer`,
    [importId, shown],
  );
  return rows[0] as StillWaiting;
}
