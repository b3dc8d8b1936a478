import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import type { Account } from "./accounts";
import { Faults } from "./faults";
import { signInAs } from "./session";

type Fixtures = {
  /** Watches every context of the journey; what it found and nobody allowed fails the journey. */
  faults: Faults;
  /** Signs the journey's own browser in as the first account of a role. */
  signIn: (role: string) => Promise<Account>;
  /** A page of a further browser, signed in as the first account of a role, or not signed in. */
  otherBrowser: (role: string | null) => Promise<Page>;
};

/** `test` for journeys: pages open at the product's address, and nothing may go wrong in the browser unseen. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  baseURL: async ({}, use) => use(process.env.E2E_BASE_URL),
  faults: [
    async ({ context }, use) => {
      const faults = new Faults();
      faults.watch(context);
      await use(faults);
      expect(faults.unexpected(), "errors in the browser's console, failed requests").toEqual([]);
    },
    { auto: true },
  ],
  signIn: async ({ context }, use) => use((role) => signInAs(context, role)),
  otherBrowser: async ({ browser, baseURL, faults }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ baseURL: baseURL as string });
      opened.push(context);
      faults.watch(context);
      if (role) await signInAs(context, role);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
export { expect };
