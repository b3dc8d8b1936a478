import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import type { ImportReport } from "@/lib/ingest/contract";
import { importDirectory } from "@/lib/ingest/service";
import { DEMO_USERS } from "./demo-users";
import type { DayNumber } from "./techflow/day-calendar";
import { FactSimulation, type WrittenFacts } from "./techflow/fact-simulation";
import type { World } from "./techflow/world";

/** A simulation whose customers are the demo's CSMs' own. */
export function demoSimulation(args: { world: World; after: DayNumber | null; horizon: DayNumber }): FactSimulation {
  const ownerEmails = DEMO_USERS.filter(({ role }) => role === "csm").map(({ email }) => email);
  return new FactSimulation({ ...args, ownerEmails });
}

/**
 * Simulates what the business got to know up to the export of `until`, and imports it through the canonical files.
 * Imported twice it changes nothing, so whoever was killed simply repeats it.
 */
export async function importFacts(args: {
  simulation: FactSimulation;
  until: DayNumber;
  onProgress?: (progress: { step: string; fraction: number; message?: string }) => void;
  abort?: AbortSignal;
}): Promise<{ written: WrittenFacts; report: ImportReport }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), "tideline-demo-"));
  try {
    const written = await args.simulation.write({
      directory,
      until: args.until,
      onProgress: (fraction) => args.onProgress?.({ step: "Simulating TechFlow", fraction }),
      signal: args.abort,
    });
    const report = await importDirectory({
      directory,
      historical: true,
      source: "techflow",
      actor: SYSTEM_ACTOR,
      allowDemo: true,
      onProgress: ({ file, rows, fraction }) =>
        args.onProgress?.({ step: "Importing", fraction, message: `${file}: ${rows} rows` }),
      signal: args.abort,
    });
    return { written, report };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
