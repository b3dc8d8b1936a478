import { pool } from "./pool";

/**
 * Runs `work` while this process holds the lock of that name in the database; a second process waits (or gets null at once
 * with `wait: false`). Held by a connection of its own, so it ends with the process, however that ends.
 */
export async function withSessionLock<T>(
  args: { name: string; wait: boolean },
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await pool().connect();
  let broken = true;
  try {
    const call = args.wait ? "pg_advisory_lock" : "pg_try_advisory_lock";
    const { rows } = await client.query<{ held: unknown }>(`SELECT ${call}(hashtext($1), 7310842) AS held`, [
      args.name,
    ]);
    if (rows[0]?.held === false) {
      broken = false;
      return null;
    }
    const result = await work();
    await client.query("SELECT pg_advisory_unlock(hashtext($1), 7310842)", [args.name]);
    broken = false;
    return result;
  } finally {
    // A connection that may still hold the lock is closed, which frees it.
    client.release(broken);
  }
}
