import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { XgboostLibraryError } from "./errors";
import type { XgboostLibraryInfo } from "./library";

const run = promisify(execFile);

/**
 * Says which libxgboost would be used, without loading it here: a short-lived child process opens it and reports.
 * Takes about half a second.
 *
 * @param args.timeoutMs after which the child is ended; default 20,000
 * @throws XgboostLibraryError with what was tried and the commands that mend it, also when opening a library kills the child
 */
export async function probeXgboost(
  args: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<XgboostLibraryInfo> {
  const script = fileURLToPath(new URL("./probe-child.ts", import.meta.url));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  let answer: string;
  try {
    const { stdout } = await run(process.execPath, ["--import", "tsx", script], {
      cwd: root,
      env: args.env ?? process.env,
      timeout: args.timeoutMs ?? 20_000,
    });
    answer = stdout;
  } catch (error) {
    throw new XgboostLibraryError(`Looking for libxgboost failed: ${messageOf(error)}`, []);
  }
  const report: ProbeReport = JSON.parse(answer);
  if ("library" in report) return report.library;
  throw new XgboostLibraryError(report.message, report.tried);
}

/** What the child prints as its only line. */
export type ProbeReport =
  | { library: XgboostLibraryInfo }
  | { message: string; tried: readonly { path: string; reason: string }[] };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
