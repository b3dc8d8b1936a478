import type { Page } from "@playwright/test";
import { accountOf } from "./accounts";
import { expect, test } from "./journey";
import { makeAccount } from "./new-account";
import { signInByForm } from "./session";

const REFUSED = /^401 POST \/api\/auth\/callback\/credentials$/;

test("without a session every page leads to signing in, and from there to where one wanted to go", async ({ page }) => {
  await page.goto("/leaving");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fleaving$/);
  await signInByForm(page, accountOf("csm"));
  await expect(page).toHaveURL(/\/leaving$/);
  await expect(page.getByRole("heading", { level: 1, name: "Leaving" })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/queue");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fqueue$/);
});

test("sent before the page's script is there, the form keeps the password out of the address", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL as string, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(accountOf("csm").email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  expect(page.url()).not.toContain("password");
  await context.close();
});

test("a wrong password and an unknown address get the same answer", async ({ page, faults }) => {
  faults.allow(REFUSED);
  const { email } = accountOf("vp");
  const said: (string | null)[] = [];
  for (const account of [email, `nobody.${Date.now()}@techflow.example`]) {
    await page.goto("/sign-in");
    await signInByForm(page, { email: account, password: "not the password" });
    await expect(message(page)).toBeVisible();
    said.push(await message(page).textContent());
  }
  expect(said).toEqual(["E-mail or password is not right.", "E-mail or password is not right."]);
});

test("after ten failures an account waits, also with the right password", async ({ page, otherBrowser, faults }) => {
  const person = await makeAccount(await otherBrowser("admin"));
  faults.allow(REFUSED);
  await page.goto("/sign-in");
  for (let failure = 1; failure <= 10; failure += 1) {
    const answered = page.waitForResponse(/\/api\/auth\/callback\/credentials/);
    await signInByForm(page, { email: person.email, password: `wrong ${failure}` });
    await answered;
    await expect(message(page)).toHaveText("E-mail or password is not right.");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  }
  await signInByForm(page, person);
  await expect(message(page)).toHaveText("Too many failed attempts. Wait a quarter of an hour and try again.");
});

test("changing one's own password ends the sessions in other browsers and keeps this one", async ({
  page,
  otherBrowser,
  faults,
}) => {
  const person = await makeAccount(await otherBrowser("admin"));
  const elsewhere = await otherBrowser(null);
  for (const browser of [page, elsewhere]) {
    await browser.goto("/sign-in");
    await signInByForm(browser, person);
    await expect(browser.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  }
  const next = "four other unrelated words";
  await page.getByRole("link", { name: "Password and sessions" }).click();
  const change = async (current: string, wanted: string, repeated = wanted) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password", { exact: true }).fill(wanted);
    await page.getByLabel("New password again").fill(repeated);
    await page.getByRole("button", { name: "Change password" }).click();
  };
  await change(person.password, next, "something else altogether");
  await expect(page.getByText("The two new passwords differ.")).toBeVisible();
  faults.allow(/^4\d\d POST \/api\/v1\/users\/me\/password$/);
  await change("not the password", next);
  await expect(message(page)).toContainText(/password/i);
  await change(person.password, next);
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  await page.goto("/queue");
  await expect(page.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  await elsewhere.goto("/queue");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  faults.allow(REFUSED);
  await signInByForm(elsewhere, person);
  await expect(message(elsewhere)).toHaveText("E-mail or password is not right.");
  await signInByForm(elsewhere, { ...person, password: next });
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
});

/** The page's own message; Next keeps an empty one for route changes. */
function message(page: Page) {
  return page.locator("main").getByRole("alert");
}
