import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { Delimiter } from "./contract";

/** An import whose quarantined rows may be tried again. */
export type RetriedRun = {
  readonly source: string;
  readonly historical: boolean;
  readonly startedAt: Date;
  /** Whether its files were read by a mapping. */
  readonly isMapped: boolean;
};

export async function findRetriedRun(importId: number): Promise<RetriedRun | null> {
  const { rows } = await pool().query<RetriedRun>(
    `SELECT source, historical, started_at AS "startedAt", mapping_id IS NOT NULL AS "isMapped"
     FROM import_run WHERE id = $1 AND status = 'succeeded'`,
    [importId],
  );
  return rows[0] ?? null;
}

/** A quarantined row as it came, with the header of its file; of several faults of one row one entry. */
export type RetriableRow = {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly header: readonly string[];
  readonly delimiter: Delimiter;
  /** The entries in quarantine that are about it. */
  readonly ids: readonly number[];
};

/** At most `limit` rows of an import that are in quarantine whole and were not taken since, by file and line. */
export async function findRetriableRows(importId: number, limit: number): Promise<RetriableRow[]> {
  const { rows } = await pool().query<RetriableRow>(
    `SELECT q.file, q.line, min(q.raw) AS raw, h.header, h.delimiter, array_agg(q.id) AS ids
     FROM quarantined_row q
     JOIN (SELECT import_id, file, header, delimiter FROM import_input
           UNION ALL SELECT import_id, file, header, ',' FROM import_file
             WHERE NOT EXISTS (SELECT 1 FROM import_input i WHERE i.import_id = import_file.import_id)) AS h
       ON h.import_id = q.import_id AND h.file = q.file AND cardinality(h.header) > 0
     WHERE q.import_id = $1 AND q.complete AND q.retry_id IS NULL
     GROUP BY q.file, q.line, h.header, h.delimiter ORDER BY q.file, q.line LIMIT $2`,
    [importId, limit],
  );
  return rows;
}

/**
 * Notes what became of the rows that an import has tried again, in its transaction: those that were refused anew stay with
 * the import that they came with, for the reason that holds now; the others are marked as taken.
 * @returns how many were refused anew, or undefined where somebody else has tried some of the rows meanwhile.
 */
export async function settleRetry(
  client: PoolClient,
  args: { importId: number; retryId: number; rows: readonly RetriableRow[] },
): Promise<{ left: number } | undefined> {
  const { importId, retryId, rows } = args;
  const ids = rows.flatMap((row) => row.ids);
  const open = await client.query("SELECT 1 FROM quarantined_row WHERE id = ANY($1) AND retry_id IS NULL FOR UPDATE", [
    ids,
  ]);
  if (open.rowCount !== ids.length) return undefined;
  const refused = await client.query<{ file: string; line: number }>(
    `SELECT DISTINCT q.file, q.line FROM quarantined_row q
     JOIN unnest($2::text[], $3::int[]) AS t(file, line) ON t.file = q.file AND t.line = q.line
     WHERE q.import_id = $1 AND NOT q.row_taken`,
    [retryId, rows.map((row) => row.file), rows.map((row) => row.line)],
  );
  const files = refused.rows.map((row) => row.file);
  const lines = refused.rows.map((row) => row.line);
  await client.query(
    `DELETE FROM quarantined_row q USING unnest($2::text[], $3::int[]) AS t(file, line)
     WHERE q.id = ANY($1) AND q.file = t.file AND q.line = t.line`,
    [ids, files, lines],
  );
  await client.query(
    `UPDATE quarantined_row q SET import_id = $2 FROM unnest($3::text[], $4::int[]) AS t(file, line)
     WHERE q.import_id = $1 AND q.file = t.file AND q.line = t.line AND NOT q.row_taken`,
    [retryId, importId, files, lines],
  );
  await client.query("UPDATE quarantined_row SET retry_id = $2 WHERE id = ANY($1)", [ids, retryId]);
  return { left: lines.length };
}
