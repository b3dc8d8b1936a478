import path from "node:path";
import { runStep } from "./run-step";
import { formatCount, formatCpu, formatMegabytes, formatSeconds, formatTable } from "./table";
import type { TemporaryServer } from "./temporary-server";

const CUSTOMERS = 10_000;
const DAYS = 100;

/** Imports a million usage rows into an empty database, then the same folder again, which must change nothing. */
export async function measureImport(server: TemporaryServer, say: (line: string) => void): Promise<string> {
  const folder = path.join(server.folder, "usage");
  await runStep("write-usage-files", { folder, customers: CUSTOMERS, days: DAYS });
  const url = await server.createDatabase("bench_import");
  const where = { url, postgresPid: server.pid };
  say("importing");
  const first = await runStep("import-files", { folder }, where);
  say("importing the same again");
  const again = await runStep("import-files", { folder }, where);
  await server.dropDatabase("bench_import");
  const row = (name: string, run: typeof first) => [
    name,
    formatCount(run.usageRows),
    formatSeconds(run.usageSeconds),
    formatCount(run.usageRows / run.usageSeconds),
    formatCpu(run.cpuSeconds),
    formatMegabytes(run.peakBytes),
    formatMegabytes(run.postgresPeakBytes),
  ];
  return formatTable(
    ["usage.csv", "rows", "time", "rows/s", "CPU", "peak memory", "peak Postgres"],
    [row("all new", first), row("again, all known", again)],
  );
}
