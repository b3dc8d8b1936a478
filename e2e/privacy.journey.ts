import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

test("an administrator hands out what is kept of a person, erases them, and the audit proves it without naming them", async ({
  page,
  signIn,
  otherBrowser,
  faults,
}) => {
  await signIn("admin");
  const person = await someContact(page);
  await page.goto("/privacy");
  await search(page, person.email);
  await page.getByRole("button", { name: `Open contact ${person.name}` }).click();
  await expect(page.getByRole("heading", { level: 2, name: person.name })).toBeVisible();
  await expect(page.getByText("1contacts")).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as JSON" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^contact-\d+\.json$/);
  const exported = await readAll(await file.createReadStream());
  const { about, rows } = JSON.parse(exported) as { about: { id: number }; rows: Record<string, { email?: string }[]> };
  expect(rows.contact?.[0]?.email).toBe(person.email);

  await page.getByRole("button", { name: "Erase" }).click();
  const dialog = page.getByRole("dialog", { name: `Erase the contact ${person.name}?` });
  faults.allow(/^400 POST \/api\/v1\/admin\/privacy\/erase$/);
  await dialog.getByLabel("Name").fill("Somebody else");
  await dialog.getByRole("button", { name: "Erase for ever" }).click();
  await expect(dialog.getByRole("alert")).toContainText("expected the name of the contact");
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByRole("button", { name: "Erase for ever" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Imports do not take it again.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: "What was replaced" })).toBeVisible();
  await expect(page.locator("main")).not.toContainText(person.name);
  await search(page, person.email);
  await expect(page.getByText("Nobody was found")).toBeVisible();

  // Gone from the customer's page, for everyone.
  const vp = await otherBrowser("vp");
  await vp.goto(person.customer);
  if (person.others === 0) await expect(vp.getByRole("button", { name: "No contacts" })).toBeVisible();
  else {
    const left = person.others === 1 ? "Show 1 contact" : `Show ${person.others} contacts`;
    await expect(vp.getByRole("button", { name: left, exact: true })).toBeVisible();
  }

  await page.goto("/audit");
  const entry = (action: string) => page.getByRole("row").filter({ hasText: action }).first();
  await expect(entry("contact.erase")).toContainText(`contact ${about.id}`);
  await expect(entry("contact.export")).toContainText(`contact ${about.id}`);
  await expect(page.getByText("The chain is whole: no event was changed, removed or put in between.")).toBeVisible();
  await expect(page.locator("main")).not.toContainText(person.name);
  await expect(page.locator("main")).not.toContainText(person.email);
});

test("a company's card says what an erasure replaces and keeps", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/customers");
  const customer = page.locator("main td a").first();
  const name = (await customer.textContent()) as string;
  await page.goto("/privacy");
  await search(page, name);
  await page
    .getByRole("button", { name: `Open customer ${name}`, exact: true })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 3, name: "An erasure replaces" })).toBeVisible();
  await expect(page.getByText("versions of the customer")).toBeVisible();
  await expect(page.getByText("subscription events")).toBeVisible();
});

for (const role of ["csm", "vp", "data_scientist"])
  test(`for a ${role} there is no such page, and no such address`, async ({ page, signIn, faults }) => {
    faults.allow(/^404 (GET|POST) /);
    await signIn(role);
    await page.goto("/privacy");
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing at this address" })).toBeVisible();
    const answers = await page.evaluate(async () => {
      const post = (address: string, body: unknown) =>
        fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const all = await Promise.all([
        post("/api/v1/admin/privacy/search", { text: "example" }),
        post("/api/v1/admin/privacy/subject", { kind: "contact", id: 1 }),
        post("/api/v1/admin/privacy/erase", { kind: "contact", id: 1, name: "x" }),
        fetch("/api/v1/admin/privacy/export?kind=contact&id=1"),
      ]);
      return all.map((answer) => answer.status);
    });
    expect(answers).toEqual([404, 404, 404, 404]);
  });

async function search(page: Page, text: string) {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("button", { name: "Search" }).click();
}

/** Somebody with an address, and how many people their customer's page offers. */
async function someContact(page: Page) {
  await page.goto("/privacy");
  await search(page, "example");
  const hit = page.getByRole("region", { name: "Found" }).getByRole("row").nth(1);
  const name = (await hit.getByRole("button").textContent()) as string;
  const email = (await hit.locator("p").textContent()) as string;
  const customerName = (await hit.getByRole("cell").nth(1).textContent()) as string;
  await page.goto(`/customers?q=${encodeURIComponent(customerName)}`);
  await page.getByRole("link", { name: customerName, exact: true }).first().click();
  const show = page.getByRole("button", { name: /^Show \d+ contacts?$/ });
  const others = Number(((await show.textContent()) as string).match(/\d+/)?.[0]) - 1;
  return { name, email, customer: page.url(), others };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
