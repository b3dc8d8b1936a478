import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { importDirectory } from "../service";
import type { Mapping } from "./contract";
import { parseMapping } from "./parse-mapping";
import { type LookalikeCounts, writeLookalikeFiles } from "./testing/lookalike-files";

let folder: string;
let written: LookalikeCounts;
beforeAll(async () => {
  await createTestDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-lookalike-"));
  written = writeLookalikeFiles({ folder, accounts: 60 });
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await pool().query(
    "TRUNCATE customer, customer_version, subscription_event, usage_event, usage_daily, ticket_event, quarantined_row, import_file, import_input, import_run CASCADE",
  );
});

const exampleMapping = (name: string) =>
  parseMapping(JSON.parse(readFileSync(`docs/examples/${name}.mapping.json`, "utf8")));

function run(mapping: Mapping, now = "2026-01-05T00:00:00Z") {
  return importDirectory({
    directory: folder,
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

describe("a vendor's dirty files, by the mappings of the documentation", () => {
  it("go in whole, and again change nothing", async () => {
    const mapping = exampleMapping("ravenstack");
    const report = await run(mapping);
    expect(report.quarantined).toEqual({});
    expect(Object.fromEntries(report.files.map(({ file, rowsNew }) => [file, rowsNew]))).toEqual({
      "customers.csv": written.accounts,
      "subscription_events.csv": written.paid + written.trials + written.ended,
      "usage_events.csv": written.usage,
      "tickets.csv": 3 * written.tickets + written.rated,
    });
    expect(await rows("SELECT kind, count(*)::int FROM subscription_event GROUP BY 1 ORDER BY 1")).toEqual([
      ["end", written.ended],
      ["start", written.paid],
      ["trial_start", written.trials],
    ]);
    expect(written.repeatedUsageIds).toBeGreaterThan(0);
    const again = await run(mapping, "2026-01-06T00:00:00Z");
    for (const file of again.files) expect(file).toMatchObject({ rowsNew: 0, rowsVersion: 0, rowsBad: 0 });
  });

  it("a usage row goes to the customer of its subscription, by either mapping", async () => {
    const usage = () =>
      rows("SELECT e.source_id, c.source_id FROM usage_event e JOIN customer c ON c.id = e.customer_id ORDER BY 1");
    await run(exampleMapping("ravenstack"));
    const bySubscription = await usage();
    await pool().query(
      "TRUNCATE customer, customer_version, subscription_event, usage_event, usage_daily, ticket_event CASCADE",
    );
    await run(exampleMapping("ravenstack-churn-events"));
    expect(await usage()).toEqual(bySubscription);
    expect(bySubscription).toHaveLength(written.usage);
  });

  it("churn events as departures end the one subscription that an account then has", async () => {
    await run(exampleMapping("ravenstack-churn-events"));
    expect(
      await rows(
        "SELECT kind, count(*)::int, count(DISTINCT customer_id)::int FROM subscription_event GROUP BY 1 ORDER BY 1",
      ),
    ).toEqual([
      ["end", written.churnEvents, written.accountsWithChurnEvents],
      ["start", written.accounts, written.accounts],
    ]);
  });

  it("with a form of time left out the rows that need it are set aside, and mending the mapping takes them", async () => {
    const mapping = exampleMapping("ravenstack");
    const broken = structuredClone(mapping);
    for (const output of broken.files.flatMap(({ outputs }) => outputs))
      for (const value of Object.values(output.columns))
        if ("column" in value && value.column === "closed_at" && value.format?.kind === "time")
          value.format.forms = ["yyyy-MM-dd"];
    const first = await run(broken);
    expect(first.quarantined).toEqual({
      "expected a time of the form yyyy-MM-dd (occurred_at of tickets.csv)": written.tickets + written.rated,
    });
    expect(first.samples[0]).toMatchObject({ file: "support_tickets.csv", line: 2, column: "closed_at" });
    const mended = await run(mapping);
    expect(mended.quarantined).toEqual({});
    expect(mended.files.find(({ file }) => file === "tickets.csv")?.rowsNew).toBe(written.tickets + written.rated);
  });
});
