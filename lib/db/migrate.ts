import { readFileSync } from "node:fs";
import { Client } from "pg";
import {
  MIGRATION_APPLICATION,
  MIGRATIONS_FOLDER,
  NO_FILTER,
  readMigrations,
  SCHEMA_FILE,
  withSchemaEngine,
} from "./schema-engine";

/** Any fixed number; everything that migrates this product takes this lock first. */
const MIGRATION_LOCK = 7_310_842_001;

/**
 * Applies the migrations that the database lacks, in order, by Prisma's engine, so `_prisma_migrations` stays readable
 * by `prisma migrate`. An advisory lock makes a second process wait and then find nothing to do.
 * @returns the names applied now; throws with the engine's message where one fails.
 */
export async function migrateDatabase(databaseUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await clearKilledMigration(client);
    const output = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList: readMigrations(), filters: NO_FILTER }),
    );
    return output.appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * Lets a migration whose process was killed be applied again. Only the holder of the lock migrates, so other connections of
 * that name belong to nobody: their server processes may still be at work and are ended first. A migration and its note
 * of being finished are one transaction (schema-engine.ts): one that is not finished left nothing behind.
 */
async function clearKilledMigration(client: Client): Promise<void> {
  await client.query(
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1",
    [MIGRATION_APPLICATION],
  );
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS noted");
  if (!rows[0].noted) return;
  await client.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

/**
 * The SQL that brings the database of the migrations to the state of schema.prisma; empty when they agree.
 * The engine applies the migrations to a shadow database of its own, so the user must be allowed to create one.
 */
export async function diffMigrations(databaseUrl: string): Promise<string> {
  const output = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: "migrations", ...readMigrations(MIGRATIONS_FOLDER) },
      to: { tag: "schemaDatamodel", files: [{ path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, "utf8") }] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    }),
  );
  const sql = (output.stdout ?? "").trim();
  return sql === "-- This is an empty migration." ? "" : sql;
}
