import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { Mapping, SavedMapping } from "./contract";

const COLUMNS = "id, source, version, mapping, created_at";

type Row = { id: number; source: string; version: number; mapping: Mapping; created_at: Date };

/** The newest version of a source's mapping. */
export async function findNewestMapping(source: string, client?: PoolClient): Promise<SavedMapping | null> {
  const { rows } = await (client ?? pool()).query<Row>(
    `SELECT ${COLUMNS} FROM import_mapping WHERE source = $1 ORDER BY version DESC LIMIT 1`,
    [source],
  );
  return rows[0] ? toSaved(rows[0]) : null;
}

/** The newest version of each source's mapping, by source. */
export async function findNewestMappings(): Promise<SavedMapping[]> {
  const { rows } = await pool().query<Row>(
    `SELECT DISTINCT ON (source) ${COLUMNS} FROM import_mapping ORDER BY source, version DESC`,
  );
  return rows.map(toSaved);
}

/** Until the transaction ends nobody else adds a version. */
export async function lockMappings(client: PoolClient): Promise<void> {
  await client.query("LOCK TABLE import_mapping IN SHARE ROW EXCLUSIVE MODE");
}

export async function insertMapping(
  client: PoolClient,
  args: { mapping: Mapping; version: number; createdBy: number | null },
): Promise<SavedMapping> {
  const { rows } = await client.query<Row>(
    `INSERT INTO import_mapping (source, version, mapping, created_by) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [args.mapping.source, args.version, JSON.stringify(args.mapping), args.createdBy],
  );
  return toSaved(rows[0] as Row);
}

function toSaved({ id, source, version, mapping, created_at }: Row): SavedMapping {
  return { id, source, version, mapping, savedAt: created_at.toISOString() };
}
