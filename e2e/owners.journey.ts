import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { barriersOn } from "./accessibility";
import { accountOf } from "./accounts";
import { test } from "./empty-journey";
import { expect } from "./journey";
import { readAccountLink, setPassword } from "./new-account";
import { signInByForm } from "./session";

test.use({ installation: "owners" });
// A dry run and an import are jobs, which begin within seconds.
test.setTimeout(120_000);

const SOON = { timeout: 45_000 };
const PASSWORD = "three unrelated words";
const CUSTOMERS = [
  "customer_id,name,signed_up_at,owner_email",
  "c-1,Harbor & Finch,2025-03-10,lena@harbour.example",
  "c-2,Mill & Co,2025-04-01,Lena@harbour.example",
  "c-3,Quay Works,2025-04-02,omar@harbour.example",
].join("\n");

test("customers wait for the owner whom the data names, and are hers from the invitation on", async ({
  page,
  signIn,
  otherBrowser,
}) => {
  await signIn("admin");
  await page.goto("/imports/new");
  await page.getByLabel("Source").fill("crm");
  const buffer = Buffer.from(CUSTOMERS);
  await page.getByLabel("Choose files").setInputFiles([{ name: "customers.csv", mimeType: "text/csv", buffer }]);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await page.getByRole("button", { name: "Import", exact: true }).click(SOON);
  await expect(page.getByText("3 new, 0 changed, 0 known, 0 set aside, of 3 rows.")).toBeVisible(SOON);

  await page.goto("/users");
  const waiting = page.getByRole("list", { name: "Waiting for their owner" }).getByRole("listitem");
  await expect(waiting).toHaveText([
    /2 customers wait for lena@harbour\.example/,
    /1 customer waits for omar@harbour\.example/,
  ]);
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Invite lena@harbour.example" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a user" });
  await expect(dialog.getByLabel("E-mail")).toHaveValue("lena@harbour.example");
  await dialog.getByLabel("Name").fill("Lena Okafor");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await readAccountLink(page, "Lena Okafor");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await expect(waiting).toHaveText([/1 customer waits for omar@harbour\.example/]);
  const row = page.getByRole("row").filter({ hasText: "Lena Okafor" });
  await expect(row.getByRole("cell").nth(3)).toHaveText("2");

  const lena = await otherBrowser(null);
  await lena.goto(link);
  await expect(lena.getByRole("heading", { level: 1, name: "Welcome to Harbour, Lena Okafor" })).toBeVisible();
  await setPassword(lena, PASSWORD);
  await expect(lena.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  await lena.goto("/customers");
  for (const name of ["Harbor & Finch", "Mill & Co"])
    await expect(lena.getByRole("row").filter({ hasText: name })).toContainText("Lena Okafor");
  await expect(lena.getByRole("row").filter({ hasText: "Quay Works" })).not.toContainText("Lena");
});

test("where no administrator can sign in, whoever runs the server makes a link", async ({ page, emptyProduct }) => {
  const { email } = accountOf("admin");
  const { stdout } = await promisify(execFile)("npm", ["run", "-s", "account:link", "--", "--email", email], {
    env: {
      ...process.env,
      DATABASE_URL: "",
      TIDELINE_DATA_DIR: path.dirname(emptyProduct.credentials),
      TIDELINE_URL: emptyProduct.url,
    },
  });
  await page.goto(stdout.split("\n")[0] as string);
  await expect(page.getByText("Whoever runs this server made this link")).toBeVisible();
  await setPassword(page, PASSWORD);
  await expect(page).not.toHaveURL(/account-link/);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await signInByForm(page, { email, password: PASSWORD });
  await page.waitForURL((url) => url.pathname !== "/sign-in");
});
