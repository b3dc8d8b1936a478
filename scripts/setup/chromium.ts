import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { env } from "@/lib/env/env";

/** A Chromium that starts: its program and the environment that it needs. */
export type ChromiumProgram = { readonly path: string; readonly env: Readonly<Record<string, string>> };

/**
 * The browser for the journeys: TIDELINE_CHROMIUM, else the system's, else the one that a package carries, unpacked to
 * the temporary folder together with the system libraries that it needs.
 * @throws Error with the exact command where none starts
 */
export async function findChromium(): Promise<ChromiumProgram> {
  const given = env().TIDELINE_CHROMIUM;
  const tried: string[] = [];
  for (const path of given ? [given] : SYSTEM_PROGRAMS.filter(existsSync)) {
    const failure = tryProgram({ path, env: {} });
    if (!failure) return { path, env: {} };
    tried.push(`${path}: ${failure}`);
  }
  if (!given) {
    const packaged = await unpackPackaged();
    const failure = tryProgram(packaged);
    if (!failure) return packaged;
    tried.push(`${packaged.path}: ${failure}`);
  }
  throw new Error(
    `No Chromium for the browser tests starts (${tried.join("; ")}). To mend it, as root on Debian or Ubuntu:\n  apt-get install -y chromium\nor name a Chromium or Chrome program: export TIDELINE_CHROMIUM=/path/to/chromium`,
  );
}

const SYSTEM_PROGRAMS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The package unpacks its libraries only where it believes itself in the service that it was made for. */
async function unpackPackaged(): Promise<ChromiumProgram> {
  const before = { ...process.env };
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    const path = await chromium.executablePath();
    const { LD_LIBRARY_PATH = "", FONTCONFIG_PATH = "" } = process.env;
    return { path, env: { LD_LIBRARY_PATH, FONTCONFIG_PATH } };
  } finally {
    process.env = before;
  }
}

/** @returns why it does not start; undefined where it does. */
function tryProgram(program: ChromiumProgram): string | undefined {
  const { status, stderr, error } = spawnSync(program.path, ["--version"], {
    env: { ...process.env, ...program.env },
    encoding: "utf8",
    timeout: 20_000,
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split("\n").at(-1) ?? `exit code ${status}`);
}
