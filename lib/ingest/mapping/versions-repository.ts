import { pool } from "@/lib/db/pool";
import type { MappingVersion } from "./editing-contract";

const VERSION = `SELECT m.id, m.source, m.version, m.created_at AS "savedAt", u.name AS "savedBy",
    (SELECT array_agg(f->>'name' ORDER BY place) FROM jsonb_array_elements(m.mapping->'files') WITH ORDINALITY AS e(f, place)) AS files,
    (SELECT count(*)::int FROM import_run r WHERE r.mapping_id = m.id) AS imports
  FROM import_mapping m LEFT JOIN app_user u ON u.id = m.created_by`;

type Row = Omit<MappingVersion, "savedAt"> & { savedAt: Date };

/** All versions of a source's mapping, newest first. */
export async function findMappingVersions(source: string): Promise<MappingVersion[]> {
  const { rows } = await pool().query<Row>(`${VERSION} WHERE m.source = $1 ORDER BY m.version DESC`, [source]);
  return rows.map(toVersion);
}

/** The newest version of each source, by source. */
export async function findNewestVersions(): Promise<MappingVersion[]> {
  const { rows } = await pool().query<Row>(
    `${VERSION} WHERE NOT EXISTS (SELECT 1 FROM import_mapping n WHERE n.source = m.source AND n.version > m.version)
     ORDER BY m.source`,
  );
  return rows.map(toVersion);
}

function toVersion(row: Row): MappingVersion {
  return { ...row, savedAt: row.savedAt.toISOString() };
}
