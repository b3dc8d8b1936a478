import { randomBytes } from "node:crypto";
import { inTransaction } from "@/lib/db/pool";
import { writeCredentials } from "@/lib/env/credentials-file";
import type { Settings } from "@/lib/settings/contract";
import { changeSettings } from "@/lib/settings/service";
import { createUser } from "@/lib/users/service";
import { countUsers, insertEmptyInstallation, selectInstallation, selectServerVersion } from "./repository";

/** What this installation is and since when it is ready; null on a database that no start has filled yet. */
export const findInstallation = selectInstallation;

/**
 * Makes a new installation without the demo: one administrator, whose password is generated and kept in the credentials
 * file, what is given of the company, and nothing else. Called again after a kill it goes on where it was.
 */
export async function createEmptyInstallation(args: {
  adminEmail: string;
  company: Partial<Pick<Settings, "companyName" | "zone" | "currency" | "weekStart">>;
  now: Date;
}): Promise<void> {
  const actor = { id: null, label: "system" };
  if ((await countUsers()) === 0) {
    const admin = { email: args.adminEmail, name: "Administrator", role: "admin" as const };
    const password = randomBytes(12).toString("base64url");
    // Before the account: a password that nobody knows would lock everyone out.
    writeCredentials([{ ...admin, password }]);
    await createUser({ ...admin, password, actor });
  }
  if (Object.keys(args.company).length > 0)
    await changeSettings({ version: 0, changes: args.company, reason: "Given to the first start.", actor });
  await inTransaction((client) => insertEmptyInstallation(client, args.now));
}

/** @throws Error where the database server is too old for the product. */
export async function requireServerVersion(): Promise<void> {
  const version = await selectServerVersion();
  if (version >= OLDEST_SERVER * 10_000) return;
  throw new Error(
    `DATABASE_URL leads to Postgres ${Math.floor(version / 10_000)}: expected version ${OLDEST_SERVER} or newer`,
  );
}

const OLDEST_SERVER = 15;
