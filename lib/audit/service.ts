import type { PoolClient } from "pg";
import { type AuditEntry, findFirstBrokenSeq, insertAuditEvent } from "./repository";

/** Whom the audit names when the product itself acts. */
export const SYSTEM_ACTOR = { id: null, label: "system" } as const;

/** Writes one audit event; inside the transaction of `client` where given, so that act and record stand or fall together. */
export async function recordAudit(entry: AuditEntry, client?: PoolClient): Promise<void> {
  await insertAuditEvent(entry, client);
}

/** Checks the hash chain. @returns the seq of the first event that was changed, removed or inserted; null where whole. */
export async function firstBrokenAuditSeq(): Promise<number | null> {
  return findFirstBrokenSeq();
}
