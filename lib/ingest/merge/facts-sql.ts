import type { FileSpec } from "../file-spec";
import { PLACE, placeOf } from "./place-sql";

/** The columns a fact carries beside its key, its versions and its times. */
export function contentColumns(spec: FileSpec): string[] {
  const placed = new Set(["customer_source_id", "source_id", "occurred_at"]);
  return spec.columns.map((column) => column.column).filter((column) => !placed.has(column));
}

/** Rows of customers that nobody has told us about. */
export const REJECT_ORPHANS = `
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("s")}, 'customer_id', s.customer_source_id, 'unknown customer'
  FROM staged s
  WHERE NOT EXISTS (SELECT FROM customer c WHERE c.source_id = s.customer_source_id)`;

type VersionedTable = { table: string /** Whether a customer has many, told apart by source_id. */; many: boolean };

/**
 * Compares the staged rows with the newest versions held. In the temporary table \`candidate\` stay the rows that may be
 * further versions, with what is held of them:
 * - of rows of one id without a recorded_at of their own, which all became known at once, the last row counts;
 *   likewise of those with the same recorded_at;
 * - a row that repeats a version held, recorded then, is a repetition (files imported again), not a return to it.
 */
export function compareSql({ table, many }: VersionedTable): string {
  const key = many ? "customer_id, source_id" : "customer_id";
  const sameThing = many
    ? "t.customer_id = l.customer_id AND t.source_id = l.source_id"
    : "t.customer_id = l.customer_id";
  return `
  CREATE TEMP TABLE candidate ON COMMIT DROP AS
  WITH located AS (
    SELECT c.id AS customer_id, ${many ? "s.source_id, " : ""}${placeOf("s")}, s.recorded_at, s.recorded_basis, s.content_hash,
      CASE WHEN s.recorded_basis = 'source' THEN s.recorded_at END AS stated_at
    FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
    WHERE NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no AND r.whole_row)
  ), last_row AS (
    SELECT DISTINCT ON (${key}, stated_at) * FROM located ORDER BY ${key}, stated_at, row_no DESC
  )
  SELECT l.*, held.version AS held_version, held.content_hash AS held_hash,
    l.stated_at < held.recorded_at AND held.recorded_basis = 'source' AS stale
  FROM last_row l
  LEFT JOIN LATERAL (
    SELECT t.version, t.content_hash, t.recorded_at, t.recorded_basis FROM ${table} t
    WHERE ${sameThing} ORDER BY t.version DESC LIMIT 1
  ) held ON true
  WHERE held.version IS NULL OR NOT EXISTS (
    SELECT FROM ${table} t
    WHERE ${sameThing} AND t.content_hash = l.content_hash
      AND (t.recorded_at = l.stated_at OR l.stated_at < held.recorded_at))`;
}

/** A row that the source recorded before the version held would undo what is known since. */
export const REJECT_STALE = `
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${PLACE}, 'recorded_at', to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'recorded before the version already held'
  FROM candidate WHERE stale`;

/**
 * Writes the candidates whose content differs from the version before them, numbered on from the one held.
 * $1 is the import. Gives the counts of first (\`added\`) and further versions (\`versions\`).
 */
export function insertVersionsSql(args: VersionedTable & { columns: string[]; occurredAt: string }): string {
  const key = args.many ? "customer_id, source_id" : "customer_id";
  const columns = args.columns.map((column) => `"${column}"`).join(", ");
  const values = args.columns.map((column) => `s."${column}"`).join(", ");
  return `
  WITH ordered AS (
    SELECT c.*, lag(content_hash, 1, held_hash) OVER (PARTITION BY ${key} ORDER BY stated_at NULLS LAST, row_no) AS before
    FROM candidate c WHERE stale IS NOT TRUE
  ), numbered AS (
    SELECT o.*, coalesce(held_version, 0) + row_number() OVER (PARTITION BY ${key} ORDER BY stated_at NULLS LAST, row_no) AS version
    FROM ordered o WHERE content_hash IS DISTINCT FROM before
  ), written AS (
    INSERT INTO ${args.table} (${key}, version, ${columns}, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
    SELECT ${key.replaceAll(/\b(\w+)\b/g, "n.$1")}, n.version, ${values}, ${args.occurredAt}, n.recorded_at, n.recorded_basis, $1, n.content_hash
    FROM numbered n JOIN staged s ON s.row_no = n.row_no
    ORDER BY n.row_no
    RETURNING version
  )
  SELECT count(*) FILTER (WHERE version = 1)::int AS added, count(*) FILTER (WHERE version > 1)::int AS versions FROM written`;
}
