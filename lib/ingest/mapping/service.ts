import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError } from "@/lib/http/domain-error";
import type { Mapping, SavedMapping } from "./contract";
import { parseMapping } from "./parse-mapping";
import { findNewestMapping, findNewestMappings, insertMapping, lockMappings } from "./repository";

/**
 * Keeps a mapping as a new version of its source's, where it differs from the newest; otherwise gives that one. The caller
 * has checked the permission.
 * @throws ImportError naming the place where the mapping cannot be meant so; DomainError conflict where another one was
 *   saved since `basedOn`.
 */
export async function saveMapping(args: {
  mapping: Mapping;
  /** The version that the change was made from, 0 where there was none; without it whichever is the newest. */
  basedOn?: number;
  actor: { readonly id: number | null; readonly label: string };
}): Promise<SavedMapping> {
  const mapping = parseMapping(args.mapping);
  return inTransaction(async (client) => {
    await lockMappings(client);
    const newest = await findNewestMapping(mapping.source, client);
    if (newest !== null && canonicalJson(newest.mapping) === canonicalJson(mapping)) return newest;
    const newestVersion = newest?.version ?? 0;
    if (args.basedOn !== undefined && args.basedOn !== newestVersion)
      throw savedMeanwhile(mapping.source, newestVersion);
    const version = newestVersion + 1;
    const saved = await insertMapping(client, { mapping, version, createdBy: args.actor.id });
    await recordAudit(
      {
        actor: args.actor,
        action: "mapping.save",
        subjectType: "mapping",
        subjectId: mapping.source,
        detail: { id: saved.id, version, files: mapping.files.map(({ name }) => name) },
      },
      client,
    );
    return saved;
  });
}

/** The newest saved mapping of a source; null where none was saved. */
export async function findMapping(source: string): Promise<SavedMapping | null> {
  return findNewestMapping(source);
}

/** The newest saved mapping of each source, by source. */
export async function listMappings(): Promise<SavedMapping[]> {
  return findNewestMappings();
}

function savedMeanwhile(source: string, version: number): DomainError {
  return new DomainError(
    "conflict",
    `Somebody else has saved version ${version} of the mapping of ${source} since you opened it. Keep yours as JSON, look at theirs, then repeat your change.`,
  );
}

/** JSON that is the same whatever the order of keys: the database keeps none. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
