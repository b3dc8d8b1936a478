import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { importDirectory } from "@/lib/ingest/service";

/** Imports a folder of canonical files as history. @throws Error where a row was bad: then something else was measured. */
export async function importFiles(args: {
  folder: string;
}): Promise<{ seconds: number; usageRows: number; usageSeconds: number }> {
  const report = await importDirectory({
    directory: args.folder,
    historical: true,
    source: "bench",
    actor: SYSTEM_ACTOR,
  });
  const usage = report.files.find(({ file }) => file === "usage.csv");
  if (!usage || usage.rowsBad > 0 || usage.rowsNew + usage.rowsSame !== usage.rowsRead)
    throw new Error(`usage.csv was not imported whole: ${JSON.stringify({ usage, quarantined: report.quarantined })}`);
  return { seconds: report.seconds, usageRows: usage.rowsRead, usageSeconds: usage.seconds };
}
