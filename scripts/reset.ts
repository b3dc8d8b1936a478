import { rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { outsideFolder } from "@/lib/db/embedded-server";
import { dataFile, LISTED_DATA_FILES } from "@/lib/env/data-folder";
import { env } from "@/lib/env/env";
import { runCommand, say } from "./run-command";
import { endOrphans, runChild } from "./start/children";
import { removeOwnDatabase } from "./start/remove-own-database";
import { stopInstallation } from "./start/stop-installation";

// `npm run reset`: removes what this installation knows, after asking. `-- --empty` then begins without the demo.
await runCommand(async () => {
  const { values } = parseArgs({ options: { yes: { type: "boolean" }, empty: { type: "boolean" } } });
  const { DATABASE_URL, TIDELINE_DATA_DIR } = env();
  if (DATABASE_URL) {
    throw new Error(
      "DATABASE_URL is set: a database of your own is not removed from here; drop it and make it anew with your server's tools, then remove the data folder",
    );
  }
  if (!values.yes && !(await confirmed(TIDELINE_DATA_DIR))) {
    say("nothing was removed");
    return 1;
  }
  await stopInstallation();
  await endOrphans();
  // The server's folder first: its place is known from a file among the others.
  await removeOwnDatabase();
  rmSync(outsideFolder(), { recursive: true, force: true });
  for (const name of LISTED_DATA_FILES) rmSync(dataFile(name), { force: true });
  // What lies in the inbox is not imported yet: it is still only the user's.
  for (const name of ["deliveries", "done", "refused"])
    rmSync(path.join(TIDELINE_DATA_DIR, "import", name), { recursive: true, force: true });
  say("all data of this installation is removed");
  if (!values.empty) return 0;
  await runChild({
    name: "start",
    script: "scripts/start.ts",
    nodeOptions: ["--import", "tsx"],
    arguments: ["--empty"],
    onLine: say,
  });
  return 0;
});

async function confirmed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error("nobody to ask: add -- --yes to remove all data without asking");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Remove all data of the installation in ${folder}? Type yes: `);
  terminal.close();
  return answer.trim() === "yes";
}
