import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/env/free-port";

/**
 * Starts the product as `npm start` does, with a demo company of 400 customers over 52 weeks in a folder of its own, and waits
 * until it is ready. E2E_BASE_URL and E2E_CREDENTIALS say where it is and who may sign in. With E2E_BASE_URL set beforehand
 * a product that runs already is used.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => {};
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-e2e-"));
  // Where root runs this, Postgres runs as another user and must reach it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const data = path.join(folder, "data");
  const command = ["--import", "tsx", "scripts/start.ts", "--customers", "400", "--weeks", "52", "--seed", "1"];
  const product = spawn(process.execPath, command, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DATABASE_URL: "", PORT: String(port), TIDELINE_URL: url, TIDELINE_DATA_DIR: data },
  });
  const ended = new Promise<void>((resolve) => product.once("close", () => resolve()));
  const stop = async () => {
    product.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, () => product.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.E2E_BASE_URL = url;
  process.env.E2E_CREDENTIALS = path.join(data, "credentials.json");
  return stop;
}

const START_SECONDS_MAX = 300;

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<void> {
  for (let waited = 0; waited < START_SECONDS_MAX; waited += 1) {
    if (hasEnded()) throw new Error("the product ended before it was ready");
    const progress = await fetch(`${url}/progress.json`)
      .then((response) => response.json() as Promise<{ ready: boolean }>)
      .catch(() => ({ ready: false }));
    if (progress.ready) return;
    await sleep(1000);
  }
  throw new Error(`the product was not ready after ${START_SECONDS_MAX} s`);
}
