import { beforeAll, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { getImport, listImports, listQuarantined } from "./service";

beforeAll(async () => {
  await createTestDatabase();
  await pool().query(`
    INSERT INTO import_run (source, origin, historical, status, error) VALUES
      ('csv', '/data/a', true, 'succeeded', NULL), ('csv', '/data/b', false, 'failed', 'no kind column'),
      ('csv', '/data/c', false, 'succeeded', NULL);
    INSERT INTO import_file (import_id, file, bytes, rows_read, rows_new, rows_bad, first_at, last_at) VALUES
      (1, 'usage.csv', 5000000000, 100, 90, 7, '2026-01-05', '2026-02-01'), (1, 'customers.csv', 10, 5, 5, 0, NULL, NULL);
    -- Quarantined in an order that is not that of the lines.
    INSERT INTO quarantined_row (import_id, file, line, "column", value, reason, raw)
    SELECT 1, file, line, 'sessions', '-1', CASE WHEN line > 4 THEN 'negative' ELSE 'not a number' END, 'raw'
    FROM (VALUES ('usage.csv'), ('tickets.csv')) f (file), generate_series(7, 2, -1) AS line;
    INSERT INTO quarantined_row (import_id, file, line, reason, raw) VALUES (3, 'usage.csv', 2, 'other import', 'raw')`);
});

test("imports come newest first and in pages that neither overlap nor leave out", async () => {
  const first = await listImports({ before: null, limit: 2 });
  const second = await listImports({ before: first.next, limit: 2 });
  expect([...first.imports, ...second.imports].map((run) => run.id)).toEqual([3, 2, 1]);
  expect(second.next).toBeNull();
  expect(second.imports[0]).toMatchObject({ files: 2, rowsRead: 105, rowsNew: 95, rowsBad: 7, historical: true });
  expect(first.imports[1]).toMatchObject({ status: "failed", error: "no kind column", files: 0, rowsRead: 0 });
});

test("an import has its files and its reasons, most frequent first", async () => {
  const detail = await getImport(1);
  expect(detail?.fileReports.map((file) => [file.file, file.bytes, file.firstAt])).toEqual([
    ["customers.csv", 10, null],
    ["usage.csv", 5_000_000_000, "2026-01-05T00:00:00.000Z"],
  ]);
  expect(detail?.reasons).toHaveLength(4);
  expect(detail?.reasons[0]?.count).toBe(3);
  expect(await getImport(99)).toBeNull();
});

test("the quarantine is paged by file and line, and holds no other import's rows", async () => {
  const places: string[] = [];
  let after: number | null = null;
  do {
    const page = await listQuarantined({ importId: 1, after, limit: 5 });
    places.push(...page.entries.map((entry) => `${entry.file}:${entry.line}`));
    after = page.next;
  } while (after !== null);
  const lines = [2, 3, 4, 5, 6, 7];
  expect(places).toEqual([...lines.map((line) => `tickets.csv:${line}`), ...lines.map((line) => `usage.csv:${line}`)]);
});
