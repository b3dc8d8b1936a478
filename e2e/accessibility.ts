import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type AxeWindow = { axe: { run: (options: object) => Promise<AxeResults> } };

/**
 * What axe-core finds on the open page that keeps people out: violations rated serious or critical, one line per rule
 * with the first elements.
 */
export async function barriersOn(page: Page): Promise<string[]> {
  // Evaluated by the browser's own tools, since the page's policy lets no foreign script in.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as AxeWindow;
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary ?? ""})`);
      return `${id}: ${help}, ${nodes.length} times: ${places.join("; ")}`;
    });
}
