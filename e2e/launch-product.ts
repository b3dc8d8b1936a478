import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/env/free-port";

/** A product of a run of its own: where it is, and the file with the sign-ins that it made for itself. */
export type LaunchedProduct = {
  readonly url: string;
  readonly credentials: string;
  /** What it has printed so far. */
  readonly printed: () => string;
  /** Waits until it is ready. @throws Error where it ends before, or is not ready in five minutes */
  readonly ready: () => Promise<void>;
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>;
};

/** Begins to start the product as `npm start -- ARGUMENTS` does, in a data folder of its own. */
export async function launchProduct(startArguments: readonly string[]): Promise<LaunchedProduct> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-e2e-"));
  // Where root runs this, Postgres runs as another user and must reach it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const data = path.join(folder, "data");
  const product = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts", ...startArguments], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: "", PORT: String(port), TIDELINE_URL: url, TIDELINE_DATA_DIR: data },
  });
  let printed = "";
  product.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  const ended = new Promise<void>((resolve) => product.once("close", () => resolve()));
  return {
    url,
    credentials: path.join(data, "credentials.json"),
    printed: () => printed,
    ready: () => waitUntilReady(url, () => product.exitCode !== null),
    stop: async () => {
      product.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the product and waits until it is ready; one that does not get ready is stopped. */
export async function startedProduct(startArguments: readonly string[]): Promise<LaunchedProduct> {
  const product = await launchProduct(startArguments);
  try {
    await product.ready();
    return product;
  } catch (error) {
    await product.stop();
    throw error;
  }
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
