import { barriersOn } from "./accessibility";
import { accountOf } from "./accounts";
import { expect, test } from "./journey";
import { launchProduct } from "./launch-product";
import { signInByForm } from "./session";

test("while the demo is made, who knows the terminal's code can begin with own data instead", async ({
  browser,
  faults,
}) => {
  test.setTimeout(180_000);
  // Large enough not to be ready before the journey has answered.
  const product = await launchProduct(["--customers", "3000", "--weeks", "78"]);
  const context = await browser.newContext({ baseURL: product.url });
  try {
    faults.watch(context);
    await expect.poll(() => product.printed(), { timeout: 60_000 }).toContain("your own data instead?");
    const code = product.printed().match(/code ([A-Z0-9]{4}-[A-Z0-9]{4})/)?.[1] as string;
    const page = await context.newPage();
    await page.goto("/");
    await expect(page.getByText("makes a demo company")).toBeVisible();

    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await barriersOn(page), colorScheme).toEqual([]);
    }
    faults.allow(/^403 POST \/own-data$/);
    await page.getByLabel("Code from the terminal").fill("WRONG-CODE");
    await page.getByRole("button", { name: "Begin with my own data" }).click();
    await expect(page.getByRole("alert")).toHaveText("That is not the code that the terminal shows.");

    // By now there is something of the demo to remove.
    await expect.poll(() => product.printed(), { timeout: 60_000 }).toContain("demo: Importing");
    await page.getByLabel("Code from the terminal").fill(code.toLowerCase());
    await page.getByRole("button", { name: "Begin with my own data" }).click();
    await expect(page.getByText("starts empty, for your own data")).toBeVisible();
    await expect(page.getByLabel("Code from the terminal")).toHaveCount(0);
    // The page goes on to the product by itself.
    await expect(page.getByRole("heading", { level: 1, name: "Sign in to Tideline" })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText("Demo data")).toHaveCount(0);
    await signInByForm(page, accountOf("admin", product.credentials));
    await expect(page).toHaveURL(/\/setup$/);
    await page.goto("/users");
    await expect(page.getByRole("region", { name: "Users" }).getByRole("row")).toHaveCount(2);
  } finally {
    await context.close();
    await product.stop();
  }
});
