import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { getJobRun, requestJob } from "@/lib/job-runs/service";
import { runJobNow } from "./run-job-now";
import { type Scheduler, startScheduler } from "./scheduler";

const NOW = new Date("2026-11-18T12:00:00Z");
const request = (job: string) => requestJob({ job, actor: SYSTEM_ACTOR, now: new Date() });
const runs = async () =>
  (
    await pool().query<{ job: string; slot: Date; status: string; error: string | null }>(
      "SELECT job, slot, status, error FROM job_run ORDER BY started_at, id",
    )
  ).rows;

async function until<T>(what: () => Promise<T | null | undefined | false>, seconds = 30): Promise<T> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    const found = await what();
    if (found) return found;
    await pause(100);
  }
  throw new Error(`Not so within ${seconds} s: ${what}`);
}

/** Holds a lock that resolve-outcomes needs, so that its child hangs in the middle. @returns what frees it */
async function holdUp(): Promise<() => Promise<void>> {
  const client = await pool().connect();
  await client.query("BEGIN");
  await client.query("LOCK TABLE label_rule IN ACCESS EXCLUSIVE MODE");
  return async () => {
    await client.query("ROLLBACK");
    client.release();
  };
}

function childrenOf(pid: number | undefined): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function forkScheduler(): ChildProcess {
  return fork(fileURLToPath(new URL("./testing/scheduler-process.ts", import.meta.url)), [], {
    execArgv: ["--import", "tsx", "--conditions=react-server"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

describe("the scheduler", () => {
  let scheduler: Scheduler | undefined;
  // Jobs that look for files must not find those of an installation in the checkout.
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-scheduler-"));

  beforeAll(async () => {
    process.env.TIDELINE_DATA_DIR = folder;
    await createTestDatabase();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    await pool().query("DELETE FROM job_run");
    await pool().query("DELETE FROM installation");
  });
  afterEach(async () => {
    await scheduler?.stop();
    scheduler = undefined;
  });

  it("does nothing before the installation is ready", async () => {
    await pool().query("INSERT INTO installation (mode) VALUES ('demo')");
    await request("resolve-outcomes");
    scheduler = startScheduler();
    await scheduler.wake();
    expect(await runs()).toMatchObject([{ status: "waiting" }]);
  });

  it("makes up at its start for what was missed since the installation was ready, newest first, once", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', '2026-11-14T00:00:00Z')");
    const log: string[] = [];
    scheduler = startScheduler({ now: () => NOW, log: (line) => log.push(line) });
    await scheduler.wake();
    const slots = (await runs()).map(({ job, slot, status }) => `${job} ${slot.toISOString()} ${status}`);
    // Monday 02:00 and 04:00 in New York; of the days only the newest; the inbox is empty. There is no data, so nothing can be built or scored.
    expect(slots).toEqual([
      "import-files 2026-11-18T06:30:00.000Z succeeded",
      "build-features 2026-11-16T07:00:00.000Z failed",
      "score-accounts 2026-11-16T09:00:00.000Z failed",
      "resolve-outcomes 2026-11-18T11:00:00.000Z succeeded",
    ]);
    expect((await runs())[1]?.error).toMatch(/import data first/);
    expect(log.filter((line) => line.includes("begun"))).toHaveLength(4);
    await scheduler.wake();
    expect(await runs()).toHaveLength(4);
  });

  it("makes up for a demo's week too, and in a demo only", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('demo', '2026-11-16T05:15:00Z')");
    scheduler = startScheduler({ now: () => new Date("2026-11-16T05:45:00Z") });
    await scheduler.wake();
    expect((await runs()).map(({ job }) => job)).toEqual(["simulate-week"]);
  });

  it("does what is asked for, and one run by hand through the same claim", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', now())");
    scheduler = startScheduler();
    const { id } = await request("resolve-outcomes");
    await scheduler.wake();
    expect(await getJobRun(id)).toMatchObject({ status: "succeeded", attempt: 1 });
    const run = await runJobNow({ job: "resolve-outcomes", payload: {}, actor: SYSTEM_ACTOR, now: new Date() });
    expect(run).toMatchObject({ status: "succeeded", attempt: 1 });
  });

  it("puts a run back to wait where it is stopped in the middle of it", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', now())");
    const { id } = await request("resolve-outcomes");
    const free = await holdUp();
    scheduler = startScheduler();
    await until(async () => (await getJobRun(id))?.status === "running");
    await scheduler.stop();
    scheduler = undefined;
    await free();
    expect(await getJobRun(id)).toMatchObject({ status: "waiting", attempt: 0 });
  });

  it("says how a child died, and will try again", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', now())");
    const { id } = await request("resolve-outcomes");
    const free = await holdUp();
    const server = forkScheduler();
    const child = await until(async () => childrenOf(server.pid).find((pid) => isJobChild(pid)));
    await until(async () => (await getJobRun(id))?.status === "running");
    process.kill(child, "SIGKILL");
    const run = await until(async () => {
      const found = await getJobRun(id);
      return found?.status === "failed" && found;
    });
    expect(run).toMatchObject({ error: "The job's process was ended by SIGKILL", result: { retryable: true } });
    server.kill("SIGKILL");
    await free();
  });

  it("leaves no child behind when it is killed, and the next start goes on at once", async () => {
    await pool().query("INSERT INTO installation (mode, ready_at) VALUES ('own', now())");
    const { id } = await request("resolve-outcomes");
    const free = await holdUp();
    const server = forkScheduler();
    const child = await until(async () => childrenOf(server.pid).find((pid) => isJobChild(pid)));
    await until(async () => (await getJobRun(id))?.status === "running");
    server.kill("SIGKILL");
    await until(async () => !isAlive(child), 10);
    await free();
    scheduler = startScheduler();
    await scheduler.wake();
    expect(await getJobRun(id)).toMatchObject({ status: "succeeded", attempt: 2 });
  });
});

function isJobChild(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("runner/child.ts");
  } catch {
    return false;
  }
}
