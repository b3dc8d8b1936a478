import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { ImportError, type RetryReport } from "./contract";
import { findMapping } from "./mapping/service";
import { findRetriableRows, findRetriedRun, type RetriableRow, settleRetry } from "./retry-repository";
import { importDirectory } from "./service";
import { requote } from "./stage-file";

/** Tried at once; what is beyond waits for the next time. */
const ROWS_MAX = 100_000;

/**
 * Tries the quarantined rows of an import again, by the newest mapping of its source, or as canonical rows where it had
 * none: an import of its own, in one transaction. Rows that are taken are marked so and no longer open; the others stay,
 * for the reason that holds now. Rows count as known since they first came. Tried once more, what is left is tried again
 * and nothing is taken twice. The caller has checked the permission.
 * @throws DomainError not_found where there is no such import that has ended well; refused where the rows as a whole
 *   cannot be tried, such as with a mapping that is made for another header; conflict where they were tried meanwhile.
 */
export async function retryQuarantined(args: {
  importId: number;
  actor: Actor;
  lockWaitMs?: number;
}): Promise<RetryReport> {
  const { importId, actor } = args;
  const run = await findRetriedRun(importId);
  if (run === null) throw notFoundError();
  const rows = await findRetriableRows(importId, ROWS_MAX);
  if (rows.length === 0) return { retryId: null, tried: 0, taken: 0, left: 0 };
  const mapping = run.isMapped ? ((await findMapping(run.source)) ?? undefined) : undefined;
  const directory = await mkdtemp(path.join(tmpdir(), "tideline-retry-"));
  let left = 0;
  try {
    const lines = await writeFiles(directory, rows);
    const report = await importDirectory({
      ...args,
      directory,
      historical: run.historical,
      source: run.source,
      mapping,
      channel: "retry",
      now: run.startedAt,
      retry: {
        of: importId,
        lineOf: (file, line) => lines.get(file)?.get(line) ?? line,
        settle: async (client, retryId) => {
          const settled = await settleRetry(client, { importId, retryId, rows });
          if (settled === undefined) throw triedMeanwhile();
          left = settled.left;
          const detail = { retryId, tried: rows.length, taken: rows.length - left, left };
          await recordAudit(
            { actor, action: "import.retry", subjectType: "import", subjectId: String(importId), detail },
            client,
          );
        },
      },
    });
    return { retryId: report.importId, tried: rows.length, taken: rows.length - left, left };
  } catch (error) {
    // Where the rows were put together meanwhile tells nobody anything.
    if (error instanceof ImportError)
      throw new DomainError("refused", error.message.replaceAll(directory, "the quarantined rows"));
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Writes the rows into files of their own names. @returns by file, which line there was which line before. */
async function writeFiles(directory: string, rows: readonly RetriableRow[]) {
  const places = new Map<string, Map<number, number>>();
  for (const file of new Set(rows.map((row) => row.file))) {
    const ofFile = rows.filter((row) => row.file === file);
    const { header, delimiter } = ofFile[0] as RetriableRow;
    const lines = new Map<number, number>();
    const texts = [header.map((name) => requote(name, delimiter)).join(delimiter)];
    let line = 1 + countLineFeeds(texts[0] as string);
    for (const row of ofFile) {
      line += 1;
      lines.set(line, row.line);
      texts.push(row.raw);
      line += countLineFeeds(row.raw);
    }
    places.set(file, lines);
    await writeFile(path.join(directory, file), `${texts.join("\n")}\n`, { mode: 0o600 });
  }
  return places;
}

function countLineFeeds(text: string): number {
  return text.split("\n").length - 1;
}

function triedMeanwhile(): DomainError {
  return new DomainError("conflict", "Somebody else has tried these rows again meanwhile. Look again.");
}
