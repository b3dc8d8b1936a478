import { setTimeout as sleep } from "node:timers/promises";
import { dataFile } from "@/lib/env/data-folder";
import { type Env, env } from "@/lib/env/env";
import { takeProcessLock } from "@/lib/env/process-lock";
import { parseStartArguments, type StartArguments } from "./start/arguments";
import { endOrphans, stopChildren } from "./start/children";
import { type Closers, runSteps } from "./start/run-steps";
import { listenForPeople } from "./start/web-server";

// `npm start`: one process that answers people, keeps the database and wakes the jobs, until it is told to stop.
const STOP_MS_MAX = 60_000;
const closers: Closers = [];
let stopping = false;

process
  .on("SIGINT", () => stop(0))
  .on("SIGTERM", () => stop(0))
  .on("SIGHUP", () => stop(0));
try {
  await start(env(), parseStartArguments(process.argv.slice(2)));
} catch (error) {
  if (!stopping) process.stderr.write(`Tideline did not start: ${error instanceof Error ? error.message : error}\n`);
  await stop(1);
}

async function start(environment: Env, options: StartArguments): Promise<void> {
  const lock = takeProcessLock(dataFile("start.lock"));
  if ("owner" in lock) {
    throw new Error(`it runs already, as process ${lock.owner.pid}, with the data in ${environment.TIDELINE_DATA_DIR}`);
  }
  closers.unshift(async () => lock.release());
  const { HOST: host, PORT: port, TIDELINE_BEHIND_PROXY: trustForwarded } = environment;
  const web = await listenForPeople({ host, port, trustForwarded });
  closers.unshift(() => web.close());
  say(`Tideline is starting: ${environment.TIDELINE_URL} shows how far it is`);
  const orphans = await endOrphans();
  if (orphans > 0) say(`ended ${orphans} left behind by a start that was killed`);
  await runSteps({ env: environment, options, web, closers, say });
}

/** Children first, then the web server, the jobs, the database; the lock last. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (code === 0) say("stopping");
  const force = sleep(STOP_MS_MAX).then(() => process.exit(1));
  await Promise.race([force, stopChildren()]);
  for (let close = closers.shift(); close; close = closers.shift())
    await Promise.race([force, close().catch((error: Error) => say(error.message))]);
  process.exit(code);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
