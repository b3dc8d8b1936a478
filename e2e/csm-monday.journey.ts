import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

test("a CSM finds this week's customers at risk, with reasons that people understand", async ({ page, signIn }) => {
  await signIn("csm");
  await page.goto("/");
  await expect(page).toHaveURL(/\/queue$/);
  await expect(page.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  await expect(page.getByText(/Who is likely to leave within 30 days of Mon \d+ \w+/)).toBeVisible();

  const rows = rowsOf(page);
  expect(await rows.count()).toBeGreaterThan(3);
  for (const row of await rows.all()) {
    await expect(row).toContainText(/Flagged|Watch/);
    await expect(row.getByRole("cell").nth(1)).toHaveText(/^(> )?\d+%$/);
    const reasons = await row.getByRole("listitem").allTextContents();
    expect(reasons.length).toBeGreaterThan(0);
    // Sentences, never the names of columns.
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9][^_=]{8,}$/);
  }
  const priorities = await amounts(rows, 5);
  expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
});

test("filters, order and search narrow the queue, stand in the address and outlive a reload", async ({
  page,
  signIn,
}) => {
  const { name } = await signIn("csm");
  await page.goto("/queue");
  const rows = rowsOf(page);
  const all = await rows.count();

  await page.getByRole("combobox", { name: "Owner" }).selectOption({ label: "Mine" });
  await expect(page).toHaveURL(/owner=me/);
  await expect.poll(() => rows.count()).toBeLessThan(all);
  expect(await rows.count()).toBeGreaterThan(0);
  for (const row of await rows.all()) await expect(row.getByRole("cell").last()).toHaveText(name);

  await page.getByRole("combobox", { name: "Order" }).selectOption({ label: "By revenue" });
  await expect(page).toHaveURL(/sort=revenue/);
  await expect(page.getByRole("columnheader", { name: "Monthly revenue" })).toHaveAttribute("aria-sort", "descending");
  const revenues = await amounts(rows, 4);
  expect(revenues).toEqual(revenues.toSorted((a, b) => b - a));

  const wanted = (await rows.first().getByRole("link").textContent()) as string;
  await page.getByRole("searchbox", { name: "Search by customer name" }).fill(wanted.slice(0, -1));
  await expect(page).toHaveURL(/q=/);
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Search by customer name" })).toHaveValue(wanted.slice(0, -1));
  await expect(page.getByRole("combobox", { name: "Owner" })).toHaveValue("me");
  await expect(page.getByRole("combobox", { name: "Order" })).toHaveValue("revenue");
  await expect(rows.getByRole("link", { name: wanted })).toBeVisible();
  for (const row of await rows.all()) await expect(row.getByRole("link")).toContainText(wanted.slice(0, -1));

  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/queue\?sort=revenue$/);
  await expect.poll(() => rows.count()).toBe(all);

  await page.getByRole("searchbox", { name: "Search by customer name" }).fill("no such customer");
  await expect(page.getByText("No listed customer fits")).toBeVisible();
});

test("a customer's page says why: the parts add up to the probability, and each chart can be read as a table", async ({
  page,
  signIn,
}) => {
  await signIn("csm");
  await page.goto("/queue");
  const first = rowsOf(page).first();
  const name = (await first.getByRole("link").textContent()) as string;
  const probability = (await first.getByRole("cell").nth(1).textContent()) as string;
  const listed = (await first.getByRole("listitem").first().textContent()) as string;
  const reason = listed.split(" · typical")[0] as string;
  await first.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByRole("definition").first()).toContainText(probability);
  await expect(page.getByText(reason).first()).toBeVisible();

  const parts = page.getByRole("table", { name: /from the average account to this customer/ }).getByRole("row");
  const texts = await parts.evaluateAll((found) => found.map((row) => row.lastElementChild?.textContent ?? ""));
  const [, start, ...rest] = texts;
  const end = rest.pop() as string;
  const sum = rest.map((text) => Number(text.replace("−", "-"))).reduce((total, part) => total + part, 0);
  expect(end).toBe(probability);
  // Figures are shown rounded: the start to whole percent, each part to hundredths.
  const slack = rest.length * 0.005;
  const [low, high] = bounds(start as string);
  const [endLow, endHigh] = bounds(end);
  expect(logistic(logit(low) + sum - slack)).toBeLessThanOrEqual(endHigh);
  expect(logistic(logit(high) + sum + slack)).toBeGreaterThanOrEqual(endLow);

  await page.getByRole("button", { name: "Show as table: Probability of leaving" }).click();
  const history = page.getByRole("region", { name: "Probability of leaving within 30 days, by week" });
  const newest = await history.getByRole("row").nth(1).getByRole("cell").last().textContent();
  const [from, to] = bounds(probability);
  expect(Number.parseFloat(newest as string) / 100).toBeGreaterThanOrEqual(from - 0.001);
  expect(Number.parseFloat(newest as string) / 100).toBeLessThanOrEqual(to + 0.001);

  const asTable = page.getByRole("button", { name: /^Show as table/ });
  for (let left = await asTable.count(); left > 0; left -= 1) await asTable.first().click();
  for (const label of ["Sessions a week", "Monthly revenue", "Paid seats"])
    expect(await page.getByRole("region", { name: label }).getByRole("row").count()).toBeGreaterThan(10);
});

