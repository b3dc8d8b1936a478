import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import { writeLookalikeFiles } from "@/lib/ingest/mapping/testing/lookalike-files";
import { barriersOn } from "./accessibility";
import { test } from "./empty-journey";
import { expect } from "./journey";
import { newPerson } from "./new-account";

// From an empty installation to the verdict on a vendor's files, each journey where the one before it left off.
test.use({ installation: "own-data", beginWith: [] });
test.describe.configure({ mode: "serial" });

const SOURCE = "vendor";
const FILES = ["accounts", "subscriptions", "feature_usage", "support_tickets", "churn_events"];
/** Jobs begin within seconds; a training of this size takes longer. */
const SOON = { timeout: 60_000 };

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tideline-own-data-"));
  writeLookalikeFiles({ folder, accounts: 300, seed: 5 });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.beforeEach(async ({ signIn }) => {
  await signIn("admin");
});

test("set-up begins with the company", async ({ page }) => {
  await page.goto("/");
  const company = stepOf(page, "Company");
  await company.getByLabel("Name").fill("Harbour 7");
  await company.getByLabel("Time zone").fill("Europe/Berlin");
  await company.getByLabel("Currency").selectOption("USD");
  await company.getByRole("button", { name: "Save" }).click();
  await expect(company).toContainText("Harbour 7");
  await expect(page.getByRole("region", { name: "State of the data" })).toContainText("Harbour 7");
  await picture(page, "own-set-up");
});

test("a CSM is invited by a link and finds that the queue is being set up", async ({ page, otherBrowser }) => {
  await page.goto("/setup");
  await stepOf(page, "Team").getByRole("link", { name: "Open Users" }).click();
  const person = newPerson();
  await page.getByRole("button", { name: "Invite a user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByLabel("E-mail").fill(person.email);
  await dialog.getByLabel("Role").selectOption({ label: "Customer success" });
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = dialog.getByLabel(`Link for ${person.name}`);
  await expect(link).toHaveValue(/\/account-link\//);
  const invitation = await link.inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();

  const csm = await otherBrowser(null);
  await csm.goto(invitation);
  await csm.getByLabel("Password", { exact: true }).fill(person.password);
  await csm.getByLabel("Password again").fill(person.password);
  await csm.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(csm.getByText("An administrator is setting that up.")).toBeVisible();

  await page.goto("/setup");
  await expect(stepOf(page, "Team")).toContainText("2 accounts, 1 CSM among them.");
});

test("files are tried by a mapping, the mapping is mended, and they are imported", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/setup");
  await stepOf(page, "Data").getByRole("link", { name: "Open Mappings" }).click();
  await page.getByLabel("Source").fill(SOURCE);
  await page.getByRole("button", { name: "Make a mapping" }).click();
  await takeMapping(page, withWrongTimes(exampleMapping()));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved as version 1.")).toBeVisible();

  await page.goto("/imports/new");
  await page.getByLabel("Source").fill(SOURCE);
  await page.getByLabel("Choose files").setInputFiles(FILES.map((name) => path.join(folder, `${name}.csv`)));
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByText("Checked. Nothing has been imported yet")).toBeVisible(SOON);
  const errors = page.getByRole("region", { name: "First errors" });
  await expect(errors.getByRole("row").nth(1)).toContainText(/support_tickets\.csv\s*2\s*closed_at.*yyyy-MM-dd/);
  await picture(page, "own-trial");
  const delivery = page.url();

  await page.goto(`/mappings/${SOURCE}`);
  await takeMapping(page, exampleMapping());
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("Saved as version 2.")).toBeVisible();

  await page.goto(delivery);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(errors).toHaveCount(0, SOON);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/\d+ new, 0 changed, 0 known, 0 set aside/)).toBeVisible(SOON);
  await page.goto("/setup");
  await expect(stepOf(page, "Data")).toContainText("300 customers from 1 import.");
  await expect(stepOf(page, "Churn check")).toHaveAttribute("aria-current", "step");
});

test("the churn is confirmed, and only then a model is asked for", async ({ page }) => {
  await page.goto("/setup");
  await expect(stepOf(page, "First training")).toContainText("its churn confirmed");
  await stepOf(page, "Churn check").getByRole("link", { name: "Open Churn check" }).click();
  await page.getByLabel("Monthly churn that finance reports, in %").fill("40");
  await page.getByLabel(/^Note/).fill("Finance counts accounts that were put on hold as well.");
  await picture(page, "own-churn");
  await page.getByRole("button", { name: /^Confirm these \d+ months$/ }).click();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  await page.goto("/setup");
  await expect(stepOf(page, "Churn check")).toContainText("Confirmed by Administrator");
  await expect(stepOf(page, "First training")).toHaveAttribute("aria-current", "step");
});

test("a training ends with the verdict that the files hold no order to learn, and there is no queue", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto("/job-runs");
  await page.getByRole("button", { name: "Train a model" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Run now" }).click();
  const run = page.getByRole("region", { name: "Job runs" }).locator("tbody").getByRole("row").first();
  await expect(run).toContainText("Train a model");
  await expect(run).toContainText(/succeeded|failed/, { timeout: 180_000 });

  await page.goto("/setup");
  const training = stepOf(page, "First training");
  await expect(training).toContainText("Stopped");
  await expect(training).toContainText("Near chance");
  await expect(stepOf(page, "First queue")).toContainText("Needs a model that was made champion.");
  await picture(page, "own-verdict");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriersOn(page), colorScheme).toEqual([]);
  }
  await page.goto("/queue");
  await expect(page.getByText("Near chance: no queue")).toBeVisible();
});

/** For the README: kept only where E2E_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const into = process.env.E2E_PICTURES;
  if (into) await page.screenshot({ path: path.join(into, `${name}.png`), fullPage: name !== "own-trial" });
}

function stepOf(page: Page, title: string): Locator {
  return page
    .locator("main ol > li")
    .filter({ has: page.getByRole("heading", { level: 2, name: title, exact: true }) });
}

function exampleMapping(): string {
  return readFileSync("docs/examples/ravenstack-churn-events.mapping.json", "utf8");
}

/** The same mapping, but for tickets that are closed at a day without a time, as they are not. */
function withWrongTimes(mapping: string): string {
  const broken = mapping.replaceAll('"forms": ["yyyy-MM-dd H:mm", "yyyy-MM-dd"]', '"forms": ["yyyy-MM-dd"]');
  expect(broken).not.toBe(mapping);
  return broken;
}

async function takeMapping(page: Page, mapping: string): Promise<void> {
  const file = { name: "vendor.mapping.json", mimeType: "application/json", buffer: Buffer.from(mapping) };
  await page.getByLabel("Take a mapping from a file").setInputFiles(file);
}
