import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { Trace } from "./policy";

/** What stands in place of the text of a row that told of somebody. */
const WITHHELD = "(personal data, not kept)";
const REPLACED = "[erased]";

/** Texts that a program wrote about its work, which may quote a value. */
const MESSAGES: readonly { table: string; column: string; json: boolean }[] = [
  { table: "import_run", column: "error", json: false },
  { table: "import_delivery", column: "error", json: false },
  { table: "import_delivery", column: "check", json: true },
  { table: "job_run", column: "error", json: false },
  { table: "job_run", column: "payload", json: true },
  { table: "job_run", column: "progress", json: true },
  { table: "job_run", column: "result", json: true },
];

/** The salt of all marks, made with the first. */
export async function findSalt(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ salt: string }>(
    "SELECT coalesce((SELECT salt FROM erased_mark LIMIT 1), gen_random_uuid()::text) AS salt",
  );
  return (rows[0] as { salt: string }).salt;
}

export async function insertMarks(
  client: PoolClient,
  args: { salt: string; marks: readonly { kind: "email" | "contact_id" | "text"; digest: string }[] },
): Promise<void> {
  await client.query(
    `INSERT INTO erased_mark (kind, digest, salt) SELECT kind, digest, $3 FROM unnest($1::text[], $2::text[]) AS m(kind, digest)
     ON CONFLICT DO NOTHING`,
    [args.marks.map((mark) => mark.kind), args.marks.map((mark) => mark.digest), args.salt],
  );
}

/** Whether somebody else who is not erased is reached under the address: then it is a shared one and says nothing of a person. */
export async function isSharedAddress(
  client: PoolClient,
  args: { email: string; contactId: number },
): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM contact WHERE email = $1 AND id <> $2 AND erased_at IS NULL LIMIT 1",
    [args.email, args.contactId],
  );
  return (rowCount ?? 0) > 0;
}

/** Replaces who a contact is; its number stays, and the source's id unless `sourceId` replaces it. */
export async function eraseContactRow(
  client: PoolClient,
  args: { id: number; sourceId: string | null },
): Promise<void> {
  await client.query(
    `UPDATE contact SET full_name = 'Erased contact ' || id, email = NULL, phone = NULL, job_title = NULL, content_hash = '',
       source_id = coalesce($2, source_id), erased_at = now() WHERE id = $1`,
    [args.id, args.sourceId],
  );
}

/** Replaces who a customer is, in all its versions; a content hash goes too, as a name can be guessed and compared. */
export async function eraseCustomerRows(client: PoolClient, customerId: number): Promise<number> {
  await client.query("UPDATE customer SET erased_at = now() WHERE id = $1", [customerId]);
  const { rowCount } = await client.query(
    `UPDATE customer_version SET name = 'Erased customer ' || customer_id, account_group = NULL, segment = NULL, industry = NULL,
       country = NULL, content_hash = '' WHERE customer_id = $1`,
    [customerId],
  );
  return rowCount ?? 0;
}

/** Takes the text of quarantined and of waiting rows that tell of somebody; file, line, column and reason stay. @returns how many */
export async function withholdQuarantined(client: PoolClient, traces: readonly Trace[]): Promise<number> {
  if (traces.length === 0) return 0;
  const withhold = (table: string) =>
    client.query(
      `UPDATE ${table} q SET complete = false, raw = '${WITHHELD}', value = CASE WHEN q.value IS NOT NULL THEN '${WITHHELD}' END
       WHERE ${mentions("q.raw")} OR ${mentions("q.value")}`,
      parameters(traces),
    );
  // Rows that wait for their customer become quarantined ones where it does not come.
  const waiting = await withhold("waiting_row");
  const quarantined = await withhold("quarantined_row");
  return (waiting.rowCount ?? 0) + (quarantined.rowCount ?? 0);
}

/** How many quarantined rows tell of somebody. */
export async function countQuarantined(traces: readonly Trace[]): Promise<number> {
  if (traces.length === 0) return 0;
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM quarantined_row q WHERE ${mentions("q.raw")} OR ${mentions("q.value")}`,
    parameters(traces),
  );
  return rows[0]?.count ?? 0;
}

/** Quarantined rows that tell of somebody, as one set for the export. */
export function quarantinedSql(traces: readonly Trace[]): { sql: string; parameters: unknown[] } {
  return {
    sql: `SELECT q.* FROM quarantined_row q WHERE ${mentions("q.raw")} OR ${mentions("q.value")} ORDER BY q.id`,
    parameters: parameters(traces),
  };
}

/** Takes traces out of the messages of imports and jobs. @returns how many messages held one */
export async function replaceInMessages(client: PoolClient, traces: readonly Trace[]): Promise<number> {
  const patterns = traces.filter((trace) => trace.match === "anywhere").map((trace) => escapePattern(trace.text));
  if (patterns.length === 0) return 0;
  let replaced = 0;
  for (const { table, column, json } of MESSAGES) {
    const [text, cast] = json ? [`"${column}"::text`, "::jsonb"] : [`"${column}"`, ""];
    const { rowCount } = await client.query(
      `UPDATE ${table} SET "${column}" = regexp_replace(${text}, $1, '${REPLACED}', 'gi')${cast} WHERE ${text} ~* $1`,
      [patterns.join("|")],
    );
    replaced += rowCount ?? 0;
  }
  return replaced;
}

/** $1: texts that tell wherever they stand; $2: texts that tell as a whole field only. */
function mentions(column: string): string {
  return `(EXISTS (SELECT FROM unnest($1::text[]) t WHERE position(lower(t) IN lower(${column})) > 0)
    OR EXISTS (SELECT FROM regexp_split_to_table(lower(${column}), '[",;|\\t\\n\\r]+') f JOIN unnest($2::text[]) t ON trim(f) = lower(t)))`;
}

function parameters(traces: readonly Trace[]): [string[], string[]] {
  const of = (match: Trace["match"]) => traces.filter((trace) => trace.match === match).map((trace) => trace.text);
  return [of("anywhere"), of("field")];
}

function escapePattern(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
}
