import type { PoolClient } from "pg";
import { withImportLock } from "./repository";

/**
 * Runs `work` in one transaction during which no import can run, on the connection that holds the lock: for changes that
 * an import under way would undo.
 * @returns undefined where an import ran for longer than `waitMs`
 */
export async function whileNoImportRuns<T>(args: {
  waitMs: number;
  work: (client: PoolClient) => Promise<T>;
}): Promise<T | undefined> {
  return withImportLock({
    waitMs: args.waitMs,
    work: async (client) => {
      await client.query("BEGIN");
      try {
        const result = await args.work(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
    },
  });
}
