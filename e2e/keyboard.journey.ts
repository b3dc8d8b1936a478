import type { Page } from "@playwright/test";
import { accountOf } from "./accounts";
import { expect, test } from "./journey";

test("signing in and reaching a customer need no mouse", async ({ page }) => {
  await page.goto("/sign-in");
  const { email, password } = accountOf("csm");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expectVisibleFocus(page);
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeFocused();
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();

  // The first stop is the way past the menu.
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#content$/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "How it is ranked" })).toBeFocused();

  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "How the queue is ranked" });
  await expect(dialog).toContainText("probability × monthly revenue × gross margin × expected paid months");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "How it is ranked" })).toBeFocused();

  await page.keyboard.press("Tab");
  await expect(page.getByRole("searchbox", { name: "Search by customer name" })).toBeFocused();
  for (const label of ["Owner", "Listing", "Probability"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("combobox", { name: label })).toBeFocused();
    await expectVisibleFocus(page);
  }

  const rows = page.locator("[data-row-link]");
  const [first, second] = [rows.nth(0), rows.nth(1)];
  await tabTo(page, first);
  await page.keyboard.press("ArrowDown");
  await expect(second).toBeFocused();
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await page.keyboard.press("End");
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press("Home");
  const name = (await first.textContent()) as string;
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

async function tabTo(page: Page, target: ReturnType<Page["locator"]>): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let stops = 0; stops < 20 && !(await focused()); stops += 1) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
}

/** What has the focus shows it, by an outline, a ring or its border. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const marks = await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const read = () => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
      return { outline: outlineStyle === "none" ? "0px" : outlineWidth, boxShadow, borderColor };
    };
    const focused = read();
    element.blur();
    const blurred = read();
    element.focus({ focusVisible: true } as FocusOptions);
    return JSON.stringify(focused) !== JSON.stringify(blurred);
  });
  expect(marks, "the focus is visible").toBe(true);
}
