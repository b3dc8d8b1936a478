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
 * Prisma's Postgres adapter with four repairs: catalog columns are read (readingCatalogChars); scripts are sent whole,
 * since the adapter splits them at every semicolon, also inside function bodies, and sent whole a migration is one
 * transaction; the shadow database is really another one, since a connection string wins over its name; and
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
      Client: CatalogClient,
    }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    const pool = adapter.underlyingDriver();
    adapter.queryRaw = (query) => readingCatalogChars(query, queryRaw);
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    adapter.dispose = async () => {};
    closers.unshift(() => pool.end());
    return adapter;
  };
  const connectToShadowDb = async () => {
    const shadow = `tideline_shadow_${randomUUID()}`;
    const main = await connect(database);
    await main.executeScript(`CREATE DATABASE "${shadow}"`);
    closers.unshift(() => main.executeScript(`DROP DATABASE IF EXISTS "${shadow}" WITH (FORCE)`));
    return connect(shadow);
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: "tideline-migrations",
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
