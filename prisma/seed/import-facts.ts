import { mkdtemp, readdir, rm } from "node:fs/promises";
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
  await removeFilesOfKilled();
  const directory = await mkdtemp(path.join(os.tmpdir(), `${FOLDER}${process.pid}-`));
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
      channel: "simulator",
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

const FOLDER = "tideline-demo-";

/** Whoever was killed while it imported has left its files, two hundred megabytes for a whole demo. */
async function removeFilesOfKilled(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const maker = name.startsWith(FOLDER) ? Number(name.slice(FOLDER.length).split("-")[0]) : Number.NaN;
    if (Number.isInteger(maker) && maker > 0 && !isRunning(maker))
      await rm(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
