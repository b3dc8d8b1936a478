import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { importDirectory } from "../service";
import { parseMapping } from "./parse-mapping";

/** Files that others made, which are not kept in the project. */
const FOLDER = process.env.RAVENSTACK_FOLDER ?? "../shared/data/ravenstack";
const isThere = existsSync(FOLDER);
const WORDS = isThere ? "" : ` (skipped, as they are not in ${FOLDER})`;

beforeAll(async () => {
  if (isThere) await createTestDatabase();
});

afterEach(async () => {
  if (!isThere) return;
  await pool().query(
    "TRUNCATE customer, customer_version, subscription_event, usage_event, usage_daily, ticket_event, import_file, import_input, import_run CASCADE",
  );
});

function importWith(file: string, now: string) {
  const mapping = parseMapping(JSON.parse(readFileSync(file, "utf8")));
  return importDirectory({
    directory: FOLDER,
    historical: false,
    actor: { id: null, label: "test" },
    mapping: { id: null, mapping },
    now: new Date(now),
    salt: "x",
  });
}

async function rows(sql: string) {
  return (await pool().query({ text: sql, rowMode: "array" })).rows;
}

describe.skipIf(!isThere)(`RavenStack's files, by the mapping that docs/import.md explains${WORDS}`, () => {
  it("go in whole, and again change nothing", async () => {
    const file = "docs/examples/ravenstack.mapping.json";
    const report = await importWith(file, "2026-01-05T00:00:00Z");
    expect(report.quarantined).toEqual({});
    expect(report.inputs.map((input) => [input.file, input.rowsRead, input.rowsUnused])).toEqual([
      ["accounts.csv", 500, 0],
      ["subscriptions.csv", 5000, 0],
      ["feature_usage.csv", 25000, 0],
      ["support_tickets.csv", 2000, 0],
    ]);
    // Of the trials 78 ended too. Prices are revenue by seat, so that seats times price is the revenue again.
    expect(
      await rows(
        `SELECT s.kind, count(*)::int, count(e.customer_id)::int, sum(s.seats::bigint * s.unit_price_cents)::text
         FROM subscription_event s LEFT JOIN subscription_event e ON e.customer_id = s.customer_id AND e.subscription_id = s.subscription_id AND e.kind = 'end'
         WHERE s.kind <> 'end' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      ["start", 4222, 408, "1133874700"],
      ["trial_start", 778, 78, "0"],
    ]);
    // Usage names subscriptions only; 21 of its ids are there twice, of different subscriptions.
    expect(await rows("SELECT count(*)::int, sum(quantity)::int, count(user_key)::int FROM usage_event")).toEqual([
      [25000, 250525, 0],
    ]);
    expect(await rows("SELECT kind, count(*)::int FROM ticket_event GROUP BY 1 ORDER BY 1")).toEqual([
      ["opened", 2000],
      ["rated", 1175],
      ["resolved", 2000],
      ["responded", 2000],
    ]);
    const again = await importWith(file, "2026-01-06T00:00:00Z");
    for (const told of again.files) expect(told).toMatchObject({ rowsNew: 0, rowsVersion: 0, rowsBad: 0 });
  }, 120_000);

  it("go in with their churn events as departures, in an installation of its own", async () => {
    const report = await importWith("docs/examples/ravenstack-churn-events.mapping.json", "2026-01-05T00:00:00Z");
    expect(report.quarantined).toEqual({});
    expect(
      await rows(
        "SELECT kind, count(*)::int, count(DISTINCT customer_id)::int FROM subscription_event GROUP BY 1 ORDER BY 1",
      ),
    ).toEqual([
      ["end", 600, 352],
      ["start", 500, 500],
    ]);
    expect(await rows("SELECT count(*)::int, count(DISTINCT customer_id)::int FROM usage_event")).toEqual([
      [25000, 500],
    ]);
  }, 120_000);
});
