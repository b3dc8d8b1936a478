import type { Page } from "@playwright/test";
import { test } from "./empty-journey";
import { expect } from "./journey";
import { expectWhole } from "./whole-page";

test.use({ installation: "churn-check" });
// Imports and a training are jobs, which begin within seconds.
test.setTimeout(180_000);

const SOON = { timeout: 60_000 };
const DAY_MS = 86_400_000;
const CUSTOMERS = 120;
const START_DAYS = 560;

/** The company's subscriptions: all begun long ago; those who `leave` end one after the other, ten days apart. */
function subscriptions(leave: number): string {
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const lines = ["event_id,customer_id,subscription_id,kind,occurred_at,plan,seats,unit_price_cents"];
  for (let n = 1; n <= CUSTOMERS; n += 1) lines.push(`s-${n},c-${n},sub-${n},start,${at(START_DAYS)},Team,5,4000`);
  for (let n = 1; n <= leave; n += 1) lines.push(`e-${n},c-${n},sub-${n},end,${at(START_DAYS - 60 - n * 10)},,,`);
  // Something of this week, which tells how far the data reaches.
  lines.push(`x-1,c-${CUSTOMERS},sub-${CUSTOMERS},seat_change,${at(2)},,6,`);
  return `${lines.join("\n")}\n`;
}

function customers(): string {
  const day = new Date(Date.now() - START_DAYS * DAY_MS).toISOString().slice(0, 10);
  const rows = Array.from({ length: CUSTOMERS }, (_, i) => `c-${i + 1},Company ${i + 1},${day}`);
  return `customer_id,name,signed_up_at\n${rows.join("\n")}\n`;
}

async function importFiles(page: Page, files: Record<string, string>) {
  await page.goto("/imports/new");
  await page.getByLabel("Source").fill("billing");
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(content),
  }));
  await page.getByLabel("Choose files").setInputFiles(given);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByText("Checked. Nothing has been imported yet")).toBeVisible(SOON);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Import #/ })).toBeVisible(SOON);
}

test("files of present customers alone: the churn check says that nobody who left is in them, and so does the queue", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await page.goto("/churn-check");
  await expect(page.getByText("No customers yet")).toBeVisible();
  await importFiles(page, { "customers.csv": customers(), "subscription_events.csv": subscriptions(0) });
  await page.goto("/churn-check");
  await expect(page.getByText("Nobody who left is in the data: no model can be trained on it")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Confirm/ })).toHaveCount(0);
  await expectWhole(page);
  await page.goto("/queue");
  await expect(page.getByText("Nobody who left is in the data: no model, no queue")).toBeVisible();
  await expectWhole(page);
});

test("what is confirmed is what was seen: months that changed meanwhile are refused, and shown", async ({
  page,
  signIn,
  otherBrowser,
  faults,
}) => {
  await signIn("admin");
  await importFiles(page, { "subscription_events.csv": subscriptions(30) });
  await page.goto("/churn-check");
  await expect(page.getByText("Not confirmed yet")).toBeVisible();
  await page.getByLabel(/^Monthly churn that finance reports/).fill("90");
  await expect(page.getByText(/lies above the data's interval/)).toBeVisible();

  const other = await otherBrowser("admin");
  await importFiles(other, { "subscription_events.csv": subscriptions(34) });
  faults.allow(/^409 POST \/api\/v1\/admin\/churn-check$/);
  await page.getByLabel("Note").fill("Finance counts seats, not customers.");
  await page.getByRole("button", { name: /^Confirm these/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The months are not those you saw" })).toBeVisible();
  // Four more have left by now, and the page says so by itself.
  const newest = page.getByRole("region", { name: "Churn by month" }).getByRole("row").nth(1);
  await expect(newest).toContainText(String(CUSTOMERS - 34));

  await page.getByRole("button", { name: /^Confirm these/ }).click();
  await expect(page.getByText(/Administrator confirmed them on .*; finance reports 90\.0% a month/)).toBeVisible();
  await expectWhole(page);
  await page.goto("/audit");
  await expect(page.getByText("churn.confirm").first()).toBeVisible();
});

test("with too few departures a training is refused with the counts, and there is no model and no queue", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  const verdict =
    /Too few departures for a model: \d+ of \d+ customers left in the \d+ training weeks; at least 100 are needed/;
  await page.goto("/training-runs");
  await expect(page.getByText(verdict).first()).toBeVisible();
  await expectWhole(page);
  const asked = await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ job: "train-model" });
    return (await fetch("/api/v1/admin/job-runs", { method: "POST", headers, body })).ok;
  });
  expect(asked).toBe(true);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("region", { name: "Training runs" }).getByText("refused")).toBeVisible({
      timeout: 500,
    });
  }).toPass(SOON);
  await page.goto("/queue");
  await expect(page.getByText("Too few departures: no model, no queue")).toBeVisible();
  await expect(page.getByText(verdict)).toBeVisible();
  await page.getByRole("link", { name: "Open the churn check" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Churn check" })).toBeVisible();
});
