import { beforeAll, expect, it } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { BASE_COLUMNS, ROW_COLUMNS } from "./base-columns";
import { startBinding } from "./binding";
import { getColumnUse } from "./column-use-service";
import { SOURCE_COLUMNS, type SourceName } from "./definitions/expression";
import { POSTGRES_SOURCES } from "./postgres-sources";
import { READABLE_COLUMNS } from "./role";

beforeAll(async () => {
  await createTestDatabase();
});

it("every column of every table that tells of customers feeds predictions or never does, and a reason is stated", async () => {
  const { fed, never, undecided } = await getColumnUse();
  expect(undecided).toEqual([]);
  const granted = Object.entries(READABLE_COLUMNS)
    .filter(([table]) => table !== "feature_row")
    .flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`));
  expect(fed.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(granted.toSorted());
  const closed = never.map(({ table, column }) => `${table}.${column}`);
  for (const column of [
    "contact.email",
    "contact.full_name",
    "customer_version.name",
    "usage_event.user_key",
    "quarantined_row.raw",
  ])
    expect(closed).toContain(column);
});

it("a new column is undecided until somebody says what it is for", async () => {
  await pool().query("ALTER TABLE ticket_event ADD COLUMN subject text");
  try {
    expect((await getColumnUse()).undecided).toEqual([{ table: "ticket_event", column: "subject" }]);
  } finally {
    await pool().query("ALTER TABLE ticket_event DROP COLUMN subject");
  }
});

it("a new table of customers is undecided until somebody says what it is for", async () => {
  await pool().query("CREATE TABLE survey_answer (customer_id int, comment text)");
  try {
    expect((await getColumnUse()).undecided.map(({ table }) => table)).toEqual(["survey_answer", "survey_answer"]);
  } finally {
    await pool().query("DROP TABLE survey_answer");
  }
});

// Postgres notes for a view which columns its text reads.
it.each(Object.keys(SOURCE_COLUMNS) as SourceName[])(
  "the SQL of %s reads the columns that are stated for it",
  async (source) => {
    const { bind } = startBinding();
    const columns = new Set(Object.keys(SOURCE_COLUMNS[source]));
    const sql = POSTGRES_SOURCES[source]({ bind, days: 28, columns }).replaceAll(/\$\d+(::\w+)?/g, "NULL");
    await pool().query(`CREATE VIEW source_of_test AS ${sql}`);
    try {
      const { rows } = await pool().query<{ table: string; column: string }>(
        `SELECT DISTINCT c.relname AS "table", a.attname AS "column" FROM pg_depend d
       JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass AND r.ev_class = 'source_of_test'::regclass
       JOIN pg_class c ON c.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass AND c.relname <> 'source_of_test'
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0`,
      );
      const { table, columns: base } = BASE_COLUMNS[source];
      expect(new Set(rows.map((row) => row.table))).toEqual(new Set([table]));
      const read = rows.map((row) => row.column).filter((column) => !(column in ROW_COLUMNS));
      expect(new Set(read)).toEqual(
        new Set([
          ...Object.values<readonly string[]>(base).flat(),
          ...read.filter((column) => column === "occurred_at" || column === "day"),
        ]),
      );
    } finally {
      await pool().query("DROP VIEW source_of_test");
    }
  },
);
