import { pool } from "@/lib/db/pool";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";
import { SEED, UNTIL } from "../moments";
import { createWorld } from "../world";

/** Fills an empty database with a world made by Postgres itself, as a demo installation, where the system may promote. */
export async function makeWorld(args: {
  customers: number;
  weeks: number;
}): Promise<{ seconds: number; customersEver: number; usageRows: number }> {
  const started = performance.now();
  const client = await pool().connect();
  try {
    await client.query("INSERT INTO installation (mode) VALUES ('demo')");
    const made = await createWorld({ client, ...args, until: UNTIL, zone: DEFAULT_SETTINGS.zone, seed: SEED });
    return { seconds: secondsSince(started), customersEver: made.customers, usageRows: made.usageRows };
  } finally {
    client.release();
  }
}

const secondsSince = (started: number) => (performance.now() - started) / 1000;
