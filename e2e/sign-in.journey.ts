import { expect, test } from "./journey";

test("without a session every page leads to signing in", async ({ page }) => {
  await page.goto("/queue");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a CSM signs in and sees this week's queue", async ({ page, signIn }) => {
  await signIn("csm");
  await expect(page.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  await expect(page.getByText("Demo data").first()).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});
