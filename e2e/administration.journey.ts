import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

test("an administrator trains a model by hand, appoints it with a reason, and scores with it", async ({
  page,
  signIn,
  faults,
}) => {
  test.setTimeout(180_000);
  await signIn("admin");
  await page.goto("/job-runs");
  await runJob(page, "Train a model");

  await page.goto("/model-versions");
  const make = page.getByRole("button", { name: /^Make champion: model \d+$/ }).first();
  const number = ((await make.getAttribute("aria-label")) as string).match(/\d+/)?.[0];
  const model = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: `Model ${number}` }) });
  await expect(model.getByText(/target 0?\.\d+/).first()).toBeVisible();
  await expect(model.getByText(/passed|failed/).first()).toBeVisible();
  await make.click();
  const dialog = page.getByRole("dialog", { name: `Make model ${number} the champion?` });
  const appoint = dialog.getByRole("button", { name: "Make champion" });

  // Without a reason the form does not go; one of blanks only is refused by the server.
  await appoint.click();
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  faults.allow(/^400 POST \/api\/v1\/admin\/model-versions\/promote$/);
  await dialog.getByLabel("Reason").fill(" ".repeat(20));
  await appoint.click();
  await expect(dialog.getByRole("alert")).toContainText("expected a reason of at least 10 characters");
  const reason = "Trained on the newest weeks, tried in a browser journey";
  await dialog.getByLabel("Reason").fill(reason);
  await appoint.click();
  await expect(dialog).toBeHidden();
  await expect(model).toContainText("champion");
  await expect(model).toContainText(reason);

  await page.goto("/job-runs");
  await runJob(page, "Score customers and publish the queue");
  await page.goto("/queue");
  await expect(page.getByText(`Model ${number} is new this week`)).toBeVisible();
  expect(await page.locator("[data-row-link]").count()).toBeGreaterThan(3);
});

test("a training run tells everything that made the model", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/training-runs");
  await page.getByRole("region", { name: "Training runs" }).getByRole("link").last().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Training run #\d+$/ })).toBeVisible();
  await expect(page.getByRole("term").filter({ hasText: "ROC AUC" })).toBeVisible();
  await expect(page.getByText(/^95%: \d?\.\d+ to \d?\.\d+$/).first()).toBeVisible();
  await expect(page.getByText(/Test: \d+ customers in [\d,]+ weekly rows, \d+ departed\./)).toBeVisible();
  for (const name of ["Split by time", "Learning curve", "Calibration", "What made it"])
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
});

test("an import's report names each row that was set aside: where, what stood there, and why", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await page.goto("/imports");
  const imports = page.getByRole("region", { name: "Imports" }).getByRole("row");
  await expect(imports.nth(1)).toContainText("succeeded");
  const quarantined = await imports.evaluateAll((rows) =>
    rows.slice(1).findIndex((row) => Number(row.children[6]?.textContent?.replace(/\D/g, "")) > 0),
  );
  expect(quarantined, "the demo's history holds rows that cannot be taken").toBeGreaterThanOrEqual(0);
  await imports
    .nth(quarantined + 1)
    .getByRole("link")
    .click();
  await expect(page.getByRole("region", { name: "Files" }).getByRole("row").nth(1)).toBeVisible();
  const entry = page.getByRole("region", { name: "Quarantine", exact: true }).getByRole("row").nth(1);
  await expect(entry.getByRole("cell").first()).toHaveText(/^\w+\.csv, line \d+$/);
  await expect(entry.getByRole("cell").nth(3)).not.toBeEmpty();
});

test("the catalogue explains every feature with its window, spread and missing rate", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/feature-catalogue");
  const said = await page.getByText(/^\d+ features, view \w+ version \d+\. Spread over all customers on/).textContent();
  const count = Number.parseInt(said as string, 10);
  expect(count).toBeGreaterThanOrEqual(40);
  await expect(page.locator("main tbody").getByRole("row")).toHaveCount(count);
  await expect(page.locator("main")).not.toContainText("not built yet");
});

test("the audit holds who did what, and its chain is whole", async ({ page, signIn }) => {
  const { email } = await signIn("admin");
  await page.goto("/audit");
  await expect(page.getByText("The chain is whole: no event was changed, removed or put in between.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: email }).first()).toBeVisible();
});

/** Asks for a job on the open page of job runs and waits until the scheduler's child process has done it. */
async function runJob(page: Page, title: string): Promise<void> {
  const runs = page.getByRole("region", { name: "Job runs" }).locator("tbody").getByRole("row");
  const before = await runs.filter({ hasText: title }).filter({ hasText: "succeeded" }).count();
  await page.getByRole("button", { name: title }).click();
  const dialog = page.getByRole("dialog", { name: `${title} now?` });
  await dialog.getByRole("button", { name: "Run now" }).click();
  await expect(dialog).toBeHidden();
  await expect(runs.first()).toContainText(title);
  await expect
    .poll(() => runs.filter({ hasText: title }).filter({ hasText: "succeeded" }).count(), { timeout: 120_000 })
    .toBe(before + 1);
}
