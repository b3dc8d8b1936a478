import { expect, test } from "./journey";

test("the VP begins with churn, money at risk and how right the predictions were, each with its n and interval", async ({
  page,
  signIn,
}) => {
  await signIn("vp");
  await page.goto("/");
  await expect(page).toHaveURL(/\/dashboard$/);
  const stats = page.getByRole("region", { name: "This week" });
  await expect(stats.getByText(/^Churn in \w+ \d{4}$/)).toBeVisible();
  await expect(
    stats.getByText(/^95% interval \d+\.\d% to \d+\.\d% · \d+ of [\d,]+ customers · target \d+\.\d%$/),
  ).toBeVisible();
  await expect(stats.getByText(/a month, flagged · \$[\d,]+ on watch/)).toBeVisible();
  await expect(stats.getByText(/probability × revenue · \d+\.\d% of \$[\d,]+/)).toBeVisible();

  await page.getByRole("button", { name: "Show as table: Monthly churn" }).click();
  const months = page.getByRole("region", { name: /^Monthly churn/ }).getByRole("row");
  expect(await months.count()).toBeGreaterThan(5);
  const over = months.filter({ hasText: /: [\d,]+ of [\d,]+/, hasNotText: "so far" });
  await expect(over.first()).toContainText(/\d+\.\d%/);

  const weeks = page.getByRole("region", { name: /^Realised precision and recall/ }).getByRole("row");
  if (await weeks.count()) await expect(weeks.nth(1)).toContainText(/of [\d,]+ (flagged|listed|who left)/);
  else await expect(page.getByText("No published week is decided yet")).toBeVisible();
});

test("the VP reads the queue from the dashboard's figures, and finds no page of administration", async ({
  page,
  signIn,
  faults,
}) => {
  await signIn("vp");
  await page.goto("/dashboard");
  const flagged = page.getByRole("link", { name: /^[\d,]+ flagged$/ });
  const count = Number(((await flagged.textContent()) as string).replace(/\D/g, ""));
  await flagged.click();
  await expect(page).toHaveURL(/\/queue\?listing=flagged$/);
  const rows = page.getByRole("region", { name: "Customers at risk" }).locator("tbody").getByRole("row");
  if (count === 0) await expect(page.getByText("No listed customer fits")).toBeVisible();
  else await expect(rows).toHaveCount(Math.min(count, 50));
  for (const row of await rows.all()) await expect(row).toContainText("Flagged");

  const menu = page.getByRole("navigation", { name: "Main" });
  await expect(menu.getByRole("link")).toHaveText([
    "Dashboard",
    "Risk queue",
    "Leaving",
    "All customers",
    "Backtest",
    "Churn check",
  ]);
  faults.allow(/^404 GET \//);
  for (const address of ["/model-versions", "/job-runs", "/imports", "/users", "/audit"])
    expect((await page.goto(address))?.status(), address).toBe(404);
});
