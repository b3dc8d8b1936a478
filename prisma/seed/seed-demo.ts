import { parseArgs } from "node:util";
import { withDatabase } from "@/lib/db/with-database";
import { type SeededDemo, type SeedProgress, seedDemo } from "./make-demo";
import { leakIn, type Performance } from "./oracle-comparison";
import { SIGNALS, type Signal } from "./techflow/parameters";

/** The exit code where the model knows more than can be known. */
const EXIT_LEAK = 2;

const WORDS = {
  customers: { type: "string", default: "10000" },
  weeks: { type: "string", default: "78" },
  seed: { type: "string", default: "1" },
  signal: { type: "string", default: "medium" },
  until: { type: "string" },
} as const;

process.exitCode = await main();
// Else the channel to a parent keeps this process alive.
process.disconnect?.();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: WORDS });
  const until = values.until === undefined ? new Date() : new Date(`${values.until}T23:59:59Z`);
  if (Number.isNaN(until.getTime())) return refuse("until", values.until, "a date as YYYY-MM-DD");
  if (!SIGNALS.includes(values.signal as Signal)) return refuse("signal", values.signal, SIGNALS.join(", "));
  for (const name of ["customers", "weeks", "seed"] as const)
    if (!/^\d{1,9}$/.test(values[name])) return refuse(name, values[name], "a whole number");

  const seeded = await withDatabase(({ signal: abort }) =>
    seedDemo({
      customers: Number(values.customers),
      weeks: Number(values.weeks),
      seed: Number(values.seed),
      signal: values.signal as Signal,
      until,
      onProgress: progressTeller(),
      abort,
    }),
  );
  for (const line of linesAbout(seeded)) say(line);
  const leak = seeded.comparison && leakIn(seeded.comparison);
  if (!leak) return 0;
  process.stderr.write(`${leak}\n`);
  return EXIT_LEAK;
}

/** Lines for people, one per step; messages for a parent process, a few a second. */
function progressTeller(): (progress: SeedProgress) => void {
  let step = "";
  let toldAt = 0;
  return (progress) => {
    const isNew = progress.step !== step;
    if (isNew) say(progress.step);
    if (!isNew && performance.now() - toldAt < 300) return;
    step = progress.step;
    toldAt = performance.now();
    process.send?.(progress);
  };
}

function linesAbout(seeded: SeededDemo): string[] {
  if (!seeded.made) return ["the demo company is there already"];
  const times = Object.entries(seeded.seconds).map(([step, seconds]) => `${step} ${seconds.toFixed(1)} s`);
  const lines = [`made in ${times.join(", ")}`];
  if (seeded.withoutModel !== null) return [...lines, `no model: ${seeded.withoutModel}`];
  const { comparison } = seeded;
  if (!comparison) return lines;
  const { rows, departures, threshold, gap } = comparison;
  lines.push(`out-of-time test: ${rows} rows, ${departures} departures; flagged above ${threshold}`);
  lines.push(`oracle: ${describePerformance(comparison.oracle)}`);
  lines.push(`model:  ${describePerformance(comparison.model)}`);
  if (gap)
    lines.push(
      `oracle's AUC minus the model's: ${gap.estimate.toFixed(3)} (95% ${gap.low.toFixed(3)} to ${gap.high.toFixed(3)})`,
    );
  return lines;
}

function describePerformance({ rocAuc, precision, recall }: Performance): string {
  const share = (value: number | null) => value?.toFixed(3) ?? "none";
  return `AUC ${share(rocAuc)}, precision ${share(precision)}, recall ${share(recall)}`;
}

function refuse(name: string, value: string | undefined, expected: string): number {
  process.stderr.write(`--${name} is "${value}": expected ${expected}\n`);
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
