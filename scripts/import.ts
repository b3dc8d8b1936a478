import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { describeBadRow, type ImportReport } from "@/lib/ingest/contract";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";

// `npm run import -- DIR [--historical] [--mapping FILE | --source NAME] [--dry-run]`: imports a folder of CSV files
// (docs/import.md): by the mapping in FILE, which is then kept for its source; by the one kept for NAME; or, where there is
// none, canonical files.
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: {
      historical: { type: "boolean" },
      mapping: { type: "string" },
      source: { type: "string" },
      "dry-run": { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [directory, ...more] = positionals;
  if (!directory || more.length > 0) {
    throw new Error(
      `expected one folder, got ${positionals.length}: npm run import -- DIR [--historical] [--mapping FILE | --source NAME] [--dry-run]`,
    );
  }
  const { mapping: file, source, "dry-run": dryRun = false } = values;
  if (file !== undefined && source !== undefined) {
    throw new Error("--mapping FILE names its source itself: give it or --source NAME, not both");
  }
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  const { importDirectory } = await import("@/lib/ingest/service");
  const { findInstallation } = await import("@/lib/installation/service");
  const report = await withDatabase(async ({ signal }) => {
    if ((await findInstallation()) === null)
      throw new Error("there is no installation to import into yet: begin one with `npm start -- --empty`");
    const actor = { id: null, label: "command line" };
    const mapping = await chooseMapping({ file, source, dryRun, actor });
    return importDirectory({
      directory,
      historical: values.historical ?? false,
      source,
      mapping,
      dryRun,
      actor,
      onProgress: progressLine(),
      signal,
    });
  });
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  for (const line of reportLines(report)) say(line);
  return 0;
});

/**
 * The mapping of a file, kept for its source unless nothing is to be kept; else the one kept for a source; undefined where
 * files are canonical.
 * @throws Error where the file cannot be read or holds no mapping.
 */
async function chooseMapping(args: {
  file: string | undefined;
  source: string | undefined;
  dryRun: boolean;
  actor: { id: null; label: string };
}) {
  const { file, source, dryRun, actor } = args;
  if (file === undefined && source === undefined) return undefined;
  const { findMapping, listMappings, saveMapping } = await import("@/lib/ingest/mapping/service");
  if (file !== undefined) {
    const mapping = await readMappingFile(file);
    if (dryRun) return { id: null, mapping };
    const saved = await saveMapping({ mapping, actor });
    say(`mapping of ${saved.source}, version ${saved.version}`);
    return saved;
  }
  const kept = await findMapping(source as string);
  if (kept !== null) {
    say(`mapping of ${kept.source}, version ${kept.version}`);
    return kept;
  }
  const others = (await listMappings()).map((mapping) => mapping.source);
  const list = others.length > 0 ? ` (there are those of ${others.join(", ")})` : "";
  say(`no mapping is kept for ${source}${list}: canonical files are expected`);
  return undefined;
}

async function readMappingFile(file: string) {
  const { parseMapping } = await import("@/lib/ingest/mapping/parse-mapping");
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new Error(`cannot read the mapping ${file}: ${error.message}`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`);
  }
  return parseMapping(value);
}

/** One line that is written over, on a terminal only. */
function progressLine(): Parameters<typeof import("@/lib/ingest/service")["importDirectory"]>[0]["onProgress"] {
  if (!process.stdout.isTTY) return undefined;
  return ({ file, step, rows, fraction }) => {
    process.stdout.write(
      `\r\u001b[K${Math.floor(fraction * 100)}%  ${file}, ${step}, ${rows.toLocaleString("en-US")} rows`,
    );
  };
}

function reportLines(report: ImportReport): string[] {
  const inputs = report.inputs.map(({ file, rowsRead, rowsUnused }) => {
    const unused = rowsUnused > 0 ? `, ${n(rowsUnused)} of them not used by the mapping` : "";
    return `${file}: ${n(rowsRead)} rows read${unused}`;
  });
  const rows = report.inputs.length > 0 ? "rows made" : "rows";
  const files = report.files.map((file) => {
    const counts = `${n(file.rowsNew)} new, ${n(file.rowsVersion)} changed, ${n(file.rowsSame)} known, ${n(file.rowsBad)} bad`;
    return `${file.file}: ${n(file.rowsRead)} ${rows}: ${counts}`;
  });
  const remarks = report.files.flatMap((file) =>
    [
      { count: file.rowsBeforeSignUp, words: "before its customer signed up" },
      { count: file.rowsOutsideSubscription, words: "outside its customer's subscriptions" },
    ].flatMap(({ count, words }) => (count > 0 ? [`  ${n(count)} taken of ${file.file} of a time ${words}`] : [])),
  );
  for (const { file, rowsWaiting, rowsArrived } of report.files) {
    if (rowsWaiting > 0)
      remarks.push(`  ${n(rowsWaiting)} of ${file} wait for their customer, whom nobody has told about yet`);
    if (rowsArrived > 0) remarks.push(`  ${n(rowsArrived)} of ${file} had waited for their customer, who has come`);
  }
  if (report.rowsGivenUp > 0)
    remarks.push(`  ${n(report.rowsGivenUp)} waited for their customer in vain: now in quarantine`);
  const reasons = Object.entries(report.quarantined).map(([reason, count]) => `  ${n(count)} in quarantine: ${reason}`);
  const rate = `${n(report.rowsRead)} rows in ${report.seconds.toFixed(1)} s, ${n(Math.round(report.rowsPerSecond))} rows/s`;
  if (report.importId !== null)
    return [...inputs, ...files, ...remarks, ...reasons, `import ${report.importId}: ${rate}`];
  const samples = report.samples.map((row) => `  ${row.file} ${describeBadRow(row)}`);
  const firstBad = samples.length === 0 ? [] : ["the first bad rows:", ...samples];
  return [...inputs, ...files, ...remarks, ...reasons, ...firstBad, `dry run: ${rate}; nothing was kept`];
}

function n(count: number): string {
  return count.toLocaleString("en-US");
}
