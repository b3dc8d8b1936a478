import { pool } from "@/lib/db/pool";
import type { ImportFileSummary, ImportSummary, QuarantinedEntry, QuarantineReason } from "./contract";

const SUMMARY = `SELECT r.id, r.source, r.origin, r.historical, r.status, r.started_at AS "startedAt", r.finished_at AS "finishedAt",
    u.name AS "startedBy", r.error, coalesce(f.files, 0) AS files, coalesce(f.rows_read, 0) AS "rowsRead",
    coalesce(f.rows_new, 0) AS "rowsNew", coalesce(f.rows_bad, 0) AS "rowsBad"
  FROM import_run r
  LEFT JOIN app_user u ON u.id = r.started_by
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
       rows_same AS "rowsSame", rows_bad AS "rowsBad", first_at AS "firstAt", last_at AS "lastAt"
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

export async function findReasons(importId: number, limit: number): Promise<QuarantineReason[]> {
  const { rows } = await pool().query<QuarantineReason>(
    `SELECT file, reason, count(*)::int AS count FROM quarantined_row WHERE import_id = $1
     GROUP BY file, reason ORDER BY count DESC, file, reason LIMIT $2`,
    [importId, limit],
  );
  return rows;
}

/** In the order of file and line, from behind the entry `after` where given. */
export async function findQuarantined(args: {
  importId: number;
  after: number | null;
  limit: number;
}): Promise<QuarantinedEntry[]> {
  const { rows } = await pool().query<QuarantinedEntry>(
    `SELECT q.id, q.file, q.line, q."column", q.value, q.reason, q.raw FROM quarantined_row q
     LEFT JOIN quarantined_row a ON a.id = $2 AND a.import_id = $1
     WHERE q.import_id = $1 AND (a.id IS NULL OR (q.file, q.line, q.id) > (a.file, a.line, a.id))
     ORDER BY q.file, q.line, q.id LIMIT $3`,
    [args.importId, args.after, args.limit],
  );
  return rows;
}

function toSummary(row: SummaryRow): ImportSummary {
  return { ...row, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null };
}
