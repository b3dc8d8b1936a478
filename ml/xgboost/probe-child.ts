import { XgboostLibraryError } from "./errors";
import { loadXgboost } from "./library";
import type { ProbeReport } from "./probe";

// Run by probe.ts in a process of its own, so that a library that crashes on opening harms nothing else.
process.stdout.write(`${JSON.stringify(report())}\n`);

function report(): ProbeReport {
  try {
    const { path, version, source } = loadXgboost();
    return { library: { path, version, source } };
  } catch (error) {
    if (error instanceof XgboostLibraryError) return { message: error.message, tried: error.tried };
    throw error;
  }
}
