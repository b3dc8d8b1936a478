import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "@/lib/env/free-port";

/** A command of the product that runs in a process of its own. */
export type Running = {
  readonly child: ChildProcess;
  /** Everything that it has printed. */
  output(): string;
  /** Waits until it has printed something. @throws Error where it ends before, or after `secondsMax` */
  saw(pattern: RegExp, secondsMax?: number): Promise<void>;
  /** Waits until it has ended. @returns its exit code, null after a signal */
  ended(): Promise<number | null>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

/** An installation in a folder of its own, to be treated badly. */
export class Installation {
  readonly dataFolder: string;
  private port: number | undefined;

  constructor(folder: string) {
    this.dataFolder = path.join(folder, "data");
  }

  /** Begins `npm start` with some arguments. */
  async start(...words: string[]): Promise<Running> {
    this.port ??= await freePort();
    return this.run("scripts/start.ts", words);
  }

  /** Begins another command of the installation. */
  run(script: string, words: readonly string[]): Running {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        DATABASE_URL: "",
        TIDELINE_URL: "",
        HOST: "127.0.0.1",
        PORT: String(this.port ?? 3000),
        TIDELINE_DATA_DIR: this.dataFolder,
      },
    });
    return follow(child);
  }

  /** Where its pages are, once it was started. */
  url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The port that the installation's own Postgres had last. */
  databasePort(): number {
    return this.kept().port;
  }

  /** Asks the installation's database, which runs. */
  async query<T extends object>(sql: string): Promise<T[]> {
    const { user, password, port } = this.kept();
    const client = new Client({ user, password, port, host: "127.0.0.1", database: "tideline" });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** The processes that were started for this installation and still run, Postgres included. */
  processes(): string[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => `${readProc(pid, "environ")}\0${readProc(pid, "cmdline")}`.includes(this.dataFolder))
      .map((pid) => `${pid} ${readProc(pid, "cmdline").replaceAll("\0", " ")}`);
  }

  private kept(): { user: string; password: string; port: number } {
    return JSON.parse(readFileSync(path.join(this.dataFolder, "database.json"), "utf8"));
  }
}

function follow(child: ChildProcess): Running {
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
    });
  }
  const end = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    child,
    output: () => printed,
    saw: async (pattern, secondsMax = 120) => {
      for (let waited = 0; waited < secondsMax * 20; waited += 1) {
        if (pattern.test(printed)) return;
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`it ended (${child.exitCode ?? child.signalCode}) before it printed ${pattern}:\n${printed}`);
        }
        await sleep(50);
      }
      throw new Error(`it did not print ${pattern} within ${secondsMax} s:\n${printed}`);
    },
    ended: () => end,
    kill: (signal) => {
      child.kill(signal);
      return end;
    },
  };
}

function readProc(pid: string, file: "environ" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended since, or belongs to someone else.
    return "";
  }
}
