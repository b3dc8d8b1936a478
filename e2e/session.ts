import type { BrowserContext, Page } from "@playwright/test";
import { type Account, accountOf } from "./accounts";

/** Sessions of this run by e-mail address, so that each account goes through the form once. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

/** Signs a browser in as the first account of a role. */
export async function signInAs(context: BrowserContext, role: string): Promise<Account> {
  const account = accountOf(role);
  const kept = sessions.get(account.email);
  if (kept) {
    await context.addCookies(kept);
    return account;
  }
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signInByForm(page, account);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  sessions.set(account.email, await context.cookies());
  await page.close();
  return account;
}

/** Fills in the form on the sign-in page and sends it. */
export async function signInByForm(page: Page, { email, password }: Pick<Account, "email" | "password">) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
