import { existsSync, renameSync, rmSync } from "node:fs";
import { embeddedFolder, stopEmbeddedServer } from "@/lib/db/embedded-server";

/**
 * Stops the installation's own Postgres, whoever uses it, and removes its data; never what DATABASE_URL names. Killed at
 * any moment it leaves the data whole or none, so that the next start finds one or the other.
 */
export async function removeOwnDatabase(): Promise<void> {
  await stopEmbeddedServer();
  const folder = embeddedFolder();
  if (!folder) return;
  const removed = `${folder}.removed`;
  rmSync(removed, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, removed);
  rmSync(removed, { recursive: true, force: true });
}
