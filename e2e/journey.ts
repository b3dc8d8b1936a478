import { readFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import type { Credential } from "@/lib/env/credentials-file";

/** `test` for journeys: pages open at the product's address, and `signIn` signs in as the first account of a role. */
export const test = base.extend<{ signIn: (role: string) => Promise<void> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  baseURL: async ({}, use) => use(process.env.E2E_BASE_URL),
  signIn: async ({ page }, use) => {
    await use(async (role) => {
      const { email, password } = credentialsOf(role);
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).not.toHaveURL(/sign-in/);
    });
  },
});
export { expect };

function credentialsOf(role: string): Credential {
  const file = process.env.E2E_CREDENTIALS;
  if (!file) throw new Error("E2E_CREDENTIALS is not set: expected the path of the product's credentials.json");
  const all = JSON.parse(readFileSync(file, "utf8")) as Credential[];
  const found = all.find((credential) => credential.role === role);
  if (!found) throw new Error(`${file} has no account with the role ${role}`);
  return found;
}
