import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import { USAGE_COUNTERS } from "@/lib/ingest/contract";

/**
 * What feature SQL may read, column by column: keys, times, numbers and short vocabularies. No names, no addresses, no
 * free text; contact and customer_version are not here at all.
 */
const VERSIONED = ["customer_id", "source_id", "version", "kind", "occurred_at", "recorded_at", "ingested_at"];
const SUBSCRIPTION_NUMBERS = ["seats", "unit_price_cents", "discount_pct", "discount_by_play", "term_months"];
export const READABLE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  subscription_event: [...VERSIONED, "subscription_id", "plan", ...SUBSCRIPTION_NUMBERS, "effective_at"],
  usage_daily: ["customer_id", "day", "recorded_at", "ingested_at", "is_difference", ...USAGE_COUNTERS],
  ticket_event: [...VERSIONED, "ticket_id", "category", "severity", "opened_by", "satisfaction"],
  payment_event: [...VERSIONED, "invoice_id", "amount_cents"],
  feature_row: ["as_of", "customer_id", "view_id", "values", "mrr_cents", "peer_group"],
};
const WRITABLE_TABLES = ["feature_row", "feature_range"];
const STATE_FUNCTION = "subscription_state_at(timestamptz, timestamptz, timestamptz)";

/** Roles belong to the whole cluster, so the name carries the database's; a long one is cut and made unique by a hash. */
export function featureRoleName(database: string): string {
  const name = `tideline_features_${database}`;
  if (Buffer.byteLength(name) <= 63) return name;
  return `tideline_features_${createHash("sha256").update(database).digest("hex").slice(0, 32)}`;
}

/** The statements that give a database its feature role, for an administrator to run where the application may not. */
export function featureRoleScript(args: { database: string; user: string; exists?: boolean }): string {
  const role = quoted(featureRoleName(args.database));
  return [
    ...(args.exists ? [] : [`CREATE ROLE ${role} NOLOGIN;`]),
    `GRANT ${role} TO ${quoted(args.user)};`,
    `GRANT USAGE ON SCHEMA public TO ${role};`,
    ...Object.entries(READABLE_COLUMNS).map(
      ([table, columns]) => `GRANT SELECT (${columns.map(quoted).join(", ")}) ON ${table} TO ${role};`,
    ),
    ...WRITABLE_TABLES.map((table) => `GRANT INSERT ON ${table} TO ${role};`),
    `GRANT EXECUTE ON FUNCTION ${STATE_FUNCTION} TO ${role};`,
  ].join("\n");
}

/**
 * Makes sure that the database's feature role exists, holds exactly the grants above and may be taken by this user.
 * Cheap when all is in place; safe when several processes do it at once.
 * @returns the role's name, quoted for SET LOCAL ROLE.
 * @throws Error with the exact script for an administrator where this user may not create or grant.
 */
export async function ensureFeatureRole(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ database: string; user: string }>(
    'SELECT current_database() AS database, session_user AS "user"',
  );
  const { database, user } = rows[0] as { database: string; user: string };
  const role = featureRoleName(database);
  if (await isReady(client, role)) return quoted(role);
  await client.query("SELECT pg_advisory_lock($1)", [ROLE_LOCK]);
  try {
    if (await isReady(client, role)) return quoted(role);
    const exists = (await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role])).rowCount === 1;
    // Rights that a former version granted, or that someone added by hand, are taken back first.
    const script = featureRoleScript({ database, user, exists });
    await client.query(exists ? `${revokeScript(role)}\n${script}` : script);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Database user "${user}" could not set up the role "${role}", under which features are computed (${reason}). ` +
        `Ask an administrator of the database "${database}" to run:\n${featureRoleScript({ database, user })}`,
      { cause: error },
    );
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [ROLE_LOCK]);
  }
  return quoted(role);
}

const ROLE_LOCK = 7_310_842_004;

/** Whether the role exists, may be taken, and may read exactly the listed columns of the application's tables. */
async function isReady(client: ClientBase, role: string): Promise<boolean> {
  const known = await client.query<{ member: boolean }>(
    "SELECT pg_has_role(session_user, oid, 'MEMBER') AS member FROM pg_roles WHERE rolname = $1",
    [role],
  );
  if (!known.rows[0]?.member) return false;
  const { rows } = await client.query<{ readable: string[] | null; writable: boolean }>(
    `SELECT array_agg(c.relname || '.' || a.attname ORDER BY c.relname, a.attname)
       FILTER (WHERE has_column_privilege($1, c.oid, a.attnum, 'SELECT')) AS readable,
       coalesce((SELECT bool_and(has_table_privilege($1, t, 'INSERT')) FROM unnest($2::regclass[]) t), false)
         AND has_function_privilege($1, $3::regprocedure, 'EXECUTE') AS writable
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')`,
    [role, WRITABLE_TABLES, STATE_FUNCTION],
  );
  const wanted = Object.entries(READABLE_COLUMNS).flatMap(([table, columns]) => columns.map((c) => `${table}.${c}`));
  const readable = new Set(rows[0]?.readable ?? []);
  return Boolean(rows[0]?.writable) && readable.size === wanted.length && wanted.every((name) => readable.has(name));
}

function revokeScript(role: string): string {
  return `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${quoted(role)};`;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
