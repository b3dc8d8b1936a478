import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { findMapping } from "@/lib/ingest/mapping/service";
import type { DeliveredFile } from "./contract";
import { contentHash } from "./policy";
import { findNewestLike, lockSource, updateComplete } from "./repository";

/**
 * All files of a delivery are in its folder: it waits for what comes next from now on. Where the newest delivery of the source
 * with one of these files says the same, that one is meant, and this one stays as it is for the caller to drop. Of two that say
 * the same and are completed at the same time one waits for the other.
 * @returns the delivery that holds the content
 */
export async function completeDelivery(args: {
  id: string;
  source: string;
  historical: boolean;
  files: readonly DeliveredFile[];
  /** received: a person decides about it after its check; queued: it is imported without */
  status: "received" | "queued";
  actor: Actor;
}): Promise<{ id: string; repeated: boolean }> {
  const { id, source, files, status, actor } = args;
  const hash = contentHash(args);
  const mappingId = (await findMapping(source))?.id ?? null;
  const twin = await inTransaction(async (client) => {
    await lockSource(client, source);
    const names = files.map((file) => file.name);
    const newest = await findNewestLike(client, {
      id,
      source,
      names,
      contentHash: hash,
      mappingId,
      undecided: status === "received",
    });
    if (newest?.same) return newest.id;
    if (!(await updateComplete(client, { id, files, contentHash: hash, status })))
      throw new Error(`delivery ${id} was discarded while it was received`);
    const detail = { source, files: files.map(({ name, bytes }) => ({ name, bytes })) };
    await recordAudit({ actor, action: "delivery.receive", subjectType: "delivery", subjectId: id, detail }, client);
    return null;
  });
  return { id: twin ?? id, repeated: twin !== null };
}
