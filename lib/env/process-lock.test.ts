import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { identifyProcess, isRunning } from "./process-identity";
import { lockOwner, takeProcessLock } from "./process-lock";

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("process lock", () => {
  it("is held by one living process, and free again when that gives it back", () => {
    const file = path.join(folder, "a.lock");
    const lock = takeProcessLock(file);
    expect("release" in lock).toBe(true);
    expect(takeProcessLock(file)).toEqual({ owner: identifyProcess(process.pid) });
    if ("release" in lock) lock.release();
    expect(lockOwner(file)).toBeUndefined();
  });

  it("of a process that is gone is taken over", () => {
    const file = path.join(folder, "b.lock");
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(file, JSON.stringify({ pid, startedAt: "before" }));
    expect("release" in takeProcessLock(file)).toBe(true);
  });

  it("whose number now belongs to another process is taken over", () => {
    const file = path.join(folder, "c.lock");
    writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: "another time" }));
    expect("release" in takeProcessLock(file)).toBe(true);
  });

  it("that a crash left half-written is taken over", () => {
    const file = path.join(folder, "d.lock");
    writeFileSync(file, '{"pid": 1');
    expect("release" in takeProcessLock(file)).toBe(true);
  });
});

describe("process identity", () => {
  it("holds while the process lives and no longer", async () => {
    const child = fork("-e", [], { execArgv: ["-e", "setInterval(() => {}, 1000)"] });
    const identity = identifyProcess(child.pid!)!;
    expect(isRunning(identity)).toBe(true);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    expect(isRunning(identity)).toBe(false);
  });
});
