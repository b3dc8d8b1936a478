import type { Page } from "@playwright/test";
import { test } from "./empty-journey";
import { expect } from "./journey";

test.use({ installation: "erasure" });
// A dry run and an import are jobs, which begin within seconds.
test.setTimeout(180_000);

const SOON = { timeout: 45_000 };
const CUSTOMERS = "customer_id,name,signed_up_at\nc-1,Harbor & Finch,2025-03-10\n";
const CONTACTS = "contact_id,customer_id,full_name,email\np-1,c-1,Robin Marlow,robin@harbor.example\n";
const OTHER = "p-2,c-1,Tess Orme,tess@harbor.example\n";

test("a person who was erased is gone from the customer's page, and no later file brings them back", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await importFiles(page, { "customers.csv": CUSTOMERS, "contacts.csv": `${CONTACTS}${OTHER}` });
  await page.goto("/customers");
  await page.getByRole("link", { name: "Harbor & Finch" }).click();
  await expect(page.getByRole("button", { name: "Show 2 contacts" })).toBeVisible();
  const customer = page.url();

  await page.goto("/privacy");
  await page.getByRole("searchbox").fill("robin@harbor");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Open contact Robin Marlow" }).click();
  await page.getByRole("button", { name: "Erase" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase the contact Robin Marlow?" });
  await dialog.getByLabel("Name").fill("robin marlow");
  await dialog.getByRole("button", { name: "Erase for ever" }).click();
  await expect(page.getByText("Imports do not take it again.")).toBeVisible();

  // The same person under the old id, and under a new one with the old address; beside them somebody new.
  const again = `${CONTACTS}p-9,c-1,R. Marlow,robin@harbor.example\np-3,c-1,Una Vale,una@harbor.example\n`;
  await importFiles(page, { "contacts.csv": again });
  await page.getByRole("link", { name: /^Import #/ }).click();
  const reasons = page.getByRole("region", { name: "Reasons of quarantine" });
  await expect(
    reasons.getByRole("row").filter({ hasText: "this contact was erased and is not taken again" }),
  ).toContainText("2");
  await expect(page.locator("main")).not.toContainText(/robin|marlow/i);

  await page.goto(customer);
  await page.getByRole("button", { name: "Show 2 contacts" }).click();
  const why = page.getByRole("dialog", { name: "Show the people at this customer?" });
  await why.getByLabel("Why").selectOption({ label: "I check imported data" });
  await why.getByRole("button", { name: "Show" }).click();
  await expect(page.locator("main")).toContainText("Tess Orme");
  await expect(page.locator("main")).toContainText("Una Vale");
  await expect(page.locator("main")).not.toContainText(/robin|r\. marlow/i);

  await page.goto("/audit");
  await expect(page.getByRole("row").filter({ hasText: "contact.erase" })).toHaveCount(1);
  await expect(page.locator("main")).not.toContainText(/robin|marlow/i);
});

async function importFiles(page: Page, files: Record<string, string>) {
  await page.goto("/imports/new");
  await page.getByLabel("Source").fill("crm");
  await page
    .getByLabel("Choose files")
    .setInputFiles(
      Object.entries(files).map(([name, content]) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) })),
    );
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByText("Checked. Nothing has been imported yet")).toBeVisible(SOON);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/\d+ new, \d+ changed/)).toBeVisible(SOON);
}
