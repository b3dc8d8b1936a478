import { ensurePrismaClient } from "./setup/prisma-client";

// `npm run setup`: what npm's own install scripts would do if they were allowed to run; start and test do it by themselves.
const generated = await ensurePrismaClient();
process.stdout.write(`Prisma's client: ${generated ? "generated" : "as the schema wants it"}\n`);
