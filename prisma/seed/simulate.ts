import { parseArgs } from "node:util";
import { latestWeekStart } from "@/lib/calendar/weeks";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";
import { DEMO_USERS } from "./demo-users";
import { FactSimulation } from "./techflow/fact-simulation";
import type { Signal } from "./techflow/parameters";
import { createWorld, historyStart } from "./techflow/world";

// Writes TechFlow's canonical CSV files into a folder, for trying an import without the demo:
// node --import tsx prisma/seed/simulate.ts --out DIR [--customers N --weeks W --seed S --signal low|medium|high --until DATE]
const { values } = parseArgs({
  options: {
    out: { type: "string" },
    customers: { type: "string", default: "10000" },
    weeks: { type: "string", default: "78" },
    seed: { type: "string", default: "1" },
    signal: { type: "string", default: "medium" },
    until: { type: "string" },
  },
});
if (!values.out) throw new Error("--out is missing; expected a folder to write into");
const { zone } = DEFAULT_SETTINGS;
const until = latestWeekStart(values.until ? new Date(`${values.until}T12:00:00Z`) : new Date(), {
  zone,
  weekStart: "monday",
});
const world = createWorld({
  seed: Number(values.seed),
  customers: Number(values.customers),
  signal: values.signal as Signal,
  historyFrom: historyStart({ until, weeks: Number(values.weeks), zone }),
  zone,
});
const lastExport = world.calendar.dayNumberAt(until);
const ownerEmails = DEMO_USERS.filter(({ role }) => role === "csm").map(({ email }) => email);
const simulation = new FactSimulation({ world, after: null, horizon: lastExport, ownerEmails });
const written = await simulation.write({ directory: values.out, until: lastExport });
process.stdout.write(`${JSON.stringify(written, null, 2)}\n`);
