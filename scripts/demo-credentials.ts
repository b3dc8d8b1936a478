import { readCredentials } from "@/lib/env/credentials-file";
import { runCommand, say } from "./run-command";
import { describeCredentials } from "./start/describe-credentials";

// `npm run demo:credentials`: the sign-ins that the first start made.
await runCommand(async () => {
  const credentials = readCredentials();
  say(describeCredentials(credentials));
  return credentials.length > 0 ? 0 : 1;
});
