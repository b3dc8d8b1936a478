import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCommand, say } from "./run-command";
import { findChromium } from "./setup/chromium";
import { ensurePrismaClient } from "./setup/prisma-client";
import { buildPages } from "./start/web-build";
import { readPlaywright, readSurvival, readVitest } from "./test/read-reports";
import { STATIC_CHECKS } from "./test/static-checks";
import { oneCheck, reportingSuite, runSuites, type Suite } from "./test/suite";

// `npm test`: everything there is to check, ending with the one line "N passed, N failed".
await runCommand(async () => {
  await ensurePrismaClient();
  const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-test-"));
  try {
    const { passed, failed } = await runSuites([...STATIC_CHECKS, ...runningSuites(folder)], say);
    say(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function runningSuites(folder: string): Suite[] {
  const node = process.execPath;
  const vitest = path.join(folder, "vitest.json");
  const survival = path.join(folder, "survival.json");
  const playwright = path.join(folder, "playwright.json");
  return [
    reportingSuite({
      name: "unit and database tests",
      command: [
        node,
        "node_modules/vitest/vitest.mjs",
        "run",
        "--reporter=dot",
        "--reporter=json",
        `--outputFile=${vitest}`,
      ],
      report: vitest,
      read: readVitest,
    }),
    {
      name: "production build",
      run: async () => {
        await buildPages({ onLine: say });
        return oneCheck(true);
      },
    },
    {
      name: "browser journeys",
      run: async () => {
        const chromium = await findChromium();
        return reportingSuite({
          name: "browser journeys",
          command: [node, "node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
          env: { ...chromium.env, TIDELINE_CHROMIUM: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: playwright },
          report: playwright,
          read: readPlaywright,
        }).run();
      },
    },
    reportingSuite({
      name: "survival of kills and collisions",
      command: [node, "--import", "tsx", "scripts/survive.ts"],
      env: { TIDELINE_SURVIVE_REPORT: survival },
      report: survival,
      read: readSurvival,
    }),
  ];
}
