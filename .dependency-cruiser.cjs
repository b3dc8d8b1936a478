// The import rules of CONTRIBUTING.md, checked by `npm run check`.

// Two repairs of version 17 with the swc parser: it reads every file as plain TypeScript, on which JSX is an error, and it
// does not see that an import is of types only. The type of a database client in a signature touches no database.
const swc = require("@swc/core");
const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => {
  const module = parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
  return { ...module, body: module.body.filter((item) => !isClientTypeImport(item)) };
};
const isClientTypeImport = (item) =>
  item.type === "ImportDeclaration" &&
  item.typeOnly &&
  /^(pg|pg-copy-streams|@prisma\/client)$/.test(item.source.value);

/** Folders that may hold code that reads and writes the database directly. */
const TOUCHES_DATABASE = [
  "^lib/.+repository",
  "^lib/db/",
  "^lib/.+/testing/",
  "^prisma/seed/",
  "^bench/",
  "\\.integration\\.test\\.ts$",
];
const DATABASE_CLIENTS = [
  "^lib/db/prisma\\.ts$",
  "^lib/db/generated/",
  "node_modules/(pg|pg-copy-streams)/",
  "node_modules/@prisma/(client|adapter-pg)/",
];
const TESTS = "\\.test\\.tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other cannot be understood or tested alone. Types may point both ways.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "all-imports-exist",
      comment: "An import that leads nowhere, or to a package that package.json does not list.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "packages-are-listed",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "product-needs-no-dev-packages",
      comment: "What runs in production is a dependency, not a devDependency.",
      severity: "error",
      from: { path: "^(app|components|lib|ml|jobs|prisma)/", pathNot: [TESTS, "/testing/", "/generated/"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ml-knows-nothing-of-ours",
      comment: "ml/ is pure numbers and the XGBoost binding; it knows no database and no churn.",
      severity: "error",
      from: { path: "^ml/" },
      to: { path: "^(app|components|lib|jobs|prisma|scripts|bench)/" },
    },
    {
      name: "ml-uses-no-database",
      severity: "error",
      from: { path: "^ml/" },
      to: { path: "node_modules/(pg|pg-[^/]+|@prisma|next|react)/" },
    },
    {
      name: "database-only-in-repositories",
      comment: "SQL and Prisma stand in repository.ts files, lib/db, test worlds and the simulator, and nowhere else.",
      severity: "error",
      from: { pathNot: [...TOUCHES_DATABASE, "^scripts/", "^jobs/runner/child\\.ts$"] },
      to: { path: DATABASE_CLIENTS, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pages-call-services",
      comment:
        "app/ parses, authorizes and calls a service: of lib it imports services, contracts, lib/auth and lib/http.",
      severity: "error",
      from: { path: "^app/" },
      to: {
        path: "^(lib|ml|jobs|prisma|scripts)/",
        pathNot: ["^lib/[^/]+/.*(service|contract)", "^lib/(auth|http|env|calendar)/"],
      },
    },
    {
      name: "components-know-contracts-only",
      comment:
        "Components get props and give events; of lib they know contracts, the client side of lib/http and pure calendar arithmetic.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^(app|lib|ml|jobs|prisma|scripts)/",
        pathNot: ["^lib/[^/]+/.*contract", "^lib/http/client", "^lib/calendar/"],
      },
    },
    {
      name: "primitives-know-no-domain",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(components|lib)/", pathNot: ["^components/ui/", "^lib/http/client"] },
    },
    {
      name: "lib-is-below-pages-and-jobs",
      severity: "error",
      from: { path: "^lib/", pathNot: [TESTS, "/testing/"] },
      to: { path: "^(app|components|jobs|scripts|prisma|e2e|bench)/" },
    },
    {
      name: "other-domains-by-service-or-contract",
      comment: "Another domain's repository is its own business.",
      severity: "error",
      from: { path: "^lib/([^/]+)/", pathNot: [TESTS, "/testing/"] },
      to: { path: "^lib/[^/]+/.*repository", pathNot: "^lib/$1/" },
    },
    {
      name: "contracts-are-client-safe",
      comment: "Contracts reach the browser.",
      severity: "error",
      from: { path: "^lib/[^/]+/contract" },
      to: {
        path: ["^lib/(db|env)/", "/(service|repository)\\.ts$", "node_modules/(pg|@prisma|koffi|@node-rs)/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "jobs-call-services",
      severity: "error",
      from: { path: "^jobs/", pathNot: TESTS },
      to: { path: ["^(app|components|scripts)/", "^lib/[^/]+/.*repository"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|\\.data|generated/internal|generated/models)" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    // TypeScript 7 has no JavaScript API that the cruiser could use.
    parser: "swc",
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".json", ".css"],
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
      mainFields: ["module", "main", "types"],
    },
  },
};
