import { pool } from "@/lib/db/pool";
import type { CatalogColumn } from "./column-use";
import { ensureFeatureRole, featureRoleName } from "./role";

/**
 * The columns of all tables that tell of customers, with what the feature role may read now: by the database's own
 * catalog, so that no column is forgotten. A table tells of customers where it names one or holds rows of files.
 */
export async function findCustomerColumns(): Promise<CatalogColumn[]> {
  const client = await pool().connect();
  try {
    await ensureFeatureRole(client);
    const { rows: databases } = await client.query<{ name: string }>("SELECT current_database() AS name");
    const role = featureRoleName(databases[0]?.name ?? "");
    const { rows } = await client.query<CatalogColumn>(
      `SELECT c.relname AS "table", a.attname AS "column", has_column_privilege($1, c.oid, a.attnum, 'SELECT') AS readable
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (c.relname = 'customer' OR EXISTS (
         SELECT FROM pg_attribute n WHERE n.attrelid = c.oid AND n.attname IN ('customer_id', 'customer_source_id', 'raw')))
       ORDER BY c.relname, a.attnum`,
      [role],
    );
    return rows;
  } finally {
    client.release();
  }
}
