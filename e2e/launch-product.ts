import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/env/free-port";

/** A running product: where it is, and the file with the sign-ins that it made for itself. */
export type RunningProduct = { readonly url: string; readonly credentials: string };

/**
 * Starts the product as `npm start -- ARGUMENTS` does, in a data folder of its own, and waits until it is ready.
 * @returns it, with what stops it and removes its data
 * @throws Error where it ends before it is ready, or is not ready in five minutes
 */
export async function launchProduct(
  startArguments: readonly string[],
): Promise<RunningProduct & { stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-e2e-"));
  // Where root runs this, Postgres runs as another user and must reach it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const data = path.join(folder, "data");
  const product = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts", ...startArguments], {
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
  return { url, credentials: path.join(data, "credentials.json"), stop };
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
