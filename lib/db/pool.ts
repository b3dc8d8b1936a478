import { Pool, type PoolClient } from "pg";

/**
 * The process's connection pool, for SQL and COPY. Made at first use from DATABASE_URL, which `npm start` sets for
 * itself and its children where the embedded server is used. Kept on globalThis, since a bundler may load this twice.
 * @throws Error where DATABASE_URL is not set.
 */
export function pool(): Pool {
  held.tidelinePool ??= makePool();
  return held.tidelinePool;
}

function makePool(): Pool {
  const made = new Pool({ connectionString: requireDatabaseUrl(), max: 8, allowExitOnIdle: true });
  // The server may end a connection that nobody uses, as at its restart. The pool forgets it and makes another when it is
  // needed; without somebody who hears of it, it would end this process.
  made.on("error", () => undefined);
  return made;
}

/** The address of the database in use. @throws Error where DATABASE_URL is not set. */
export function requireDatabaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: run through npm scripts, which find or start the database");
  return url;
}

/** Ends the pool and forgets it; a later call makes a new one. */
export async function closePool(): Promise<void> {
  const open = held.tidelinePool;
  held.tidelinePool = undefined;
  await open?.end();
}

/** Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it throws. */
export async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const held = globalThis as typeof globalThis & { tidelinePool?: Pool };
