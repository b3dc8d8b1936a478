import { parseArgs } from "node:util";
import { describeBadRow, type ImportReport } from "@/lib/ingest/contract";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";

// `npm run import -- DIR [--historical] [--source NAME] [--dry-run]`: imports a folder of canonical CSV files (docs/import.md).
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { historical: { type: "boolean" }, source: { type: "string" }, "dry-run": { type: "boolean" } },
    allowPositionals: true,
  });
  const [directory, ...more] = positionals;
  if (!directory || more.length > 0) {
    throw new Error(
      `expected one folder, got ${positionals.length}: npm run import -- DIR [--historical] [--source NAME] [--dry-run]`,
    );
  }
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  const { importDirectory } = await import("@/lib/ingest/service");
  const { findInstallation } = await import("@/lib/installation/service");
  const report = await withDatabase(async ({ signal }) => {
    if ((await findInstallation()) === null)
      throw new Error("there is no installation to import into yet: begin one with `npm start -- --empty`");
    return importDirectory({
      directory,
      historical: values.historical ?? false,
      source: values.source,
      dryRun: values["dry-run"] ?? false,
      actor: { id: null, label: "command line" },
      onProgress: progressLine(),
      signal,
    });
  });
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  for (const line of reportLines(report)) say(line);
  return 0;
});

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
  const files = report.files.map((file) => {
    const counts = `${n(file.rowsNew)} new, ${n(file.rowsVersion)} changed, ${n(file.rowsSame)} known, ${n(file.rowsBad)} bad`;
    return `${file.file}: ${n(file.rowsRead)} rows: ${counts}`;
  });
  const reasons = Object.entries(report.quarantined).map(([reason, count]) => `  ${n(count)} in quarantine: ${reason}`);
  const rate = `${n(report.rowsRead)} rows in ${report.seconds.toFixed(1)} s, ${n(Math.round(report.rowsPerSecond))} rows/s`;
  if (report.importId !== null) return [...files, ...reasons, `import ${report.importId}: ${rate}`];
  const samples = report.samples.map((row) => `  ${row.file} ${describeBadRow(row)}`);
  const firstBad = samples.length === 0 ? [] : ["the first bad rows:", ...samples];
  return [...files, ...reasons, ...firstBad, `dry run: ${rate}; nothing was kept`];
}

function n(count: number): string {
  return count.toLocaleString("en-US");
}
