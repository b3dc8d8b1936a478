import { runStep } from "./run-step";
import type { PortableModel } from "./steps/train-on-history";
import { formatCount, formatMegabytes, formatRatio, formatSeconds, formatTable } from "./table";
import type { TemporaryServer } from "./temporary-server";

/** Enough history for the longest window of the feature view; more would only take longer to make. */
const WEEKS = 20;

/** One piece of the week's work at one size. */
type Cost = {
  readonly name: string;
  readonly customers: number;
  readonly seconds: number;
  readonly peakBytes: number | null;
  readonly postgresPeakBytes: number | null;
};

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
  const costs: Cost[] = [{ name: "features", customers: built.rows, ...memoryOf(built), seconds: built.seconds }];
  if (model) {
    await runStep("adopt-model", { model }, where);
    say("scoring and publishing");
    const scored = await runStep("score-accounts", {}, where);
    const alone = await runStep("predict", {}, where);
    const none = { peakBytes: null, postgresPeakBytes: null };
    const together = {
      seconds: built.seconds + scored.seconds,
      peakBytes: Math.max(built.peakBytes, scored.peakBytes),
      postgresPeakBytes: Math.max(built.postgresPeakBytes ?? 0, scored.postgresPeakBytes ?? 0) || null,
    };
    costs.push(
      { name: "scoring, publishing", customers: scored.scored, ...memoryOf(scored), seconds: scored.seconds },
      { name: "the week's work", customers: scored.scored, ...together },
      { name: "margins alone", customers: alone.rows, ...none, seconds: alone.marginSeconds },
      { name: "contributions alone", customers: alone.rows, ...none, seconds: alone.contributionSeconds },
    );
  }
  await server.dropDatabase(name);
  return costs;
}

/** All sizes under each piece of work; the ratio is the cost per customer to that of the smallest size. */
export function describeSizes(sizes: readonly (readonly Cost[])[]): string {
  const [smallest = []] = sizes;
  const perThousand = (cost: Cost) => (1000 * cost.seconds) / cost.customers;
  const rows = smallest.flatMap((base, piece) =>
    sizes.map((costs) => {
      const cost = costs[piece] as Cost;
      return [
        cost.name,
        formatCount(cost.customers),
        formatSeconds(cost.seconds),
        `${perThousand(cost).toFixed(4)} s`,
        formatRatio(perThousand(cost) / perThousand(base)),
        cost.peakBytes === null ? "" : formatMegabytes(cost.peakBytes),
        cost.peakBytes === null ? "" : formatMegabytes(cost.postgresPeakBytes),
      ];
    }),
  );
  return formatTable(["one week", "customers", "time", "per 1,000", "ratio", "peak memory", "peak Postgres"], rows);
}

function memoryOf(step: { peakBytes: number; postgresPeakBytes: number | null }) {
  return { peakBytes: step.peakBytes, postgresPeakBytes: step.postgresPeakBytes };
}
