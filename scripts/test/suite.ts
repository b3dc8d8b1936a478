import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";

/** What a suite came to. A check such as the type check counts as one. */
export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** One of the things that `npm test` and `npm run check` do. */
export type Suite = { readonly name: string; readonly run: () => Promise<Count> };

/** A suite that passes when the command succeeds. */
export function commandSuite(name: string, command: readonly string[]): Suite {
  return { name, run: async () => oneCheck((await runCommandLine(command)) === 0) };
}

/** A suite whose command writes its counts to a file; without that file it counts as one failure. */
export function reportingSuite(args: {
  name: string;
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  report: string;
  read: (report: string) => Count;
}): Suite {
  return {
    name: args.name,
    run: async () => {
      rmSync(args.report, { force: true });
      const code = await runCommandLine(args.command, args.env);
      if (!existsSync(args.report)) return oneCheck(false);
      const count = args.read(readFileSync(args.report, "utf8"));
      // A runner can fail beside its tests: a set-up that broke, a file that could not be read.
      return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
    },
  };
}

/** Runs suites one after the other and says what each came to. A suite that throws counts as one failure. */
export async function runSuites(suites: readonly Suite[], say: (line: string) => void): Promise<Count> {
  const lines: string[] = [];
  let total: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    say(`\n── ${suite.name}`);
    const began = performance.now();
    const count = await suite.run().catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
      return oneCheck(false);
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    lines.push(`${count.failed > 0 ? "FAILED" : "ok"}  ${suite.name}: ${describeCount(count)} (${seconds} s)`);
    total = {
      passed: total.passed + count.passed,
      failed: total.failed + count.failed,
      skipped: total.skipped + count.skipped,
    };
  }
  say(`\n${lines.join("\n")}\n`);
  return total;
}

/** "12 passed, 0 failed", with what was skipped where something was. */
export function describeCount(count: Count): string {
  return `${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ""}`;
}

/** The count of a single check. */
export function oneCheck(passed: boolean): Count {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

function runCommandLine(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const [program, ...words] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program!, words, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
