import { parseArgs } from "node:util";
import { env } from "@/lib/env/env";
import { runCommand, say } from "./run-command";

// `npm run account:link -- --email ADDRESS`: a link by which the person sets a password. For whoever runs the server, where no
// administrator can sign in to make one.
await runCommand(async () => {
  const { values } = parseArgs({ options: { email: { type: "string" } } });
  const { EmailSchema } = await import("@/lib/users/contract");
  const email = EmailSchema.safeParse(values.email ?? "");
  if (!email.success) throw new Error(`--email is "${values.email ?? ""}": expected the e-mail address of an account`);
  const { withDatabase } = await import("@/lib/db/with-database");
  const { findCredentials } = await import("@/lib/users/credentials");
  const { makeAccountLink } = await import("@/lib/users/link-service");
  const { linkPath } = await import("@/lib/users/link-contract");
  return withDatabase(async () => {
    const account = await findCredentials(email.data);
    if (!account) throw new Error(`--email is "${email.data}": there is no account with this address`);
    const actor = { id: null, label: "command line" };
    const link = await makeAccountLink({ id: account.id, actor, now: new Date() });
    say(`${env().TIDELINE_URL}${linkPath(link.secret)}`);
    say(`for ${account.name} alone, once, until ${link.expiresAt}`);
    return 0;
  });
});
