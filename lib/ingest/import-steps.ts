import type { PoolClient } from "pg";
import type { ErasedMarks } from "@/lib/privacy/erased-marks";
import {
  type BadRow,
  type ImportFileReport,
  type ImportInputReport,
  type ImportProgress,
  SAMPLES_MAX,
} from "./contract";
import type { BindArgs } from "./feed";
import { FILE_SPECS } from "./files";
import type { Step } from "./find-feeds";
import { importFile } from "./import-file";
import { AHEAD_DAYS_MAX } from "./merge/future-sql";
import { GIVE_UP_WAITING } from "./merge/waiting-sql";
import { refuseNothingValid } from "./nothing-valid";
import { execute, hasArrived, insertFileReport, insertInputReport } from "./repository";
import type { FeedRead } from "./stage-file";

export type ImportSteps = {
  files: readonly ImportFileReport[];
  inputs: readonly ImportInputReport[];
  reasons: ReadonlyMap<string, number>;
  samples: readonly BadRow[];
  rowsGivenUp: number;
};

type StepsArgs = BindArgs & {
  client: PoolClient;
  importId: number;
  directory: string;
  steps: readonly Step[];
  /** Undefined where the files are canonical. */
  mapping?: unknown;
  erased: ErasedMarks;
  actor: { readonly id: number | null };
  allowDemo?: boolean;
  /** As in StageArgs. Such rows may all be refused again, which is nothing against their files. */
  lineOf?: (file: string, line: number) => number;
  /** How long rows wait for a customer that is not known yet; null: none ever did. */
  waitingDays: number | null;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
};

/**
 * Imports one canonical file after another, inside the import's transaction: what the steps bring, and what waited for
 * customers that have come. What waited for too long goes to quarantine.
 * @throws ImportError where a file has no row that can be taken
 */
export async function importSteps(args: StepsArgs): Promise<ImportSteps> {
  const { client, importId, receivedAt, waitingDays } = args;
  const bytesTotal = args.steps.flatMap(({ feeds }) => feeds).reduce((sum, { bytes }) => sum + bytes, 0) || 1;
  const files: ImportFileReport[] = [];
  const reads: FeedRead[] = [];
  const inputs: FeedRead[] = [];
  const reasons = new Map<string, number>();
  const samples: BadRow[] = [];
  let bytesRead = 0;
  for (const spec of FILE_SPECS) {
    const step = args.steps.find((candidate) => candidate.spec === spec);
    if (!step && !(waitingDays !== null && (await hasArrived(client, spec.file)))) continue;
    const progress = (file: string, at: ImportProgress["step"], rows: number) =>
      args.onProgress?.({ file, step: at, rows, fraction: Math.min(1, bytesRead / bytesTotal) });
    const done = await importFile({
      ...args,
      spec,
      feeds: step?.feeds ?? [],
      latestAt: args.allowDemo ? null : new Date(receivedAt.getTime() + AHEAD_DAYS_MAX * MS_PER_DAY),
      importedBy: args.actor.id,
      onChunk: ({ file, bytes, rows }) => {
        bytesRead += bytes;
        progress(file, "reading", rows);
      },
      onMerge: (rows) => progress(spec.file, "merging", rows),
    });
    const ofStep = [...done.reads.values()];
    reads.push(...ofStep);
    const { bytes, sha256, header } = (args.mapping ? undefined : ofStep[0]) ?? NO_FILE_OF_ITS_OWN;
    const report = { ...done.report, bytes, sha256 };
    await insertFileReport(client, importId, { ...report, header });
    files.push(report);
    if (args.mapping) for (const [feed, read] of done.reads) if (feed.first) inputs.push(read);
    for (const [reason, count] of done.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    samples.push(...done.samples.slice(0, SAMPLES_MAX - samples.length));
  }
  if (!args.lineOf) refuseAllBad(reads);
  for (const input of inputs) await insertInputReport(client, importId, input);
  const rowsGivenUp = waitingDays === null ? 0 : await giveUpWaiting({ client, receivedAt, waitingDays });
  return { files, inputs: inputs.map(toInputReport), reasons, samples, rowsGivenUp };
}

const MS_PER_DAY = 24 * 3_600_000;
const NO_FILE_OF_ITS_OWN = { bytes: 0, sha256: null, header: [] };

function giveUpWaiting(args: { client: PoolClient; receivedAt: Date; waitingDays: number }): Promise<number> {
  const { client, receivedAt, waitingDays } = args;
  const since = new Date(receivedAt.getTime() - waitingDays * MS_PER_DAY);
  return execute(client, GIVE_UP_WAITING, [since, `unknown customer, also after ${waitingDays} days of waiting`]);
}

/** Files are judged by all that was made of them. */
function refuseAllBad(reads: readonly FeedRead[]): void {
  for (const file of new Set(reads.map((read) => read.file))) {
    const ofFile = reads.filter((read) => read.file === file);
    const rowsMade = ofFile.reduce((sum, read) => sum + read.rowsMade, 0);
    const rowsBad = ofFile.reduce((sum, read) => sum + read.rowsBad, 0);
    const first = ofFile.flatMap((read) => read.firstBad);
    if (rowsMade > 0) refuseNothingValid({ name: file, rowsMade, rowsBad, first });
  }
}

function toInputReport({ file, bytes, sha256, rowsRead, rowsUnused }: FeedRead): ImportInputReport {
  return { file, bytes, sha256, rowsRead, rowsUnused };
}
