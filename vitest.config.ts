import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const alias = {
  "@": root,
  // Under plain Node "server-only" throws; its point is the bundler, not the tests.
  "server-only": path.join(root, "node_modules/server-only/empty.js"),
};

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{app,components,lib,ml,jobs,prisma,scripts,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["{lib,jobs,prisma,scripts}/**/*.integration.test.ts"],
          globalSetup: ["lib/db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          // After the unit tests: both would want all cores.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
