import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { test } from "./empty-journey";
import { expect } from "./journey";
import { expectWhole } from "./whole-page";

test.use({ installation: "upload" });
// A dry run and an import are jobs, which begin within seconds.
test.setTimeout(120_000);

const SOON = { timeout: 45_000 };
const CUSTOMERS = "customer_id,name,signed_up_at\nc-1,Harbor & Finch,2025-03-10\nc-2,Löwe GmbH,2025-04-01\n";

function csv(name: string, content: string) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(content) };
}

async function upload(page: Page, source: string, ...files: ReturnType<typeof csv>[]) {
  await page.goto("/imports/new");
  await page.getByLabel("Source").fill(source);
  await page.getByLabel("Choose files").setInputFiles(files);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page).toHaveURL(/\/imports\/deliveries\/[0-9a-f-]{36}/);
}

test("files are chosen, checked without keeping anything, and imported when the administrator says so", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await page.goto("/imports");
  await page.getByRole("link", { name: "Upload files" }).click();
  await page.getByLabel("Choose files").setInputFiles([csv("customers.xlsx", "x"), csv("old.csv", "x")]);
  await expect(page.getByText("customers.xlsx is no .csv file")).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "Leave out customers.xlsx" }).click();
  await page.getByRole("button", { name: "Leave out old.csv" }).click();
  // Dropped, as from a folder of the desktop.
  const dropped = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    for (const name of ["customers.csv", "usage.csv"])
      transfer.items.add(new File([content], name, { type: "text/csv" }));
    return transfer;
  }, CUSTOMERS);
  await page.getByText("Drop CSV files here").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByRole("list", { name: "Chosen files" })).toHaveText(/customers\.csv.*usage\.csv/);
  await page.getByLabel("Source").fill("crm");
  await expect(page.getByText("No mapping is saved for this source")).toBeVisible();

  await upload(page, "crm", csv("customers.csv", `${CUSTOMERS}c-3,Wrong,someday\n`));
  await expect(page.getByText("Checked. Nothing has been imported yet")).toBeVisible(SOON);
  const row = page.getByRole("region", { name: "What would become of the rows" }).getByRole("row").nth(1);
  await expect(row).toContainText(/customers\.csv\s*3\s*2\s*0\s*0\s*0\s*1/);
  const error = page.getByRole("region", { name: "First errors" }).getByRole("row").nth(1);
  await expect(error).toContainText(/customers\.csv\s*4\s*signed_up_at\s*someday/);
  await expectWhole(page);
  const delivery = page.url();
  await page.goto("/customers");
  await expect(page.getByText("Harbor & Finch")).toHaveCount(0);

  await page.goto(delivery);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("2 new, 0 changed, 0 known, 1 set aside, of 3 rows.")).toBeVisible(SOON);
  await page.getByRole("link", { name: /^Import #/ }).click();
  await expect(page.getByText("someday").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "the files that came" })).toHaveAttribute(
    "href",
    new URL(delivery).pathname,
  );
  await page.goto("/customers");
  await expect(page.getByText("Harbor & Finch").first()).toBeVisible();
});

test("the same files again lead to what became of them", async ({ page, signIn }) => {
  await signIn("admin");
  await upload(page, "crm", csv("customers.csv", `${CUSTOMERS}c-3,Wrong,someday\n`));
  await expect(page.getByText("These files had come before")).toBeVisible();
  await expect(page.getByText("2 new, 0 changed")).toBeVisible();
});

test("files that would be refused say why, and are discarded", async ({ page, signIn }) => {
  await signIn("admin");
  await upload(page, "crm", csv("customers.csv", "customer,name\nc-1,One\n"));
  await expect(page.getByText("These files would be refused")).toBeVisible(SOON);
  await expect(page.getByRole("status")).toContainText("customers.csv");
  await expect(page.getByRole("button", { name: "Import", exact: true })).toHaveCount(0);
  await expectWhole(page);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("status")).toContainText("Discarded");
});

test("a program sends files with a token of its own, and one that is cut off leaves a discarded delivery", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  await page.goto("/api-tokens");
  await page.getByRole("button", { name: "Add a token" }).click();
  await page.getByLabel("Name").fill("Weekly export");
  await page.getByLabel("Source").fill("billing");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const secret = await page.getByRole("textbox", { name: "Token" }).inputValue();
  const url = `${process.env.E2E_BASE_URL}/api/v1/imports`;
  const headers = { authorization: `Bearer ${secret}` };
  const send = () =>
    fetch(`${url}/billing?file=customers.csv`, { method: "POST", headers, body: CUSTOMERS.replace("GmbH", "AG") });

  const sent = await send();
  expect(sent.status).toBe(202);
  const { delivery, location } = (await sent.json()) as { delivery: { id: string }; location: string };
  const state = async () =>
    ((await (await fetch(new URL(location, url), { headers })).json()) as { status: string }).status;
  await expect.poll(state, SOON).toBe("imported");
  const again = await send();
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ repeated: true, delivery: { id: delivery.id } });
  expect((await fetch(`${url}/crm?file=customers.csv`, { method: "POST", headers, body: "x" })).status).toBe(404);

  const cut = request(`${url}/billing?file=usage.csv`, {
    method: "POST",
    headers: { ...headers, "content-length": 9e6 },
  });
  cut.on("error", () => {});
  cut.write(Buffer.alloc(2_000_000, "x"));
  await sleep(1_000);
  cut.destroy();
  await page.goto("/imports/deliveries");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("row").nth(1)).toContainText("discarded", { timeout: 500 });
  }).toPass(SOON);
  await expect(page.getByRole("row").nth(2)).toContainText(/billing.*sent by a program, Weekly export.*imported/);
  await expectWhole(page);
});
