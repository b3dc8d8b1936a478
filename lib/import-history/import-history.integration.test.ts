import { beforeAll, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { countReasons, exportQuarantined, getImport, listImports, listQuarantined } from "./service";

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

test("an import says for whom its rows wait still, those of most rows first", async () => {
  expect((await getImport(1))?.stillWaiting).toEqual({ rows: 0, customers: 0, first: [] });
  await pool().query(`
    INSERT INTO waiting_row (import_id, target, file, line, customer_source_id, staged, digest, raw, received_at)
    SELECT import_id, 'usage.csv', 'usage.csv', n, 'c' || n % 7, '{}', import_id || '-' || n, 'raw', now()
    FROM generate_series(1, 15) AS n, (VALUES (1), (2)) i (import_id)`);
  expect((await getImport(1))?.stillWaiting).toEqual({
    rows: 15,
    customers: 7,
    first: ["c1", "c0", "c2", "c3", "c4"],
  });
});

test("the quarantine is paged by file and line, and holds no other import's rows", async () => {
  const places: string[] = [];
  let after: number | null = null;
  do {
    const page = await listQuarantined({ filter: { importId: 1 }, after, limit: 5 });
    places.push(...page.entries.map((entry) => `${entry.file}:${entry.line}`));
    after = page.next;
  } while (after !== null);
  const lines = [2, 3, 4, 5, 6, 7];
  expect(places).toEqual([...lines.map((line) => `tickets.csv:${line}`), ...lines.map((line) => `usage.csv:${line}`)]);
});

test("the quarantine of all imports comes newest first, and every part of a filter narrows it", async () => {
  const all = await listQuarantined({ filter: {}, after: null, limit: 50 });
  expect(all.entries.map((entry) => entry.importId)).toEqual([3, ...Array(12).fill(1)]);
  const second = await listQuarantined({ filter: {}, after: all.entries[0]?.id ?? null, limit: 1 });
  expect(second.entries[0]).toMatchObject({ importId: 1, file: "tickets.csv", line: 2 });
  const lines = async (filter: object) =>
    (await listQuarantined({ filter, after: null, limit: 50 })).entries.map((entry) => entry.line);
  expect(await lines({ file: "tickets.csv", reason: "negative" })).toEqual([5, 6, 7]);
  expect(await lines({ column: "-" })).toEqual([2]);
  expect(await lines({ source: "other" })).toEqual([]);
  expect(await countReasons({ column: "sessions", file: "usage.csv" })).toHaveLength(2);
});

test("an export holds what the filter lets through, over the ends of its pages, and is audited", async () => {
  const actor = { id: null, label: "test" };
  const filter = { importId: 1, reason: "negative" };
  const text = await new Response(await exportQuarantined({ filter, actor, pageRows: 4 })).text();
  const lines = text.trimEnd().split("\r\n");
  expect(lines[0]).toBe("import,source,file,line,column,value,reason,row");
  expect(lines.slice(1).map((line) => line.split(",")[3])).toEqual(["5", "6", "7", "5", "6", "7"]);
  expect(lines[1]).toBe("1,csv,tickets.csv,5,sessions,-1,negative,raw");
  const { rows } = await pool().query("SELECT detail FROM audit_event WHERE action = 'quarantine.export'");
  expect(rows).toEqual([{ detail: filter }]);
});
