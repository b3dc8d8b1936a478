import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";

export type Actor = { readonly id: number | null; readonly label: string };

export type AuditEntry = {
  actor: Actor;
  /** noun.verb, such as model.promote */
  action: string;
  subjectType: string;
  subjectId: string;
  detail?: Record<string, unknown>;
};

/** Appends one event; a trigger seals it into the chain. */
export async function insertAuditEvent(entry: AuditEntry, client?: PoolClient): Promise<void> {
  await (client ?? pool()).query(
    "INSERT INTO audit_event (actor_id, actor_label, action, subject_type, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6)",
    [
      entry.actor.id,
      entry.actor.label,
      entry.action,
      entry.subjectType,
      entry.subjectId,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

/** seq of the first event that does not fit the chain, null where it is whole. */
export async function findFirstBrokenSeq(): Promise<number | null> {
  const { rows } = await pool().query<{ seq: string | null }>("SELECT audit_first_broken_seq() AS seq");
  const seq = rows[0]?.seq;
  return seq == null ? null : Number(seq);
}
