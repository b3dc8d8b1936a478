import { commandSuite, type Suite } from "./suite";

const SOURCES = ["app", "components", "lib", "ml", "jobs", "prisma", "scripts", "bench", "e2e"];
const NODE = process.execPath;

/** What can be said without running the product. */
export const STATIC_CHECKS: readonly Suite[] = [
  commandSuite("types", [NODE, "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.check.json"]),
  commandSuite("lint and format", [NODE, "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]),
  commandSuite("import rules", [NODE, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs", ...SOURCES]),
  commandSuite("dead code", [NODE, "node_modules/knip/bin/knip.js", "--no-progress"]),
];
