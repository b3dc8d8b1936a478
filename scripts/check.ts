import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";
import { STATIC_CHECKS } from "./test/static-checks";
import { describeCount, runSuites } from "./test/suite";

// `npm run check`: types, lint, import rules and dead code; seconds, nothing is started.
await runCommand(async () => {
  await ensurePrismaClient();
  const total = await runSuites(STATIC_CHECKS, say);
  say(describeCount(total));
  return total.failed === 0 ? 0 : 1;
});
