import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { runCommand, say } from "@/scripts/run-command";
import { findChromium } from "@/scripts/setup/chromium";
import { runChild } from "@/scripts/start/children";
import { chromiumArguments } from "./chromium-arguments";
import { PAGES, type ProductPage } from "./pages";
import { signInAs } from "./session";
import startProduct from "./start-product";

// `npm run screenshots`: every page, wide and narrow, light and dark, into the folder screenshots; with --readme those that
// README.md shows, into docs/screenshots. Of a product that runs already where E2E_BASE_URL and E2E_CREDENTIALS name it.

const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const SCHEMES = ["light", "dark"] as const;
type Shot = { page: ProductPage; size: { width: number; height: number }; scheme: "light" | "dark"; file: string };

/** Pages of the README with the height that is shown of them. */
const README_PAGES = { queue: 900, customer: 1030 };

await runCommand(async () => {
  const { values } = parseArgs({ options: { readme: { type: "boolean" } } });
  const shots = values.readme ? readmeShots() : allShots();
  const stop = await startProduct();
  try {
    const program = await findChromium();
    const browser = await chromium.launch({
      executablePath: program.path,
      args: chromiumArguments(),
      env: { ...process.env, ...program.env },
    });
    try {
      for (const shot of shots) await take(browser, shot, !values.readme);
      if (values.readme) await takeOwnData(program);
    } finally {
      await browser.close();
    }
    say(`${shots.length} screenshots in ${path.dirname(shots[0]?.file ?? ".")}`);
    return 0;
  } finally {
    await stop();
  }
});

/** Those of a company's own data are taken by the journey that the README tells. */
function takeOwnData(program: Awaited<ReturnType<typeof findChromium>>): Promise<void> {
  return runChild({
    name: "The journey of own data",
    script: "node_modules/@playwright/test/cli.js",
    arguments: ["test", "--reporter=line", "own-data"],
    env: { ...program.env, TIDELINE_CHROMIUM: program.path, E2E_PICTURES: "docs/screenshots" },
    onLine: say,
  });
}

function allShots(): Shot[] {
  return PAGES.flatMap((page) =>
    Object.entries(WIDTHS).flatMap(([width, size]) =>
      SCHEMES.map((scheme) => ({ page, size, scheme, file: `screenshots/${page.name}-${width}-${scheme}.png` })),
    ),
  );
}

function readmeShots(): Shot[] {
  return PAGES.flatMap((page) => {
    const height = README_PAGES[page.name as keyof typeof README_PAGES];
    if (height === undefined) return [];
    return [
      { page, size: { width: WIDTHS.wide.width, height }, scheme: "light", file: `docs/screenshots/${page.name}.png` },
    ];
  });
}

async function take(browser: Browser, { page: { role, open }, size, scheme, file }: Shot, fullPage: boolean) {
  const context = await browser.newContext({
    baseURL: process.env.E2E_BASE_URL as string,
    viewport: size,
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  try {
    if (role) await signInAs(context, role);
    const page = await context.newPage();
    await open(page);
    await settled(page);
    mkdirSync(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file, fullPage });
  } finally {
    await context.close();
  }
}

/** Fonts are there and nothing is asked for any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
