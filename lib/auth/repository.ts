import { inTransaction, pool } from "@/lib/db/pool";
import { ATTEMPT_WINDOW_MINUTES } from "./policy";

export type AttemptKeys = { account: string; address: string };

/**
 * Counts this attempt as failed in advance and says how many failures there were before it, so that attempts sent at
 * once see each other: the locks per key make them follow one another. Failures of an account count since its last success.
 */
export async function openAttempt(
  keys: AttemptKeys,
): Promise<{ ids: number[]; accountFailures: number; addressFailures: number }> {
  return inTransaction(async (client) => {
    for (const key of [keys.account, keys.address].sort())
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7310842003))", [key]);
    const { rows: counted } = await client.query<{ account: number; address: number }>(
      `SELECT
         (SELECT count(*)::int FROM sign_in_attempt f WHERE f.key = $1 AND NOT f.succeeded AND f.at > now() - make_interval(mins => $3)
            AND f.id > coalesce((SELECT max(s.id) FROM sign_in_attempt s WHERE s.key = $1 AND s.succeeded), 0)) AS account,
         (SELECT count(*)::int FROM sign_in_attempt f WHERE f.key = $2 AND NOT f.succeeded AND f.at > now() - make_interval(mins => $3)) AS address`,
      [keys.account, keys.address, ATTEMPT_WINDOW_MINUTES],
    );
    const { rows: inserted } = await client.query<{ id: number }>(
      "INSERT INTO sign_in_attempt (key, succeeded) VALUES ($1, false), ($2, false) RETURNING id",
      [keys.account, keys.address],
    );
    return {
      ids: inserted.map((row) => row.id),
      accountFailures: counted[0]?.account ?? 0,
      addressFailures: counted[0]?.address ?? 0,
    };
  });
}

/** A refused attempt does not count: hammering must not keep the owner of the account out for longer. */
export async function dropAttempt(ids: number[]): Promise<void> {
  await pool().query("DELETE FROM sign_in_attempt WHERE id = ANY($1)", [ids]);
}

/** Marks the attempt as succeeded and forgets attempts of more than a day ago. */
export async function succeedAttempt(ids: number[]): Promise<void> {
  await pool().query("UPDATE sign_in_attempt SET succeeded = true WHERE id = ANY($1)", [ids]);
  await pool().query("DELETE FROM sign_in_attempt WHERE at < now() - interval '1 day'");
}
