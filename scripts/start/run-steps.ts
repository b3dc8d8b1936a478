import { existsSync, writeFileSync } from "node:fs";
import { readCredentials } from "@/lib/env/credentials-file";
import { dataFile, sessionSecret } from "@/lib/env/data-folder";
import type { Env } from "@/lib/env/env";
import { probeXgboost } from "@/ml/xgboost/probe";
import { ensurePrismaClient } from "../setup/prisma-client";
import type { StartArguments } from "./arguments";
import { ownTerminal } from "./ask-on-terminal";
import { describeCredentials } from "./describe-credentials";
import { type OpenDatabase, openDatabase } from "./open-database";
import { prepareData } from "./prepare-data";
import { NOTHING_DONE, type StepId, withStep } from "./progress";
import { removeOwnDatabase } from "./remove-own-database";
import { serveProduct } from "./serve-product";
import { buildPages } from "./web-build";
import type { WebServer } from "./web-server";

/** What has been opened so far and must be closed when the start ends, last first. */
export type Closers = (() => Promise<void>)[];

/**
 * Brings the product up behind a web server that already answers. Each step is safe to repeat, so a start that was killed
 * anywhere is simply done again.
 * @throws Error of the first step that fails; the progress page shows which
 */
export async function runSteps(args: {
  env: Env;
  options: StartArguments;
  web: WebServer;
  closers: Closers;
  say: (line: string) => void;
}): Promise<void> {
  const { env, options, web, say } = args;
  const step = stepRunner(web);

  // Next, next-auth and child processes read these themselves.
  Object.assign(process.env, {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXTAUTH_URL: env.TIDELINE_URL,
    NEXTAUTH_SECRET: sessionSecret(),
    TIDELINE_DATA_DIR: env.TIDELINE_DATA_DIR,
  });
  let database: OpenDatabase | undefined;
  args.closers.unshift(async () => database?.close());
  const open = async () => {
    database = await openDatabase(env);
    for (const line of database.lines) say(line);
  };
  const prepareTables = () => prepareTablesOf(database as OpenDatabase, say);
  const renewDatabase = async () => {
    await closeConnections();
    await removeOwnDatabase();
    await open();
    await prepareTables();
  };
  await Promise.all([
    step("settings", async () => {
      const [library] = await Promise.all([probeXgboost(), ensurePrismaClient()]);
      say(`libxgboost ${library.version}, ${library.path} (${library.source})`);
    }),
    step("database", async () => {
      await open();
    }),
  ]);
  await step("tables", prepareTables);
  const [built] = await Promise.all([
    step("build", (tell) => buildPages({ onLine: (line) => tell({ message: line.trim() }) })),
    step("data", (tell) =>
      prepareData({
        env,
        options,
        web,
        say,
        tell,
        terminal: ownTerminal(),
        renewDatabase: env.DATABASE_URL ? null : renewDatabase,
      }),
    ),
  ]);
  if (built) say("web pages built");
  await step("serve", async () => args.closers.unshift(await serveProduct({ env, web, say })));
  say(`Tideline is ready: ${env.TIDELINE_URL}`);
  showCredentialsOnce(say);
  const { findInstallation } = await import("@/lib/installation/service");
  if ((await findInstallation())?.mode === "empty")
    say(
      `This installation is empty: sign in as an administrator, and ${env.TIDELINE_URL}/setup leads to the first queue`,
    );
}

/** Also where the start that made them was killed before it could show them. */
function showCredentialsOnce(say: (line: string) => void): void {
  const credentials = readCredentials();
  const mark = dataFile("credentials-shown");
  if (credentials.length === 0 || existsSync(mark)) return;
  say(describeCredentials(credentials));
  writeFileSync(mark, "");
}

type Tell = (news: { message?: string; fraction?: number }) => void;

function stepRunner(web: WebServer) {
  let progress = NOTHING_DONE;
  return async <T>(id: StepId, work: (tell: Tell) => Promise<T>): Promise<T> => {
    const show = (change: Parameters<typeof withStep>[2]) => {
      progress = withStep(progress, id, change);
      web.show(progress);
    };
    show({ state: "running" });
    try {
      const result = await work((news) => show({ state: "running", ...news }));
      show({ state: "done" });
      return result;
    } catch (error) {
      show({ state: "failed", message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

// Imported late: these need Prisma's generated client or the database's address.

async function prepareTablesOf(database: OpenDatabase, say: (line: string) => void): Promise<void> {
  const { migrateDatabase } = await import("@/lib/db/migrate");
  const { requireServerVersion } = await import("@/lib/installation/service");
  const { pool } = await import("@/lib/db/pool");
  const { ensureFeatureRole } = await import("@/lib/features/role");
  await requireServerVersion();
  const applied = await migrateDatabase(database.url);
  if (applied.length > 0) say(`migrations applied: ${applied.join(", ")}`);
  const client = await pool().connect();
  try {
    await ensureFeatureRole(client);
  } finally {
    client.release();
  }
}

async function closeConnections(): Promise<void> {
  const { closePool } = await import("@/lib/db/pool");
  const { closePrisma } = await import("@/lib/db/prisma");
  await closePrisma();
  await closePool();
}
