import { stopEmbeddedServer } from "@/lib/db/embedded-server";
import { dataFile } from "@/lib/env/data-folder";
import { lockOwner } from "@/lib/env/process-lock";
import { runCommand, say } from "./run-command";
import { stopInstallation } from "./start/stop-installation";

// `npm run stop`: ends a running `npm start` of this installation, and a Postgres that a killed one left.
await runCommand(async () => {
  const ran = lockOwner(dataFile("start.lock")) !== undefined;
  await stopInstallation();
  await stopEmbeddedServer();
  say(ran ? "stopped" : "it did not run");
  return 0;
});
