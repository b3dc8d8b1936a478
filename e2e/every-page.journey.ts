import { expect, test } from "./journey";
import { PAGES } from "./pages";
import { expectWhole } from "./whole-page";

const PHONE = { width: 390, height: 844 };

for (const { name, role, open } of PAGES) {
  test(`the page ${name} says what its data is, keeps nobody out and fits a phone`, async ({
    page,
    signIn,
    faults,
  }) => {
    if (name === "unknown") faults.allow(/^404 GET \/no-such-page$/);
    if (role) await signIn(role);
    await open(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    if (name !== "unknown") await expect(page.getByText("Demo data").first()).toBeVisible();
    if (role && name !== "unknown") {
      const state = page.getByRole("region", { name: "State of the data" });
      await expect(state).toContainText(/Scores of Mon \d+ \w+( \d{4})?, data to \w+ \d+ \w+/);
    }

    await expectWhole(page);
  });
}

test("on a phone the menu opens, leads on and closes", async ({ page, signIn }) => {
  await page.setViewportSize(PHONE);
  await signIn("csm");
  await page.goto("/queue");
  const menu = page.getByRole("dialog", { name: "Menu" });
  await expect(menu).toBeHidden();
  await page.getByRole("button", { name: "Open the menu" }).click();
  await expect(menu.getByRole("link", { name: "Risk queue" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(page.getByRole("button", { name: "Open the menu" })).toBeFocused();

  await page.getByRole("button", { name: "Open the menu" }).click();
  await menu.getByRole("link", { name: "Leaving" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Leaving" })).toBeVisible();
  await expect(menu).toBeHidden();
});

test("colours follow the reader's choice, also after the page is loaded anew", async ({ page, signIn }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signIn("csm");
  await page.goto("/queue");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Dark" }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
});
