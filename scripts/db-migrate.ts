import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";

// `npm run db:migrate`: brings the database to the newest migration.
await runCommand(async () => {
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  const applied = await withDatabase(async ({ applied }) => applied);
  say(applied.length > 0 ? `applied: ${applied.join(", ")}` : "nothing to apply");
  return 0;
});
