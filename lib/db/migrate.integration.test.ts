import { beforeAll, describe, expect, it } from "vitest";
import { diffMigrations, migrateDatabase } from "./migrate";
import { inTransaction, pool } from "./pool";
import { createTestDatabase } from "./testing/test-database";

describe("migrations", () => {
  let url: string;
  beforeAll(async () => {
    url = await createTestDatabase();
  });

  it("agree with schema.prisma, partitioned tables with partitions included", async () => {
    await pool().query(
      "SELECT ensure_month_partition('prediction', now()), ensure_month_partition('feature_row', now())",
    );
    expect(await diffMigrations(url)).toBe("");
  });

  it("applied again, also by two at once, change nothing", async () => {
    expect(await Promise.all([migrateDatabase(url), migrateDatabase(url)])).toEqual([[], []]);
  });

  it("a failing transaction leaves nothing behind", async () => {
    const failing = inTransaction(async (client) => {
      await client.query("INSERT INTO customer (source_id) VALUES ('c1')");
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect((await pool().query("SELECT 1 FROM customer")).rowCount).toBe(0);
  });
});
