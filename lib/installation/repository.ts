import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";

export type InstallationRow = { mode: "demo" | "own" | "empty"; readyAt: Date | null };

/** What this installation is; null before its first start has got so far. */
export async function selectInstallation(): Promise<InstallationRow | null> {
  const { rows } = await pool().query<InstallationRow>('SELECT mode, ready_at AS "readyAt" FROM installation');
  return rows[0] ?? null;
}

/** Writes the one row of an installation without the demo, ready. */
export async function insertEmptyInstallation(client: PoolClient, now: Date): Promise<void> {
  await client.query("INSERT INTO installation (mode, ready_at) VALUES ('empty', $1) ON CONFLICT (id) DO NOTHING", [
    now,
  ]);
}

/** How many accounts there are. */
export async function countUsers(): Promise<number> {
  const { rows } = await pool().query<{ n: number }>("SELECT count(*)::int AS n FROM app_user");
  return rows[0]!.n;
}

/** The server's version as a number: 150004 is 15.4. */
export async function selectServerVersion(): Promise<number> {
  const { rows } = await pool().query<{ n: number }>("SELECT current_setting('server_version_num')::int AS n");
  return rows[0]!.n;
}
