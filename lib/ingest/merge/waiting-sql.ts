import type { FileSpec } from "../file-spec";
import { stagedColumns } from "../row-encoder";
import { PLACE, PLACE_COLUMNS, placeOf } from "./place-sql";

/** What rows that had waited carry in place of the number of a feed: no file of this import is theirs. */
export const WAITED = -1;

/** Waiting rows of one canonical file ($1) whose customer is known by now, numbered before those that came just now. */
export const FIND_ARRIVED = `
  CREATE TEMP TABLE arrived ON COMMIT DROP AS
  SELECT w.id, (row_number() OVER (ORDER BY w.import_id, w.line, w.id) - 1 - count(*) OVER ())::int AS row_no,
    w.file, w.line, w.raw, w.staged
  FROM waiting_row w JOIN customer c ON c.source_id = w.customer_source_id WHERE w.target = $1`;

export const FORGET_ARRIVED = "DELETE FROM waiting_row w USING arrived a WHERE w.id = a.id";

/** Puts them among the staged rows, as they were read then. */
export function stageArrivedSql(spec: FileSpec): string {
  const columns = stagedColumns(spec).filter((column) => !PLACE_COLUMNS.includes(column));
  const list = (alias = "") => columns.map((column) => `${alias}"${column}"`).join(", ");
  return `
  INSERT INTO staged (${PLACE}, ${list()})
  SELECT a.row_no, ${WAITED}, a.line, 0, ${list("r.")} FROM arrived a CROSS JOIN LATERAL jsonb_populate_record(NULL::staged, a.staged) r`;
}

/** Takes rows of customers that nobody has told us about out of the staged ones; what was read of them goes with them. */
export const SET_ORPHANS_ASIDE = `
  WITH orphan AS (
    DELETE FROM staged s WHERE NOT EXISTS (SELECT FROM customer c WHERE c.source_id = s.customer_source_id) RETURNING s.*
  )
  INSERT INTO rejected (${PLACE}, "column", value, reason, staged)
  SELECT ${placeOf("o")}, 'customer_id', o.customer_source_id, 'unknown customer',
    to_jsonb(o) - ARRAY[${PLACE_COLUMNS.map((column) => `'${column}'`).join(", ")}]
  FROM orphan o ORDER BY o.row_no`;

/** Whether waiting rows of one canonical file ($1) could be taken. */
export const HAS_ARRIVED = `
  SELECT EXISTS (SELECT FROM waiting_row w JOIN customer c ON c.source_id = w.customer_source_id WHERE w.target = $1) AS found`;

/**
 * Keeps rows until their customer comes. $1 the import, $2 the time of receipt, $3 the canonical file, $4 to $10 the
 * rows: file, line, column, value, staged, raw, complete. The same row again waits on since it came first.
 */
export const INSERT_WAITING = `
  INSERT INTO waiting_row AS held (import_id, received_at, target, file, line, "column", value, staged, raw, complete, customer_source_id, digest)
  SELECT DISTINCT ON (r.staged->>'customer_source_id', d.digest)
    $1, $2, $3, r.file, r.line, r."column", r.value, r.staged, r.raw, r.complete, r.staged->>'customer_source_id', d.digest
  FROM unnest($4::text[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::text[], $10::bool[])
    AS r (file, line, "column", value, staged, raw, complete)
  CROSS JOIN LATERAL (
    -- When it was received is no part of what it says.
    SELECT md5((CASE WHEN r.staged->>'recorded_basis' = 'received' THEN r.staged - 'recorded_at' ELSE r.staged END)::text) AS digest
  ) d
  ORDER BY r.staged->>'customer_source_id', d.digest, r.line DESC
  ON CONFLICT (target, customer_source_id, digest) DO UPDATE
  SET import_id = excluded.import_id, file = excluded.file, line = excluded.line, raw = excluded.raw, complete = excluded.complete`;

/**
 * Gives up waiting for customers that did not come: rows received before $1 go to quarantine, of the import that brought
 * them. $2 is the reason.
 */
export const GIVE_UP_WAITING = `
  WITH given_up AS (
    DELETE FROM waiting_row WHERE received_at <= $1 RETURNING import_id, file, line, "column", value, raw, complete
  )
  INSERT INTO quarantined_row (import_id, file, line, "column", value, reason, raw, complete)
  SELECT import_id, file, line, "column", value, $2, raw, complete FROM given_up ORDER BY import_id, file, line`;
