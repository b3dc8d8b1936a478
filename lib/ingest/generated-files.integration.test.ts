import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import type { ImportReport } from "./contract";
import type { FileSpec } from "./file-spec";
import { FILE_SPECS } from "./files";
import { importDirectory } from "./service";

const NOW = new Date("2026-03-02T10:00:00Z");
const RUNS = 60;
const TEST_MS = 300_000;
const CUSTOMERS = "customer_id,name,signed_up_at\nc1,One,2025-01-10\nc2,Two,2025-01-10\n";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-generated-"));
beforeAll(async () => {
  await createTestDatabase();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Values that some column takes, values that none does, and what has a meaning of its own to COPY, CSV or Postgres. */
const value = fc.oneof(
  fc.constantFrom(
    "c1",
    "c2",
    "nobody",
    "1",
    "0",
    "5",
    "true",
    "USD",
    "2026-02-01",
    "2026-02-01T10:00:00Z",
    "2031-01-01",
  ),
  fc.constantFrom("opened", "rated", "start", "end", "paid", "task", "billing", "high", "customer", "a@b.example"),
  fc.constantFrom(
    "",
    " ",
    "\\N",
    "\\.",
    "\\",
    "\\\\",
    "\\t",
    "\t",
    "\n",
    "\r\n",
    "\0",
    '"',
    "'",
    ",",
    "NaN",
    "-1",
    "1e9",
  ),
  fc.constantFrom(
    "99999999999999999999",
    "infinity",
    "epoch",
    "now",
    "{}",
    "$1",
    "%s",
    "é",
    "🌊",
    "\u2028",
    "x".repeat(300),
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** A file of some canonical kind: the columns it must have and some others, in any order; values anything. */
const file = fc.nat(FILE_SPECS.length - 1).chain((index) => {
  const { columns } = specOf(index);
  const optional = [...columns.filter((column) => !column.required).map(({ name }) => name), "recorded_at"];
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  return fc.record({
    index: fc.constant(index),
    header: fc
      .subarray(optional)
      .chain((some) => fc.shuffledSubarray([...required, ...some], { minLength: required.length + some.length })),
    rows: fc.array(fc.array(value, { minLength: WIDTH_MAX, maxLength: WIDTH_MAX }), { minLength: 1, maxLength: 30 }),
  });
});

const WIDTH_MAX = 1 + Math.max(...FILE_SPECS.map(({ columns }) => columns.length));
const specOf = (index: number) => FILE_SPECS[index] as FileSpec;
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (fields: readonly string[]) => `${fields.map(quoted).join(",")}\n`;

/** Rows of the kind that the file takes, so that the generated ones stand between good ones. */
const GOOD: Readonly<Record<string, string>> = {
  customer_id: "c1",
  event_id: "e",
  name: "One",
  signed_up_at: "2025-01-10",
  occurred_at: "2026-02-01T00:00:00Z",
  subscription_id: "s",
  day: "2026-02-01",
  user_id: "u",
  ticket_id: "t",
  invoice_id: "i",
  amount_cents: "5",
  currency: "USD",
  contact_id: "k",
  full_name: "Ann",
};
const KINDS: Readonly<Record<string, string>> = {
  "subscription_events.csv": "end",
  "usage_events.csv": "task",
  "tickets.csv": "responded",
  "payments.csv": "paid",
};

const sum = (report: ImportReport, of: (counts: ImportReport["files"][number]) => number) =>
  report.files.reduce((total, counts) => total + of(counts), 0);

/** Every text that is stored stood in the file as it is: nothing was read as a sign of COPY's, cut or joined. */
async function expectNothingInvented(spec: FileSpec, fields: readonly string[]): Promise<void> {
  const { kind } = spec.merge;
  const table = {
    facts: "",
    customers: "customer_version",
    usage: "usage_daily",
    "usage-events": "usage_event",
    contacts: "contact",
  };
  const from = spec.merge.kind === "facts" ? spec.merge.table : table[kind];
  const texts = spec.columns.filter(({ column, reader }) => reader.type === "text" && !NOT_AS_IT_STOOD.has(column));
  const trimmed = fields.map((field) => field.trim());
  const known = new Set(["One", "Two", "c1", "c2", ...trimmed, ...trimmed.map((text) => text.toLowerCase())]);
  for (const { column, whenEmpty } of texts) {
    const { rows } = await pool().query<{ text: string }>(
      `SELECT DISTINCT "${column}" AS text FROM ${from} WHERE "${column}" IS NOT NULL`,
    );
    for (const { text } of rows) if (text !== whenEmpty) expect(known, `${from}.${column}`).toContain(text);
  }
  const { rows: ids } = await pool().query<{ text: string | null }>(
    "SELECT source_id AS text FROM customer UNION SELECT customer_source_id FROM waiting_row",
  );
  for (const { text } of ids) expect(known, "customers").toContain(text);
}

/** Found by joining, set aside or hashed. */
const NOT_AS_IT_STOOD = new Set(["customer_source_id", "owner_email", "user_key"]);

async function count(table: string): Promise<number> {
  return (await pool().query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count ?? 0;
}

it(
  "whatever stands in a file, each of its rows is taken, waits or is in quarantine, and the good one between them is taken",
  async () => {
    await fc.assert(
      fc.asyncProperty(file, async ({ index, header, rows }) => {
        const spec = specOf(index);
        const good = header.map((name) => (name === "kind" ? (KINDS[spec.file] as string) : (GOOD[name] ?? "")));
        const lines = rows.map((row) => line(row.slice(0, header.length)));
        lines.splice(Math.floor(lines.length / 2), 0, line(good));
        writeFileSync(path.join(folder, "customers.csv"), CUSTOMERS);
        writeFileSync(path.join(folder, spec.file), line(header) + lines.join(""));
        try {
          const report = await importDirectory({
            directory: folder,
            historical: false,
            actor: { id: null, label: "test" },
            now: NOW,
            salt: "x",
          });
          // Blank lines aside, every record is read once.
          expect(report.files.find((counts) => counts.file === spec.file)?.rowsRead).toBe(
            lines.filter((text) => text !== "\n").length,
          );
          expect(sum(report, (counts) => counts.rowsSame)).toBeGreaterThanOrEqual(0);
          expect(
            sum(
              report,
              (c) => c.rowsNew + c.rowsVersion + c.rowsSame + c.rowsBad + c.rowsWaiting - c.rowsRead - c.rowsArrived,
            ),
          ).toBe(0);
          expect(sum(report, (c) => c.rowsNew + c.rowsVersion + c.rowsSame)).toBeGreaterThanOrEqual(1);
          await expectNothingInvented(spec, [...rows.flat(), ...good]);
          expect(await count("quarantined_row")).toBeGreaterThanOrEqual(sum(report, (c) => c.rowsBad));
          expect(await count("waiting_row")).toBeLessThanOrEqual(sum(report, (c) => c.rowsWaiting));
        } finally {
          rmSync(path.join(folder, spec.file), { force: true });
          await pool().query(
            `TRUNCATE customer, customer_version, customer_owner, subscription_event, usage_event, usage_daily, ticket_event,
               payment_event, contact, quarantined_row, waiting_row, import_file, import_run RESTART IDENTITY CASCADE`,
          );
        }
      }),
      { numRuns: RUNS },
    );
  },
  TEST_MS,
);
