import { openEmbeddedServer } from "@/lib/db/embedded-server";
import { closePool } from "@/lib/db/pool";
import type { Env } from "@/lib/env/env";

/** The database of this start, with what to say about it. */
export type OpenDatabase = {
  readonly url: string;
  readonly lines: readonly string[];
  /** Ends this process's connections; the installation's own server is stopped where nobody else uses it. */
  readonly close: () => Promise<void>;
};

/** DATABASE_URL's, else the installation's own; DATABASE_URL is set for this process and its children. */
export async function openDatabase(env: Env): Promise<OpenDatabase> {
  if (env.DATABASE_URL) {
    process.env.DATABASE_URL = env.DATABASE_URL;
    const { host, pathname } = new URL(env.DATABASE_URL);
    return { url: env.DATABASE_URL, lines: [`Postgres of DATABASE_URL: ${host}${pathname}`], close: closePool };
  }
  const server = await openEmbeddedServer();
  process.env.DATABASE_URL = server.url;
  const where = `${server.folder}, port ${server.port}`;
  return {
    url: server.url,
    lines: [
      `Postgres ${server.version} ${server.how === "adopted" ? "adopted, it ran already" : "started"}: ${where}`,
      ...server.notes,
    ],
    close: async () => {
      await closePool();
      await server.release();
    },
  };
}
