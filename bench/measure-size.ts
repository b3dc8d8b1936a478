import { runStep, type Usage } from "./run-step";
import type { PortableModel } from "./steps/train-on-history";
import { formatCount, formatCpu, formatMegabytes, formatRatio, formatSeconds, formatTable } from "./table";
import type { TemporaryServer } from "./temporary-server";

/** Enough history for the longest window of the feature view; more would only take longer to make. */
const WEEKS = 20;

/** One piece of the week's work at one size. */
type Cost = Usage & { readonly name: string; readonly customers: number; readonly seconds: number };

/** One week's work at one size: features, scoring with all that belongs to it, and of that the predictions alone. */
export async function measureSize(args: {
  server: TemporaryServer;
  customers: number;
  /** Null: features only. */
  model: PortableModel | null;
  say: (line: string) => void;
}): Promise<Cost[]> {
  const { server, customers, model, say } = args;
  const name = `bench_${customers}`;
  const where = { url: await server.createDatabase(name), postgresPid: server.pid };
  say(`making a world of ${formatCount(customers)} customers x ${WEEKS} weeks`);
  const world = await runStep("make-world", { customers, weeks: WEEKS }, where);
  say(`${formatCount(world.usageRows)} usage rows in ${formatSeconds(world.seconds)}; building features of one week`);
  const built = await runStep("build-features", { all: false }, where);
  const costs: Cost[] = [{ ...built, name: "features", customers: built.rows }];
  if (model) {
    await runStep("adopt-model", { model }, where);
    say("scoring and publishing");
    const scored = await runStep("score-accounts", {}, where);
    const alone = await runStep("predict", {}, where);
    costs.push(
      { ...scored, name: "scoring, publishing", customers: scored.scored },
      { ...together(built, scored), name: "the week's work", customers: scored.scored },
      { ...NOT_APART, name: "margins alone", customers: alone.rows, seconds: alone.marginSeconds },
      { ...NOT_APART, name: "contributions alone", customers: alone.rows, seconds: alone.contributionSeconds },
    );
  }
  await server.dropDatabase(name);
  // The table comes at the very end; who stops before that still has these.
  for (const cost of costs) say(`${cost.name}: ${formatSeconds(cost.seconds)}, CPU ${formatCpu(cost.cpuSeconds)}`);
  return costs;
}

/** All sizes under each piece of work; a ratio is the cost per customer to that of the smallest size. */
export function describeSizes(sizes: readonly (readonly Cost[])[]): string {
  const [smallest = []] = sizes;
  const time = (cost: Cost) => (1000 * cost.seconds) / cost.customers;
  const cpu = (cost: Cost) => (1000 * (cost.cpuSeconds ?? Number.NaN)) / cost.customers;
  const rows = smallest.flatMap((base, piece) =>
    sizes.map((costs) => {
      const cost = costs[piece] as Cost;
      const isApart = cost.peakBytes !== null;
      return [
        cost.name,
        formatCount(cost.customers),
        formatSeconds(cost.seconds),
        `${time(cost).toFixed(4)} s`,
        formatRatio(time(cost) / time(base)),
        isApart ? formatCpu(cost.cpuSeconds) : "",
        formatRatio(cpu(cost) / cpu(base)),
        isApart ? formatMegabytes(cost.peakBytes) : "",
        isApart ? formatMegabytes(cost.postgresPeakBytes) : "",
      ];
    }),
  );
  const header = [
    "one week",
    "customers",
    "time",
    "per 1,000",
    "ratio",
    "CPU",
    "ratio",
    "peak memory",
    "peak Postgres",
  ];
  return formatTable(header, rows);
}

/** Of a part of a step, which has no process of its own. */
const NOT_APART: Usage = { peakBytes: null, postgresPeakBytes: null, cpuSeconds: null };

function together(first: Usage & { seconds: number }, second: Usage & { seconds: number }) {
  const most = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b));
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    seconds: first.seconds + second.seconds,
    peakBytes: most(first.peakBytes, second.peakBytes),
    postgresPeakBytes: most(first.postgresPeakBytes, second.postgresPeakBytes),
    cpuSeconds: sum(first.cpuSeconds, second.cpuSeconds),
  };
}
