import { pool } from "@/lib/db/pool";

/** The newest value of each key. */
export async function findCurrentSettings(): Promise<Record<string, unknown>> {
  const { rows } = await pool().query<{ key: string; value: unknown }>(
    "SELECT DISTINCT ON (key) key, value FROM setting_version ORDER BY key, id DESC",
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

/** Adds a version of one setting. */
export async function insertSettingVersion(args: {
  key: string;
  value: unknown;
  setBy: number | null;
  reason: string | null;
}) {
  await pool().query("INSERT INTO setting_version (key, value, set_by, reason) VALUES ($1, $2, $3, $4)", [
    args.key,
    JSON.stringify(args.value),
    args.setBy,
    args.reason,
  ]);
}
