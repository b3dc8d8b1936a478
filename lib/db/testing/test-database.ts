import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { closePool } from "../pool";
import { closePrisma } from "../prisma";
import { withDatabase } from "./global-setup";

/**
 * Gives the calling test file a migrated database of its own, copied from the run's template, points DATABASE_URL at
 * it and drops it after the file. `template` names another template, such as the prepared test world.
 * @returns the database's address.
 */
export async function createTestDatabase(template = inject("templateDatabase")): Promise<string> {
  const server = inject("serverUrl");
  const name = `tideline_test_${randomUUID().slice(0, 8)}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  process.env.DATABASE_URL = withDatabase(server, name);
  afterAll(async () => {
    await closePrisma();
    await closePool();
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.end();
  });
  return process.env.DATABASE_URL;
}
