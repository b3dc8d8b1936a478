import { setTimeout as sleep } from "node:timers/promises";
import { dataFile } from "@/lib/env/data-folder";
import { isRunning } from "@/lib/env/process-identity";
import { lockOwner } from "@/lib/env/process-lock";

/** Asks a running `npm start` of this installation to stop and waits until it has. @throws Error where it does not. */
export async function stopInstallation(): Promise<void> {
  const owner = lockOwner(dataFile("start.lock"));
  if (!owner) return;
  process.kill(owner.pid, "SIGTERM");
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    if (!isRunning(owner)) return;
    await sleep(100);
  }
  throw new Error(`process ${owner.pid} does not stop; end it with \`kill -9 ${owner.pid}\` and call this again`);
}

const PATIENCE_MS = 70_000;
