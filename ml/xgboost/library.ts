import { existsSync } from "node:fs";
import path from "node:path";
import koffi, { type LibraryHandle } from "koffi";
import { XgboostLibraryError } from "./errors";
import {
  type LibraryCandidate,
  type LibrarySource,
  libraryPathVariable,
  listDependencyCandidates,
  listLibraryCandidates,
  mendInstructions,
} from "./library-candidates";
import { bindNativeFunctions, type NativeFunctions, readLibraryVersion } from "./native-functions";

/** What is known of a library: file or linker name, version such as "1.7.4", and where it was found. */
export type XgboostLibraryInfo = {
  readonly path: string;
  readonly version: string;
  readonly source: LibrarySource;
};

export type XgboostLibrary = XgboostLibraryInfo & { readonly native: NativeFunctions };

const opened = new Map<string, XgboostLibrary>();

/**
 * Opens libxgboost on first use and keeps it for the life of the process. Call it only in processes that compute: native
 * code that fails takes its process along.
 *
 * Order: `path`, else the variable TIDELINE_LIBXGBOOST, else the system's library, else the one of the installed package.
 * Versions from 1.7 up to, not including, 4 are accepted; 1.7.4 and 1.7.5 are tried by the tests, the calls used are declared
 * alike in the headers of 2 and 3.
 *
 * @throws XgboostLibraryError when none is usable: every candidate with its reason, and the commands that mend it
 */
export function loadXgboost(args: { path?: string; env?: NodeJS.ProcessEnv } = {}): XgboostLibrary {
  const env = args.env ?? process.env;
  const key = args.path ?? env[libraryPathVariable] ?? "";
  const known = opened.get(key);
  if (known) return known;
  letWaitingThreadsSleep();
  const tried: { path: string; reason: string }[] = [];
  for (const candidate of listLibraryCandidates({ path: args.path, env, platform: process.platform })) {
    const result = openCandidate(candidate);
    if ("native" in result) {
      opened.set(key, result);
      return result;
    }
    tried.push({ path: `${candidate.path} (${candidate.source})`, reason: result.reason });
  }
  throw new XgboostLibraryError(describeFailure(tried), tried);
}

/** Whether versions of this number are known to work; 4 is unknown, before 1.7 calls are missing. */
export function isSupportedVersion(version: readonly [number, number, number]): boolean {
  const [major, minor] = version;
  return (major === 1 && minor >= 7) || major === 2 || major === 3;
}

// OpenMP reads this when it is loaded, which is below here unless something else brought it in. Its default is to spin:
// beside two busy processes on two cores 100 rounds took 20 times as long.
function letWaitingThreadsSleep(): void {
  process.env.OMP_WAIT_POLICY ??= "passive";
}

function openCandidate(candidate: LibraryCandidate): XgboostLibrary | { reason: string } {
  if (path.isAbsolute(candidate.path) && !existsSync(candidate.path)) return { reason: "the file does not exist" };
  const missing = preloadDependencies(candidate.path);
  let library: LibraryHandle;
  try {
    library = koffi.load(candidate.path);
  } catch (error) {
    const hint =
      missing.length > 0 && path.isAbsolute(candidate.path)
        ? ` (could not be loaded before it: ${missing.join(", ")})`
        : "";
    return { reason: messageOf(error) + hint };
  }
  try {
    const version = readLibraryVersion(library);
    if (!isSupportedVersion(version)) {
      library.unload();
      return { reason: `version ${version.join(".")}; expected 1.7 or newer, below 4` };
    }
    return {
      path: candidate.path,
      version: version.join("."),
      source: candidate.source,
      native: bindNativeFunctions(library),
    };
  } catch (error) {
    library.unload();
    return { reason: `not a usable libxgboost: ${messageOf(error)}` };
  }
}

// Returns the names that could not be loaded. libdmlc is part of most builds, so a missing one only matters if opening fails.
function preloadDependencies(libraryPath: string): string[] {
  const missing: string[] = [];
  for (const candidates of listDependencyCandidates(libraryPath, process.platform)) {
    const loaded = candidates.some((candidate) => {
      try {
        koffi.load(candidate, { global: true });
        return true;
      } catch {
        return false;
      }
    });
    if (!loaded) missing.push(path.basename(candidates.at(-1) ?? ""));
  }
  return missing;
}

function describeFailure(tried: readonly { path: string; reason: string }[]): string {
  const lines = tried.map(({ path: file, reason }) => `  ${file}: ${reason}`);
  return [
    `No usable libxgboost for ${process.platform} ${process.arch}. Tried:`,
    ...(lines.length > 0 ? lines : ["  nothing: no library is known for this platform"]),
    mendInstructions(process.platform),
  ].join("\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
