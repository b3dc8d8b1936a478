import { barriersOn } from "./accessibility";
import { test } from "./empty-journey";
import { expect } from "./journey";

test.use({ installation: "set-up", beginWith: [] });

test("the first administrator is led to set-up, decides on the company, and goes on from any page", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeVisible();
  await expect(page.getByRole("region", { name: "State of the data" })).toContainText("Company not named yet");
  const steps = page.locator("main ol > li");
  const company = steps.filter({ has: page.getByRole("heading", { name: "Company" }) });
  const data = steps.filter({ has: page.getByRole("heading", { name: "Data" }) });
  await expect(company).toHaveAttribute("aria-current", "step");
  await expect(data.getByRole("link")).toHaveCount(0);

  // What is offered is not taken silently: without a currency the form does not go.
  await company.getByLabel("Name").fill("Harbour 7");
  await company.getByLabel("Time zone").fill("Europe/Atlantis");
  await company.getByRole("button", { name: "Save" }).click();
  await expect(company.getByLabel("Currency")).toBeFocused();
  await company.getByLabel("Currency").selectOption("EUR");
  await page.reload();
  await expect(company.getByLabel("Name")).toHaveValue("");
});

test("no files are taken before the company is decided on", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/imports/new");
  await expect(page.getByText("Not decided yet: name, time zone, currency")).toBeVisible();
  await page.getByRole("link", { name: "decide on them in Set-up" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeVisible();
});

test("a zone that does not exist is refused by name, and nothing is decided", async ({ page, signIn, faults }) => {
  await signIn("admin");
  await page.goto("/setup");
  faults.allow(/^400 PATCH \/api\/v1\/admin\/settings$/);
  const company = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Company" }) });
  await company.getByLabel("Name").fill("Harbour 7");
  await company.getByLabel("Time zone").fill("Europe/Atlantis");
  await company.getByLabel("Currency").selectOption("EUR");
  await company.getByRole("button", { name: "Save" }).click();
  await expect(company.getByRole("alert")).toContainText('zone is "Europe/Atlantis"');
  await company.getByLabel("Time zone").fill("berlin");
  await company.getByRole("button", { name: "Use Europe/Berlin" }).click();
  await company.getByLabel("Weeks begin on").selectOption("Sunday");
  await company.getByRole("button", { name: "Save" }).click();
  await expect(company).toContainText(
    "Harbour 7, days and weeks in Europe/Berlin, amounts in EUR. Weeks begin on Sunday.",
  );
  const data = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Data" }) });
  await expect(data).toHaveAttribute("aria-current", "step");
  await expect(data.getByRole("link", { name: "Upload files" })).toBeVisible();
});

for (const address of ["/setup", "/queue", "/leaving", "/customers", "/dashboard", "/imports", "/users", "/settings"]) {
  test(`without any data ${address} is whole and leads to set-up`, async ({ page, signIn }) => {
    await signIn("admin");
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: "Go on with set-up" }).first()).toHaveAttribute("href", "/setup");
    await expect(page.getByText("TechFlow")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await barriersOn(page), `${address}, ${colorScheme}`).toEqual([]);
    }
  });
}
