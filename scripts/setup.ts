import { parseArgs } from "node:util";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";
import { buildPages } from "./start/web-build";

// `npm run setup`: what npm's own install scripts would do if they were allowed to run, and with --pages the build of the
// web pages, for an image. Start and test do both by themselves.
await runCommand(async () => {
  const { values } = parseArgs({ options: { pages: { type: "boolean" } } });
  say(`Prisma's client: ${(await ensurePrismaClient()) ? "generated" : "as the schema wants it"}`);
  if (values.pages) say(`web pages: ${(await buildPages({ onLine: say })) ? "built" : "as the sources want them"}`);
  return 0;
});
