import type { Page } from "@playwright/test";
import { barriersOn } from "./accessibility";
import { expect } from "./journey";

/** The open page keeps nobody out, in light and dark, and does not scroll sideways on a phone. */
export async function expectWhole(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriersOn(page), colorScheme).toEqual([]);
  }
  const before = page.viewportSize() as { width: number; height: number };
  await page.setViewportSize({ width: 390, height: 844 });
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(beyond, { message: "the page scrolls sideways" }).toBe(0);
  await page.setViewportSize(before);
}
