import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { Actor, AuditEventSummary } from "./contract";

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

/** Events newest first, from below `beforeSeq` where given. */
export async function findAuditEvents(args: { beforeSeq: number | null; limit: number }): Promise<AuditEventSummary[]> {
  const { rows } = await pool().query<{
    seq: string;
    at: Date;
    actor_label: string;
    action: string;
    subject_type: string;
    subject_id: string;
    detail: Record<string, unknown>;
  }>(
    `SELECT seq, at, actor_label, action, subject_type, subject_id, detail FROM audit_event
     WHERE $1::bigint IS NULL OR seq < $1 ORDER BY seq DESC LIMIT $2`,
    [args.beforeSeq, args.limit],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: row.at.toISOString(),
    actorLabel: row.actor_label,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    detail: row.detail,
  }));
}
