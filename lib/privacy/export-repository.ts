import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import { quarantinedSql } from "./erasure-repository";
import type { Trace } from "./policy";

/** Rows of one kind that an export holds: one SQL statement with its parameters. */
export type Section = { readonly name: string; readonly sql: string; readonly parameters: readonly unknown[] };

const ROWS_AT_ONCE = 1_000;
/** A reader who stops reading loses the connection after this long, instead of holding it for ever. */
const IDLE_MS_MAX = 60_000;

/**
 * The rows of the sections as the database has them at one moment, some at a time, so that their number does not matter.
 * Hashes of contents are left out, as they tell nothing to a reader.
 */
export async function* readSections(
  sections: readonly Section[],
): AsyncGenerator<{ section: string; rows: unknown[] }> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // The server may end the connection while nobody reads.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS_MAX}`);
    for (const section of sections) yield* readSection(client, section);
  } finally {
    await client.query("ROLLBACK").catch(onError);
    client.off("error", onError);
    client.release(broken);
  }
}

async function* readSection(client: PoolClient, { name, sql, parameters }: Section) {
  await client.query(`DECLARE part NO SCROLL CURSOR FOR SELECT to_jsonb(t) - 'content_hash' AS row FROM (${sql}) t`, [
    ...parameters,
  ]);
  for (;;) {
    const { rows } = await client.query<{ row: unknown }>(`FETCH ${ROWS_AT_ONCE} FROM part`);
    yield { section: name, rows: rows.map(({ row }) => row) };
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query("CLOSE part");
}

/** Numbers that are stored as a list, with the names of their columns. */
const NAMED: Readonly<Record<string, string>> = {
  feature_row: `SELECT t.as_of, t.customer_id, v.name AS view, v.version AS view_version, t.mrr_cents, t.peer_group,
      (SELECT jsonb_object_agg(c.value ->> 'name', t.values[c.ordinality]) FROM jsonb_array_elements(v.columns) WITH ORDINALITY c) AS values
    FROM feature_row t JOIN feature_view v ON v.id = t.view_id WHERE t.customer_id = $1 ORDER BY t.as_of`,
  prediction: `SELECT t.as_of, t.customer_id, t.scoring_run_id, t.probability, t.probability_rank, t.margin, t.bias, t.listing, t.band,
      t.mrr_cents, t.priority_cents, t.peer_group, t.reasons, m.number AS model,
      (SELECT jsonb_object_agg(c.name, t.contributions[c.ordinality]) FROM unnest(m.columns) WITH ORDINALITY c(name)) AS contributions
    FROM prediction t JOIN scoring_run r ON r.id = t.scoring_run_id JOIN model_version m ON m.id = r.model_version_id
    WHERE t.customer_id = $1 ORDER BY t.as_of`,
};

/** All that is known of a customer: its own row, its rows in `tables`, rows set aside that tell of it, and who looked. */
export function customerSections(args: {
  customerId: number;
  tables: readonly string[];
  traces: readonly Trace[];
}): Section[] {
  const parameters = [args.customerId];
  return [
    { name: "customer", sql: "SELECT * FROM customer WHERE id = $1", parameters },
    ...args.tables.map((table) => ({
      name: table,
      sql: NAMED[table] ?? `SELECT * FROM "${table}" WHERE customer_id = $1`,
      parameters,
    })),
    quarantinedSection(args.traces),
    {
      name: "audit_event",
      sql: `${AUDIT} WHERE (subject_type = 'customer' AND subject_id = $1::int::text)
        OR (subject_type = 'contact' AND subject_id IN (SELECT id::text FROM contact WHERE customer_id = $1)) ORDER BY seq`,
      parameters,
    },
  ];
}

/** All that is known of a person; `userKeys` is what may stand for them in usage events. */
export function contactSections(args: {
  contactId: number;
  traces: readonly Trace[];
  userKeys: readonly string[];
}): Section[] {
  const parameters = [args.contactId];
  return [
    { name: "contact", sql: "SELECT * FROM contact WHERE id = $1", parameters },
    {
      name: "usage_event",
      sql: `SELECT e.* FROM usage_event e JOIN contact p ON p.customer_id = e.customer_id
        WHERE p.id = $1 AND e.user_key = ANY($2::text[]) ORDER BY e.occurred_at`,
      parameters: [...parameters, args.userKeys],
    },
    quarantinedSection(args.traces),
    {
      name: "audit_event",
      sql: `${AUDIT} WHERE subject_type = 'contact' AND subject_id = $1::int::text ORDER BY seq`,
      parameters,
    },
  ];
}

/** Without who did it: users of this installation are other people. */
const AUDIT = "SELECT seq, at, action, subject_type, subject_id, detail FROM audit_event";

function quarantinedSection(traces: readonly Trace[]): Section {
  return { name: "quarantined_row", ...quarantinedSql(traces) };
}
