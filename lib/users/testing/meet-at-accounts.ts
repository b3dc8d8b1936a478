import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "@/lib/db/pool";

/**
 * Lets several transactions meet: keeps every account locked until all of `begun` wait for a lock, then lets them go.
 * Without it which of them comes first, and whether they overlap at all, would be luck.
 * @returns how each ended
 */
export async function meetAtAccounts<T>(begin: () => Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
  const holder = await pool().connect();
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT id FROM app_user ORDER BY id FOR UPDATE");
    const begun = begin();
    const ended = Promise.allSettled(begun);
    for (let waiting = 0; waiting < begun.length; await sleep(20)) {
      // On another connection: within a transaction Postgres goes on telling the activity that it saw first.
      const { rows } = await pool().query<{ n: number }>(
        "SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())",
      );
      waiting = (rows[0] as { n: number }).n;
    }
    await holder.query("COMMIT");
    return await ended;
  } finally {
    holder.release();
  }
}
