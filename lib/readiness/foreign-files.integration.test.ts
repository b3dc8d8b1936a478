import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { parseMapping } from "@/lib/ingest/mapping/parse-mapping";
import { writeLookalikeFiles } from "@/lib/ingest/mapping/testing/lookalike-files";
import { importDirectory } from "@/lib/ingest/service";
import { getReadiness } from "./service";

const NOW = new Date("2026-01-05T12:00:00Z");

let folder: string;
beforeAll(async () => {
  await createTestDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-verdict-"));
  writeLookalikeFiles({ folder, accounts: 300 });
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await pool().query(
    "TRUNCATE customer, customer_version, subscription_event, usage_event, usage_daily, ticket_event, import_file, import_input, import_run CASCADE",
  );
});

async function verdictOn(mappingFile: string) {
  await importDirectory({
    directory: folder,
    historical: false,
    actor: { id: null, label: "test" },
    mapping: { id: null, mapping: parseMapping(JSON.parse(readFileSync(mappingFile, "utf8"))) },
    now: NOW,
    salt: "x",
  });
  return getReadiness("churn-30d", NOW);
}

describe("the verdict on a vendor's untidy files", () => {
  it("by their subscriptions: too few departures, with the counts", async () => {
    const verdict = await verdictOn("docs/examples/ravenstack.mapping.json");
    expect(verdict).toMatchObject({ state: "too_few_departures", says: expect.stringMatching(/\d+/) });
  }, 60_000);

  it("by their churn events: departures enough, and the churn is to be confirmed first", async () => {
    const verdict = await verdictOn("docs/examples/ravenstack-churn-events.mapping.json");
    expect(verdict.checks.find(({ id }) => id === "departures")).toMatchObject({ state: "passed" });
    expect(verdict.state).toBe("churn_not_confirmed");
  }, 60_000);
});
