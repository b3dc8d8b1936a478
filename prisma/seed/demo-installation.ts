import { z } from "zod";
import { pool } from "@/lib/db/pool";
import { SIGNALS } from "./techflow/parameters";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** installation.demo_parameters: the world, and the last day whose export has been imported. */
const DemoParametersSchema = z.object({
  seed: z.number().int().min(0),
  customers: z.number().int().min(1),
  signal: z.enum(SIGNALS as ["low", "medium", "high"]),
  historyFrom: day,
  zone: z.string(),
  /** The Monday that the first filling ends with. */
  filledUntil: day,
  /** Null before the first filling. */
  simulatedUntil: day.nullable(),
});
export type DemoParameters = z.infer<typeof DemoParametersSchema>;

export type DemoInstallation = { readonly parameters: DemoParameters; readonly readyAt: Date | null };

/**
 * The demo that this database holds or is to hold; null on a database without an installation.
 * @throws Error where the installation is not a demo
 */
export async function findDemoInstallation(): Promise<DemoInstallation | null> {
  const { rows } = await pool().query<{ mode: string; parameters: unknown; readyAt: Date | null }>(
    'SELECT mode, demo_parameters AS parameters, ready_at AS "readyAt" FROM installation',
  );
  const row = rows[0];
  if (!row) return null;
  if (row.mode !== "demo")
    throw new Error(`this installation's mode is "${row.mode}"; expected "demo": simulated data never joins real data`);
  return { parameters: DemoParametersSchema.parse(row.parameters), readyAt: row.readyAt };
}

/** Declares the database a demo of this world, unless it is an installation already. @returns what holds now. */
export async function declareDemo(parameters: DemoParameters): Promise<DemoInstallation> {
  await pool().query(
    "INSERT INTO installation (mode, demo_parameters) VALUES ('demo', $1) ON CONFLICT (id) DO NOTHING",
    [JSON.stringify(parameters)],
  );
  return (await findDemoInstallation())!;
}

/** Notes that all facts up to the export of that day are imported. */
export async function markSimulatedUntil(isoDay: string): Promise<void> {
  await pool().query(
    "UPDATE installation SET demo_parameters = jsonb_set(demo_parameters, '{simulatedUntil}', to_jsonb($1::text))",
    [isoDay],
  );
}

/** The last step of the first filling: from now on the product is up. */
export async function markReady(now: Date): Promise<void> {
  await pool().query("UPDATE installation SET ready_at = $1 WHERE ready_at IS NULL", [now]);
}
