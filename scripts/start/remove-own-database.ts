import { rmSync } from "node:fs";
import { embeddedFolder, outsideFolder, stopEmbeddedServer } from "@/lib/db/embedded-server";

/** Stops the installation's own Postgres, whoever uses it, and removes its data; not where DATABASE_URL names another. */
export async function removeOwnDatabase(): Promise<void> {
  await stopEmbeddedServer();
  // Its place is known from a file of the data folder, which stays for the next one.
  for (const folder of [embeddedFolder(), outsideFolder()])
    if (folder) rmSync(folder, { recursive: true, force: true });
}
