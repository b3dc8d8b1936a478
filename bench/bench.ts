import os from "node:os";
import { ensurePrismaClient } from "@/scripts/setup/prisma-client";
import { parseBenchArguments } from "./arguments";
import { measureHistory } from "./measure-history";
import { measureImport } from "./measure-import";
import { measureAgainstPython } from "./measure-python";
import { describeSizes, measureSize } from "./measure-size";
import { startTemporaryServer, type TemporaryServer } from "./temporary-server";

// `npm run bench`: timings for people to read. Nothing is asserted, since a machine's speed is not the product's fault.
let server: TemporaryServer | undefined;
let ending = false;

process.once("SIGINT", () => end(130)).once("SIGTERM", () => end(143));
try {
  await run();
  await end(0);
} catch (error) {
  if (!ending) process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  await end(1);
}

async function run(): Promise<void> {
  const { sizes, parts, weeks } = parseBenchArguments(process.argv.slice(2));
  print(
    `${os.cpus().length} x ${os.cpus()[0]?.model ?? "unknown processor"}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  await ensurePrismaClient();
  const needsServer = [...parts].some((part) => part !== "python");
  if (needsServer) server = await startTemporaryServer();

  if (server && parts.has("import")) section("Import", await measureImport(server, say));
  const wanted = { features: parts.has("features"), scoring: parts.has("scoring"), training: parts.has("training") };
  if (server && (wanted.features || wanted.scoring || wanted.training)) {
    const customers = sizes[0] as number;
    const train = wanted.training || wanted.scoring;
    const history = await measureHistory({ server, customers, weeks, train, say });
    section("History and training", history.table);
    if (wanted.features || wanted.scoring) {
      const measured: Awaited<ReturnType<typeof measureSize>>[] = [];
      for (const size of sizes) {
        const model = wanted.scoring ? history.model : null;
        measured.push(await measureSize({ server, customers: size, model, say }));
      }
      section("By size (a ratio of 1.00 is linear)", describeSizes(measured));
    }
  }
  if (parts.has("python")) section("Beside Python", await measureAgainstPython(say));
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await server?.stop();
  process.exit(code);
}

function section(title: string, text: string): void {
  print(`\n${title}\n${text}`);
}

/** Progress goes beside the results, with how busy the machine is: a timing on a busy one says little. */
function say(line: string): void {
  process.stderr.write(`  ${line} (load ${(os.loadavg()[0] ?? 0).toFixed(1)})\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
