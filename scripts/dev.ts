import { env } from "@/lib/env/env";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";
import { runChild, stopChildren } from "./start/children";

// `npm run dev`: Next's development server on the installation's database, without jobs. Run `npm start` once before.
await runCommand(async () => {
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  const { TIDELINE_URL, PORT, HOST } = env();
  await withDatabase(async ({ signal }) => {
    signal.addEventListener("abort", () => void stopChildren());
    await runChild({
      name: "next dev",
      script: "node_modules/next/dist/bin/next",
      arguments: ["dev", "--port", String(PORT), "--hostname", HOST],
      env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", NEXTAUTH_URL: TIDELINE_URL },
      onLine: say,
    }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  });
  return 0;
});
