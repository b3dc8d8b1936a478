import { runStep } from "./run-step";
import type { PortableModel } from "./steps/train-on-history";
import { formatCount, formatCpu, formatMegabytes, formatSeconds, formatTable } from "./table";
import type { TemporaryServer } from "./temporary-server";

/** Features of all weeks of one world, and a model trained on them, which the sizes are then scored with. */
export async function measureHistory(args: {
  server: TemporaryServer;
  customers: number;
  weeks: number;
  train: boolean;
  say: (line: string) => void;
}): Promise<{ table: string; model: PortableModel | null }> {
  const { server, customers, weeks, say } = args;
  const url = await server.createDatabase("bench_history");
  const where = { url, postgresPid: server.pid };
  say(`making a world of ${formatCount(customers)} customers x ${weeks} weeks`);
  const world = await runStep("make-world", { customers, weeks }, where);
  say(`${formatCount(world.usageRows)} usage rows in ${formatSeconds(world.seconds)}; building features of all weeks`);
  const built = await runStep("build-features", { all: true }, where);
  const rows = [
    [
      `features of ${built.weeks} weeks (${built.leftOutWeeks} too early)`,
      formatCount(built.rows),
      formatSeconds(built.seconds),
      formatCount(built.rows / built.seconds),
      formatCpu(built.cpuSeconds),
      formatMegabytes(built.peakBytes),
      formatMegabytes(built.postgresPeakBytes),
    ],
  ];
  let model: PortableModel | null = null;
  if (args.train) {
    say("resolving labels and training");
    const trained = await runStep("train-model", {}, where);
    model = trained.model;
    rows.push([
      `training, ${trained.trees} trees, AUC ${trained.rocAuc} out of time`,
      formatCount(trained.trainingRows),
      formatSeconds(trained.trainingSeconds),
      formatCount(trained.trainingRows / trained.trainingSeconds),
      formatCpu(trained.cpuSeconds),
      formatMegabytes(trained.peakBytes),
      formatMegabytes(trained.postgresPeakBytes),
    ]);
    say(`labels took ${formatSeconds(trained.labelSeconds)}`);
  }
  await server.dropDatabase("bench_history");
  const table = formatTable(
    [
      `${formatCount(customers)} customers x ${weeks} weeks`,
      "rows",
      "time",
      "rows/s",
      "CPU",
      "peak memory",
      "peak Postgres",
    ],
    rows,
  );
  return { table, model };
}
