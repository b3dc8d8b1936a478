import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";

// `npm run db:diff -- --name add_plays`: writes the migration that takes the database to schema.prisma. With --check it
// writes nothing and fails where one would be needed.
await runCommand(async () => {
  const { values } = parseArgs({ options: { name: { type: "string" }, check: { type: "boolean" } } });
  if (!values.check && !/^[a-z][a-z0-9_]{1,60}$/.test(values.name ?? "")) {
    throw new Error(`--name is "${values.name ?? ""}": expected what the migration does, such as add_plays`);
  }
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  const { diffMigrations } = await import("@/lib/db/migrate");
  const sql = await withDatabase(({ url }) => diffMigrations(url));
  if (sql === "") {
    say("schema.prisma and the migrations agree");
    return 0;
  }
  if (values.check)
    throw new Error(`schema.prisma and the migrations differ; \`npm run db:diff -- --name …\` writes:\n${sql}`);
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join("prisma/migrations", `${stamp}_${values.name}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "migration.sql"), `${sql}\n`);
  say(`wrote ${folder}/migration.sql; read it before you commit it`);
  return 0;
});
