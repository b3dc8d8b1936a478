import { randomBytes } from "node:crypto";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { pool } from "@/lib/db/pool";
import { readCredentials, writeCredentials } from "@/lib/env/credentials-file";
import { createUser } from "@/lib/users/service";
import { DEMO_USERS } from "./demo-users";

/**
 * Makes the demo's sign-ins that are missing, with passwords generated for this installation. Each password is in the
 * credentials file before its account is made: killed in between, none is lost.
 */
export async function ensureDemoAccounts(): Promise<void> {
  const kept = new Map(readCredentials().map((credential) => [credential.email, credential]));
  const credentials = DEMO_USERS.map(
    (user) => kept.get(user.email) ?? { ...user, password: randomBytes(12).toString("base64url") },
  );
  writeCredentials(credentials);
  const { rows } = await pool().query<{ email: string }>("SELECT email FROM app_user");
  const existing = new Set(rows.map(({ email }) => email));
  for (const user of DEMO_USERS) {
    if (existing.has(user.email)) continue;
    const { password } = credentials.find(({ email }) => email === user.email)!;
    await createUser({ ...user, password, actor: SYSTEM_ACTOR });
  }
}
