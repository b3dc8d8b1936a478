import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { Subject } from "./contract";

export type ContactRecord = {
  id: number;
  customerId: number;
  sourceId: string;
  fullName: string;
  email: string | null;
  phone: string | null;
  jobTitle: string | null;
  erasedAt: Date | null;
};

export type CustomerRecord = {
  id: number;
  sourceId: string;
  /** of the newest version */
  name: string;
  /** of all versions */
  names: string[];
  accountGroups: string[];
  segments: string[];
  industries: string[];
  countries: string[];
  erasedAt: Date | null;
};

export type HitRecord = {
  kind: Subject["kind"];
  id: number;
  name: string;
  email: string | null;
  customerName: string;
  sourceId: string;
  erasedAt: Date | null;
};

type Queryable = Pick<PoolClient, "query">;

const NEWEST_NAME =
  "(SELECT v.name FROM customer_version v WHERE v.customer_id = c.id ORDER BY v.version DESC LIMIT 1)";

/** Contacts and customers with the text in a name, an address or a number, or as the source's id; customers under any name they had. */
export async function findHits(text: string, limit: number): Promise<HitRecord[]> {
  const { rows } = await pool().query<HitRecord>(
    `SELECT * FROM (
       SELECT 'contact' AS kind, p.id, p.full_name AS name, p.email, ${NEWEST_NAME} AS "customerName", p.source_id AS "sourceId", p.erased_at AS "erasedAt"
       FROM contact p JOIN customer c ON c.id = p.customer_id
       WHERE p.source_id = $1 OR p.full_name ILIKE $2 OR p.email ILIKE $2 OR p.phone ILIKE $2
       UNION ALL
       SELECT 'customer', c.id, ${NEWEST_NAME}, NULL, ${NEWEST_NAME}, c.source_id, c.erased_at
       FROM customer c
       WHERE c.source_id = $1 OR EXISTS (SELECT FROM customer_version v WHERE v.customer_id = c.id AND v.name ILIKE $2)
     ) hit ORDER BY "erasedAt" IS NOT NULL, kind DESC, lower(name), id LIMIT $3`,
    [text, `%${text.replace(/[\\%_]/g, "\\$&")}%`, limit],
  );
  return rows;
}

export async function findContact(id: number, client: Queryable = pool()): Promise<ContactRecord | null> {
  const { rows } = await client.query<ContactRecord>(`${CONTACT} WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** The people at a customer that are not erased. */
export async function findContactsOf(customerId: number, client: Queryable = pool()): Promise<ContactRecord[]> {
  const { rows } = await client.query<ContactRecord>(
    `${CONTACT} WHERE customer_id = $1 AND erased_at IS NULL ORDER BY id`,
    [customerId],
  );
  return rows;
}

const CONTACT = `SELECT id, customer_id AS "customerId", source_id AS "sourceId", full_name AS "fullName", email, phone,
  job_title AS "jobTitle", erased_at AS "erasedAt" FROM contact`;

export async function findCustomer(id: number, client: Queryable = pool()): Promise<CustomerRecord | null> {
  const { rows } = await client.query<CustomerRecord>(
    `SELECT c.id, c.source_id AS "sourceId", ${NEWEST_NAME} AS name, c.erased_at AS "erasedAt",
       array_agg(DISTINCT v.name) AS names,
       coalesce(array_agg(DISTINCT v.account_group) FILTER (WHERE v.account_group IS NOT NULL), '{}') AS "accountGroups",
       coalesce(array_agg(DISTINCT v.segment) FILTER (WHERE v.segment IS NOT NULL), '{}') AS segments,
       coalesce(array_agg(DISTINCT v.industry) FILTER (WHERE v.industry IS NOT NULL), '{}') AS industries,
       coalesce(array_agg(DISTINCT v.country) FILTER (WHERE v.country IS NOT NULL), '{}') AS countries
     FROM customer c JOIN customer_version v ON v.customer_id = c.id WHERE c.id = $1 GROUP BY c.id`,
    [id],
  );
  return rows[0] ?? null;
}

/** Where tables hold what is about a customer, beside the customer itself: by the catalog, so that no table is forgotten. */
export async function findCustomerTables(client: Queryable = pool()): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'customer_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`,
  );
  return rows.map((row) => row.name);
}

/** Entries of the audit about a contact or a customer. */
export async function countAudit(subject: Subject): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM audit_event WHERE subject_type = $1 AND subject_id = $2",
    [subject.kind, String(subject.id)],
  );
  return rows[0]?.count ?? 0;
}

/** Usage events of a contact's customer under any of the hashes. */
export async function countUsageEvents(args: { customerId: number; userKeys: readonly string[] }): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM usage_event WHERE customer_id = $1 AND user_key = ANY($2::text[])",
    [args.customerId, args.userKeys],
  );
  return rows[0]?.count ?? 0;
}

/** Rows of a customer in each of the tables, in their order. */
export async function countCustomerRows(args: { customerId: number; tables: readonly string[] }): Promise<number[]> {
  const counts = args.tables.map((table) => `(SELECT count(*)::int FROM "${table}" WHERE customer_id = $1)`);
  const { rows } = await pool().query<{ counts: number[] }>(`SELECT ARRAY[${counts.join(", ")}]::int[] AS counts`, [
    args.customerId,
  ]);
  return rows[0]?.counts ?? [];
}
