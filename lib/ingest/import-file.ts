import type { Zone } from "@/lib/calendar/weeks";
import type { BadRow, ImportFileReport } from "./contract";
import type { CustomerNaming } from "./feed";
import { mergeFile } from "./merge/merge-file";
import { nameCustomers } from "./merge/name-customers";
import { countUnlikelySql, FIND_COVERAGE, isAboutSubscriptionTime } from "./merge/unlikely-sql";
import { countStaged, dropStaging, execute, summarizeStaged } from "./repository";
import { setRejectedAside } from "./set-rejected-aside";
import { type StageArgs, type Staged, stageFile } from "./stage-file";

export type ImportedFile = {
  report: Omit<ImportFileReport, "bytes" | "sha256">;
  /** What its feeds read. */
  reads: Staged["reads"];
  /** Quarantined rows and fields by reason, and the first of them. */
  reasons: ReadonlyMap<string, number>;
  samples: readonly BadRow[];
};

/** Stages and merges what makes one canonical file, inside the import's transaction. */
export async function importFile(
  args: StageArgs & {
    latestAt: Date | null;
    waitingDays: number | null;
    importedBy: number | null;
    onMerge?: (rows: number) => void;
  },
): Promise<ImportedFile> {
  const startedAt = performance.now();
  const { client, spec, signal } = args;
  const staged = await stageFile(args);
  signal?.throwIfAborted();
  args.onMerge?.(staged.rowsMade);
  for (const { naming, feeds } of namingsOf(staged)) await nameCustomers({ ...args, naming, feeds });
  const merged = await mergeFile(args);
  const rowsWaiting = await setRejectedAside(args, staged);
  const summary = await summarizeStaged(client, occurredAtSql(args));
  const unlikely = await countUnlikely(args);
  await dropStaging(client);
  const { writer, rowsMade, reads } = staged;
  const report = {
    file: spec.file,
    rowsRead: rowsMade,
    rowsNew: merged.added,
    rowsVersion: merged.versions,
    rowsSame: rowsMade + merged.arrived - writer.rowsBad - rowsWaiting - merged.added - merged.versions,
    rowsBad: writer.rowsBad,
    rowsWaiting,
    rowsArrived: merged.arrived,
    rowsBeforeSignUp: unlikely.beforeSignUp,
    rowsOutsideSubscription: unlikely.outsideSubscription,
    firstAt: summary.first_at,
    lastAt: summary.last_at,
    seconds: (performance.now() - startedAt) / 1000,
  };
  return { report, reads, reasons: writer.reasons, samples: writer.first };
}

/** Rows that were taken, of a time at which their customer was none. */
async function countUnlikely({ client, spec, zone }: StageArgs) {
  if (spec.merge.kind === "customers" || spec.merge.kind === "contacts")
    return { beforeSignUp: 0, outsideSubscription: 0 };
  if (isAboutSubscriptionTime(spec)) {
    await execute(client, FIND_COVERAGE);
    await execute(client, "ANALYZE coverage");
  }
  return countStaged(client, countUnlikelySql(spec), [zone]);
}

/** What rows name in place of their customers, with the numbers of those feeds. */
function namingsOf({ origins }: Staged): { naming: CustomerNaming; feeds: number[] }[] {
  const found = new Map<string, { naming: CustomerNaming; feeds: number[] }>();
  origins.forEach(({ output: { naming } }, feed) => {
    if (naming === null) return;
    const same = JSON.stringify(naming);
    const feeds = found.get(same)?.feeds ?? [];
    found.set(same, { naming, feeds: [...feeds, feed] });
  });
  return [...found.values()];
}

function occurredAtSql({ spec, zone }: { spec: StageArgs["spec"]; zone: Zone }): string | null {
  if (spec.occurredAt.length === 0) return null;
  if (spec.merge.kind === "usage") return `day::timestamp AT TIME ZONE '${zone.replaceAll("'", "''")}'`;
  return `coalesce(${spec.occurredAt.join(", ")})`;
}
