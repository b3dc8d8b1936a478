import { setTimeout as sleep } from "node:timers/promises";
import { sessionSecret } from "@/lib/env/data-folder";
import { env } from "@/lib/env/env";
import { openEmbeddedServer } from "./embedded-server";
import { migrateDatabase } from "./migrate";
import { closePool } from "./pool";
import { closePrisma } from "./prisma";

export type DatabaseForWork = {
  readonly url: string;
  /** The migrations that were applied just now. */
  readonly applied: readonly string[];
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
};

/**
 * Runs a command's work with a database: DATABASE_URL's, else the installation's own, which is adopted where it runs
 * and otherwise started for the duration. DATABASE_URL is set for this process and its children, migrations are applied
 * first, and connections are closed afterwards. Ctrl+C and SIGTERM abort `signal`; work that does not heed it has ten
 * seconds, then the command ends with the signal's usual code.
 */
export async function withDatabase<T>(work: (args: DatabaseForWork) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const server = env().DATABASE_URL ? undefined : await openEmbeddedServer();
  const url = env().DATABASE_URL ?? server!.url;
  process.env.DATABASE_URL = url;
  // What imports hash user ids with derives from it.
  process.env.NEXTAUTH_SECRET = sessionSecret();
  const finish = async () => {
    await closePrisma();
    await closePool();
    await server?.release();
  };
  const onSignal = async (signal: NodeJS.Signals) => {
    stopping.abort(new Error(`stopped by ${signal}`));
    await sleep(GRACE_MS);
    await Promise.race([finish(), sleep(GRACE_MS)]);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    const applied = await migrateDatabase(url);
    return await work({ url, applied, signal: stopping.signal });
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await finish();
  }
}

const GRACE_MS = 10_000;
