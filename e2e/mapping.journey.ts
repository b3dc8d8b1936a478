import { test } from "./empty-journey";
import { expect } from "./journey";
import { expectWhole } from "./whole-page";

test.use({ installation: "mapping" });
// A dry run and an import are jobs, which begin within seconds.
test.setTimeout(120_000);

const SOON = { timeout: 45_000 };
const FIRMS = "Kundennummer;Firma;Kunde seit\n10021;Harbor & Finch;05.03.2025\n10022;<b>Löwe</b>;17.04.2025\n";
const CASES = [
  "Ticket ID;Kundennummer;Created at;Priority;Type",
  "k1;10021;05.01.2026 09:12;hoch;Incident",
  "k2;10022;16.01.2026 10:00;niedrig;Question",
  "k3;10021;17.01.2026 11:30;blockiert;Question",
].join("\n");
const FILES = [csv("Kunden.csv", FIRMS), csv("helpdesk.csv", `${CASES}\n`)];

function csv(name: string, content: string) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(content) };
}

test("foreign files are refused, mapped by a proposal, checked again and imported", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/imports/new");
  await page.getByLabel("Source").fill("desk");
  await page.getByLabel("Choose files").setInputFiles(FILES);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByText("These files would be refused")).toBeVisible(SOON);
  const delivery = page.url();

  await page.getByRole("link", { name: "mend the mapping" }).click();
  await page.getByRole("button", { name: /^Look at the files that came/ }).click();
  const firms = page.locator("section", { has: page.getByRole("heading", { name: "Kunden.csv" }) });
  const cases = page.locator("section", { has: page.getByRole("heading", { name: "helpdesk.csv" }) });
  await expect(firms.getByText("Taken for customers")).toBeVisible();
  await expect(firms.getByText("<b>Löwe</b>").first()).toBeVisible();
  await expect(firms.getByText("2 of the first rows fit")).toBeVisible();
  await expect(cases.getByText("1 row does not fit")).toBeVisible();
  await expectWhole(page);

  // What is chosen wrongly is told at its field, and nothing can be saved.
  await cases.getByText("tickets.csv, opened").click();
  const at = cases.getByLabel(/^occurred_at/);
  await at.selectOption("— choose —");
  await expect(cases.getByRole("alert")).toContainText('required column "occurred_at"');
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await at.selectOption("Created at");
  await expect(cases.getByText("Line 4, Priority is “blockiert”")).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved as version 1.")).toBeVisible();

  await page.goto(delivery);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("Checked. Nothing has been imported yet")).toBeVisible(SOON);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/4 new, .* 1 set aside/)).toBeVisible(SOON);
  await page.goto("/customers");
  await expect(page.getByText("<b>Löwe</b>").first()).toBeVisible();
});

test("a quarantined row is taken after the mapping is mended", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/quarantine");
  await expect(page.getByText("blockiert").first()).toBeVisible();
  await page.getByRole("link", { name: "mapping of desk" }).click();
  await page.getByLabel("CSV files").setInputFiles(FILES);
  const cases = page.locator("section", { has: page.getByRole("heading", { name: "helpdesk.csv" }) });
  await cases.getByText("tickets.csv, opened").click();
  await cases.getByLabel("blockiert").selectOption("urgent");
  await expect(cases.getByText("3 of the first rows fit")).toBeVisible();
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("Saved as version 2.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Versions" }).getByRole("row")).toHaveCount(3);

  await page.goto("/quarantine");
  await page.getByRole("button", { name: /^Try 1 row of import #\d+ again/ }).click();
  await expect(page.getByText("The row was taken.")).toBeVisible();
  await expect(page.getByText("Every row was taken")).toBeVisible();
  await page.goto("/imports");
  await expect(page.getByRole("region", { name: "Imports" }).getByRole("row").nth(1)).toContainText("retry");
});

test("whoever saves over another's change is told, and keeps theirs as a file", async ({
  page,
  signIn,
  otherBrowser,
  faults,
}) => {
  await signIn("admin");
  const mine = page;
  const theirs = await otherBrowser("admin");
  for (const one of [mine, theirs]) await one.goto("/mappings/desk");
  await theirs.getByLabel("Name of the files").first().fill("Kunden*.csv");
  await theirs.getByRole("button", { name: /^Save as version/ }).click();
  await expect(theirs.getByText(/^Saved as version/)).toBeVisible();

  faults.allow(/^409 POST \/api\/v1\/admin\/mappings$/);
  await mine.getByLabel("Name of the files").first().fill("Firmen*.csv");
  await mine.getByRole("button", { name: /^Save as version/ }).click();
  await expect(mine.getByText("Somebody else has saved version")).toBeVisible();
  const download = mine.waitForEvent("download");
  await mine.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("desk.mapping.json");
});

test("a mapping can be made by keyboard alone", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/mappings");
  await page.getByLabel("Source").focus();
  await page.keyboard.type("billing");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/mappings\/billing$/);
  await page.getByLabel("CSV files").setInputFiles([FILES[0] as ReturnType<typeof csv>]);
  await page.locator("summary", { hasText: "customers.csv" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(/^customer_id/)).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as version 1.")).toBeVisible();
});
