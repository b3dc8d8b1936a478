import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { parseIntoClientConfig } from "pg-connection-string";
import { CatalogClient, readingCatalogChars } from "./catalog-client";

/** Where Prisma's files stand, from the project's root. */
export const SCHEMA_FILE = path.resolve("prisma/schema.prisma");
export const MIGRATIONS_FOLDER = path.resolve("prisma/migrations");

/** What the engine's connections call themselves; those of a killed process are found by it. */
export const MIGRATION_APPLICATION = "tideline-migrations";

/** No table of the database is managed by anyone else. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Runs `work` with Prisma's own schema engine, the WebAssembly build: `prisma migrate` would download a native
 * binary, which is refused where only package registries can be reached. The engine is freed afterwards.
 */
export async function withSchemaEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const bindings = await loadBindings();
  const { factory, closeAll } = migrationAdapterFactory(databaseUrl);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[SCHEMA_FILE, readFileSync(SCHEMA_FILE, "utf8")]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await closeAll();
  }
}

/** The migration folder as the engine wants it, in order of name. */
export function readMigrations(folder = MIGRATIONS_FOLDER): MigrationList {
  const lockfile = path.join(folder, "migration_lock.toml");
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: {
      path: "./migration_lock.toml",
      content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null,
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(path.join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/**
 * Ends every script that the engine sends. The engine notes a migration as begun, sends it, and notes it as finished: a
 * process killed before the last note would leave a migration that is there and counts as failed. Noted in the
 * transaction of the migration itself, "not finished" means "nothing of it is there". Scripts that are no migration, and
 * those of the shadow database, find no row or no table.
 */
const MARK_FINISHED = `
DO $mark$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $mark$;`;

/**
 * Prisma's Postgres adapter with four repairs: catalog columns are read (readingCatalogChars); scripts are sent whole,
 * since the adapter splits them at every semicolon, also inside function bodies, and sent whole a migration is one
 * transaction, which also notes that it is finished; the shadow database is really another one, since a connection string wins over its name; and
 * connections are closed, the shadow database dropped, when the work is over, which the engine leaves undone.
 */
function migrationAdapterFactory(databaseUrl: string) {
  const { host, port, user, password, database, ssl } = parseIntoClientConfig(databaseUrl);
  const closers: (() => Promise<void>)[] = [];
  const connect = async (name: string | undefined) => {
    const adapter = await new PrismaPg({
      host,
      port,
      user,
      password,
      ssl,
      database: name,
      application_name: MIGRATION_APPLICATION,
      Client: CatalogClient,
    }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    const pool = adapter.underlyingDriver();
    adapter.queryRaw = (query) => readingCatalogChars(query, queryRaw);
    adapter.executeScript = async (script) => {
      await pool.query(`${script}\n;${MARK_FINISHED}`);
    };
    adapter.dispose = async () => {};
    closers.unshift(() => pool.end());
    return adapter;
  };
  const connectToShadowDb = async () => {
    const shadow = `tideline_shadow_${randomUUID()}`;
    const main = (await connect(database)).underlyingDriver();
    await main.query(`CREATE DATABASE "${shadow}"`);
    closers.unshift(async () => {
      await main.query(`DROP DATABASE IF EXISTS "${shadow}" WITH (FORCE)`);
    });
    return connect(shadow);
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: MIGRATION_APPLICATION,
    connect: () => connect(database),
    connectToShadowDb,
  };
  const closeAll = async () => {
    for (const close of closers.splice(0)) await close();
  };
  return { factory, closeAll };
}

type Bindings = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
let loading: Promise<Bindings> | undefined;

function loadBindings(): Promise<Bindings> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<Bindings> {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = await WebAssembly.compile(await readFile(script.replace(/\.js$/, ".wasm")));
  const imports = { "./schema_engine_bg.js": withUnheldTimers(bindings as unknown as WebAssembly.ModuleImports) };
  const instance = await WebAssembly.instantiate(module, imports);
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** The engine leaves its ten-second limit on waiting for a lock running; the process need not stay for it. */
function withUnheldTimers(bindings: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const name = Object.keys(bindings).find((key) => key.startsWith("__wbg_setTimeout_"));
  if (!name) return bindings;
  return { ...bindings, [name]: (callback: () => void, ms: number) => setTimeout(callback, ms >>> 0).unref() };
}
