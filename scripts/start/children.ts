import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import path from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { dataFile, readIfThere, writeSecretFile } from "@/lib/env/data-folder";
import { identifyProcess, isRunning, type ProcessIdentity } from "@/lib/env/process-identity";

/**
 * Runs a script of Node in a process of its own and waits for it. It ends when this process is gone; where it can't
 * notice that, the next start ends it (endOrphans).
 * @param args.nodeOptions such as ["--import", "tsx"]
 * @param args.onMessage gets what the child sends by process.send
 * @param args.onLine gets each line that it prints
 * @param args.signal ends it, politely, after five seconds by force
 * @throws Error with the child's last lines where it fails
 */
export async function runChild(args: {
  name: string;
  script: string;
  nodeOptions?: readonly string[];
  arguments?: readonly string[];
  env?: Readonly<Record<string, string>>;
  onMessage?: (message: unknown) => void;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<void> {
  const command = [...(args.nodeOptions ?? []), "--import", END_WITH_PARENT, args.script, ...(args.arguments ?? [])];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...args.env },
    // A channel only where it is used: it would keep programs waiting that know nothing of it.
    stdio: ["ignore", "pipe", "pipe", ...(args.onMessage ? (["ipc"] as const) : [])],
    // A process group of its own: what the child starts itself is ended with it.
    detached: true,
  }) as ChildProcessByStdio<null, Readable, Readable>;
  remember(child);
  const end = () => void endGroups([running.get(child)].filter((identity) => identity !== undefined));
  args.signal?.addEventListener("abort", end, { once: true });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      lastLines.push(line);
      if (lastLines.length > LINES_IN_ERROR) lastLines.shift();
      args.onLine?.(line);
    });
  }
  if (args.onMessage) child.on("message", args.onMessage);
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal ?? "unknown"));
  }).finally(() => {
    args.signal?.removeEventListener("abort", end);
    forget(child);
  });
  if (code !== 0)
    throw new Error(`${args.name} failed (${code})${lastLines.length ? `:\n${lastLines.join("\n")}` : ""}`);
}

/** Ends the children of this process: politely, after five seconds by force. */
export async function stopChildren(): Promise<void> {
  const identities = [...running.values()];
  await endGroups(identities);
}

/**
 * Ends children that a killed start of this installation left behind, and from now on writes down those of this process.
 * The caller holds the installation's start lock.
 * @returns how many it ended
 */
export async function endOrphans(): Promise<number> {
  const left = readKept().filter(isRunning);
  await endGroups(left);
  writingDown = true;
  writeKept();
  return left.length;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const END_WITH_PARENT = path.join(ROOT, "scripts/start/end-with-parent.mjs");
const LINES_IN_ERROR = 40;
const PATIENCE_MS = 5000;

const running = new Map<ChildProcess, ProcessIdentity>();
let writingDown = false;

function remember(child: ChildProcess): void {
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity) running.set(child, identity);
  writeKept();
}

function forget(child: ChildProcess): void {
  running.delete(child);
  writeKept();
}

async function endGroups(identities: readonly ProcessIdentity[]): Promise<void> {
  for (const { pid } of identities) signalGroup(pid, "SIGTERM");
  for (let waited = 0; waited < PATIENCE_MS && identities.some(isRunning); waited += 50) await sleep(50);
  for (const { pid } of identities.filter(isRunning)) signalGroup(pid, "SIGKILL");
  while (identities.some(isRunning)) await sleep(20);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") onLine(line);
  });
  stream.on("end", () => {
    if (rest.trim() !== "") onLine(rest);
  });
}

const KeptSchema = z.array(z.object({ pid: z.number().int(), startedAt: z.string() }));

function readKept(): ProcessIdentity[] {
  const text = readIfThere(dataFile("children.json"));
  const parsed = KeptSchema.safeParse(text === undefined ? [] : JSON.parse(text));
  return parsed.success ? parsed.data : [];
}

function writeKept(): void {
  if (!writingDown) return;
  writeSecretFile(dataFile("children.json"), JSON.stringify([...running.values()]));
}
