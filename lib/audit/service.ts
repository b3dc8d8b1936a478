import type { PoolClient } from "pg";
import type { AuditEventSummary } from "./contract";
import { type AuditEntry, findAuditEvents, findFirstBrokenSeq, insertAuditEvent } from "./repository";

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

/** A page of events, newest first; `next` is the `beforeSeq` of the page after it, null at the end. */
export async function listAuditEvents(args: {
  beforeSeq: number | null;
  limit: number;
}): Promise<{ events: AuditEventSummary[]; next: number | null }> {
  const found = await findAuditEvents({ beforeSeq: args.beforeSeq, limit: args.limit + 1 });
  const events = found.slice(0, args.limit);
  return { events, next: found.length > args.limit ? (events.at(-1)?.seq ?? null) : null };
}
