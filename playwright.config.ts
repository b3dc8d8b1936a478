import { defineConfig, devices } from "@playwright/test";
import { chromiumArguments } from "./e2e/chromium-arguments";

/** The browser journeys: on one product with a small demo company, started for the run (e2e/start-product.ts). */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.journey.ts",
  globalSetup: "./e2e/start-product.ts",
  outputDir: "test-results",
  // One product and one database: journeys that change something must not meet.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...devices["Desktop Chrome"],
    trace: "retain-on-failure",
    // Colours are judged as they stay, not half way from light to dark.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.TIDELINE_CHROMIUM,
      args: chromiumArguments(),
    },
  },
});