test("people's data is shown when the owner asks for it, and that is on record", async ({
  page,
  signIn,
  otherBrowser,
}) => {
  const { email } = await signIn("csm");
  await page.goto("/queue?owner=me");
  await rowsOf(page).first().getByRole("link").click();
  const { show, count, customerId } = await contactsOn(page);
  await expect(page.locator("a[href^=mailto]")).toHaveCount(0);
  await show.click();
  await expect(page.locator("li", { has: page.locator("a[href^=mailto]") })).toHaveCount(count);

  const admin = await otherBrowser("admin");
  await admin.goto("/audit");
  const event = admin.getByRole("row").filter({ hasText: "contact.view" }).first();
  await expect(event).toContainText(email);
  await expect(event).toContainText(`customer ${customerId}`);
});

test("who is not the owner says why they look at people", async ({ page, signIn, otherBrowser }) => {
  const { email } = await signIn("vp");
  await page.goto("/queue");
  await rowsOf(page).first().getByRole("link").click();
  const { show, count } = await contactsOn(page);
  await show.click();
  const dialog = page.getByRole("dialog", { name: "Show the people at this customer?" });
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByLabel("Why"), "nothing is sent without a reason").toBeFocused();
  await dialog.getByLabel("Why").selectOption({ label: "An escalation is mine to answer" });
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("li", { has: page.locator("a[href^=mailto]") })).toHaveCount(count);

  const admin = await otherBrowser("admin");
  await admin.goto("/audit");
  const event = admin.getByRole("row").filter({ hasText: "contact.view" }).first();
  await expect(event).toContainText(email);
  await expect(event).toContainText("escalation");
});

test("customers who gave notice are listed apart, and all others can be found by name", async ({ page, signIn }) => {
  await signIn("csm");
  await page.goto("/queue");
  await page.getByRole("link", { name: "Leaving" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Leaving" })).toBeVisible();
  const leaving = page.getByRole("region", { name: "Customers who have given notice" }).getByRole("row");
  expect(await leaving.count()).toBeGreaterThan(1);
  await leaving.nth(1).getByRole("link").click();
  await expect(page.getByText("This customer is leaving, so no prediction is made")).toBeVisible();
  await expect(page.getByRole("table", { name: /average account/ })).toHaveCount(0);

  await page.getByRole("link", { name: "All customers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All customers" })).toBeVisible();
  const unlisted = page.getByRole("row").filter({ hasText: "Not listed" }).first();
  const name = (await unlisted.getByRole("link").textContent()) as string;
  await page.getByRole("searchbox", { name: "Search by customer name" }).fill(name);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/customers\?q=/);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Not listed");
});

test("what a CSM may not see answers as an address that does not exist", async ({ page, signIn, faults }) => {
  faults.allow(/^404 GET /);
  await signIn("csm");
  const seen = async (address: string) => {
    const response = await page.goto(address);
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    return { status: response?.status(), title: await page.title(), heading };
  };
  const unknown = await seen("/no-such-page");
  expect(unknown.status).toBe(404);
  const refused = ["/dashboard", "/model-versions", "/training-runs", "/training-runs/1", "/feature-catalogue"];
  for (const address of [...refused, "/job-runs", "/imports", "/imports/1", "/users", "/audit", "/customers/99999999"])
    expect({ address, ...(await seen(address)) }).toEqual({ address, ...unknown });
});

function rowsOf(page: Page) {
  return page.getByRole("region", { name: "Customers at risk" }).locator("tbody").getByRole("row");
}

/** The money in one column, top to bottom. */
async function amounts(rows: ReturnType<typeof rowsOf>, column: number): Promise<number[]> {
  const texts = await rows.evaluateAll(
    (found, at) => found.map((row) => row.children[at]?.firstChild?.textContent ?? ""),
    column,
  );
  return texts.map((text) => Number(text.replace(/[$,]/g, "")));
}

/** Between which shares a probability lies that is shown as "42%", "< 1%" or "> 99%". */
function bounds(text: string): [low: number, high: number] {
  if (text.startsWith("<")) return [1e-6, 0.01];
  if (text.startsWith(">")) return [0.99, 1 - 1e-6];
  const share = Number.parseInt(text, 10) / 100;
  return [share - 0.005, share + 0.005];
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The button that shows the people of the open customer's page, and how many it says there are. */
async function contactsOn(page: Page) {
  const show = page.getByRole("button", { name: /^Show \d+ contacts?$/ });
  const count = Number(((await show.textContent()) as string).match(/\d+/)?.[0]);
  return { show, count, customerId: page.url().split("/").at(-1) as string };
}
