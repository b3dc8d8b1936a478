import type { Page } from "@playwright/test";
import { barriersOn } from "./accessibility";
import { expect, test } from "./journey";
import { makeAccount, type NewAccount, newPerson, readAccountLink, setPassword } from "./new-account";
import { signInByForm } from "./session";

const OTHER_PASSWORD = "four other unrelated words";

test("a CSM is invited by a link, sets a password and sees the queue; a reset puts the old session out", async ({
  page,
  signIn,
  otherBrowser,
  faults,
}) => {
  const { email: existing, name: adminName } = await signIn("admin");
  const person = newPerson();
  await page.goto("/users");
  await page.getByRole("button", { name: "Invite a user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByLabel("E-mail").fill(existing);
  await dialog.getByLabel("Role").selectOption({ label: "Customer success" });
  faults.allow(/^409 POST \/api\/v1\/admin\/users$/);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(dialog.getByRole("alert")).toContainText(existing);
  await dialog.getByLabel("E-mail").fill(person.email);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const invitation = await readAccountLink(page, person.name);
  expect(await barriersOn(page), "the link that is shown once").toEqual([]);
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row").filter({ hasText: person.email });
  await expect(row).toContainText("invited");

  const nora = await otherBrowser(null);
  await nora.goto(invitation);
  await expect(nora.getByRole("heading", { level: 1 })).toContainText(person.name);
  await expect(nora.getByText(`${adminName} (${existing}) invites you. Your role is Customer success.`)).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await nora.emulateMedia({ colorScheme });
    expect(await barriersOn(nora), `the invitation, ${colorScheme}`).toEqual([]);
  }
  await setPassword(nora, person.password, "something else entirely");
  await expect(nora.getByText("The two passwords differ.")).toBeVisible();
  faults.allow(/^400 POST \/api\/v1\/account-links\/follow$/);
  await setPassword(nora, "aaaaaaaaaaaaaaaa");
  await expect(nora.getByRole("alert").filter({ hasText: "different characters" })).toBeVisible();
  await setPassword(nora, person.password);
  await expect(nora.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();
  await nora.goto("/queue?owner=all");
  await expect(nora.locator("[data-row-link]").first()).toBeVisible();

  await page.reload();
  await expect(row).toContainText("active");
  await row.getByRole("link", { name: person.name }).click();
  await page.getByRole("button", { name: "Make a link to reset the password" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make the link" }).click();
  const reset = await readAccountLink(page, person.name);
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(/^open until /)).toBeVisible();

  await nora.goto("/customers");
  await expect(
    nora.getByRole("heading", { level: 1, name: "All customers" }),
    "signed in until the reset",
  ).toBeVisible();
  const elsewhere = await otherBrowser(null);
  await elsewhere.goto(reset);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText(`A new password for ${person.name}`);
  await setPassword(elsewhere, OTHER_PASSWORD);
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Risk queue" })).toBeVisible();

  await nora.goto("/customers");
  await expect(nora).toHaveURL(/\/sign-in\?next=%2Fcustomers$/);
  faults.allow(/^401 POST \/api\/auth\/callback\/credentials$/);
  await signInByForm(nora, { email: person.email, password: person.password });
  await expect(nora.getByRole("alert").filter({ hasText: "E-mail or password is not right." })).toBeVisible();

  faults.allow(/^404 GET \/account-link\/[\w-]+$/);
  for (const dead of [reset, invitation, "/account-link/no-such-link"]) {
    await nora.goto(dead);
    await expect(nora.getByRole("heading", { level: 1, name: "This link opens nothing" })).toBeVisible();
  }
  expect(await barriersOn(nora), "a link that does not work").toEqual([]);
});

test("sessions end by one's own wish, by an administrator's, and with the account", async ({
  page,
  signIn,
  otherBrowser,
  faults,
}) => {
  await signIn("admin");
  const person = await makeAccount(page);
  const first = await otherBrowser(null);
  await signInAgain(first, person);

  const second = await otherBrowser(null);
  await signInAgain(second, person);
  await second.goto("/password");
  await second.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(second.getByRole("button", { name: "Sign in" })).toBeVisible();
  await first.goto("/customers");
  await expect(first).toHaveURL(/\/sign-in/);

  await signInAgain(first, person);
  await page.goto("/users");
  await page.getByRole("link", { name: person.name }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText(`${person.name} is signed out in every browser.`)).toBeVisible();
  await first.goto("/customers");
  await expect(first).toHaveURL(/\/sign-in/);

  await signInAgain(first, person);
  await page.getByLabel("Role").selectOption({ label: "VP Customer Success" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await first.goto("/dashboard");
  await expect(first.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();

  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("button", { name: "Reactivate" })).toBeVisible();
  await first.goto("/customers");
  await expect(first).toHaveURL(/\/sign-in/);
  faults.allow(/^401 POST \/api\/auth\/callback\/credentials$/);
  await signInByForm(first, person);
  await expect(first.getByRole("alert").filter({ hasText: "E-mail or password is not right." })).toBeVisible();
});

test("customers are handed over, and back again when their new owner is deactivated", async ({ page, signIn }) => {
  await signIn("admin");
  const successor = await makeAccount(page);
  await page.goto("/users");
  // The demo's last CSM by name: journeys sign in as the first.
  const rows = page.getByRole("region", { name: "Users" }).getByRole("row").filter({ hasText: "Customer success" });
  const owning = rows.filter({ hasNot: page.getByRole("cell", { name: "0", exact: true }) }).last();
  const name = (await owning.getByRole("link").textContent()) as string;
  const count = (await owning.getByRole("cell").nth(3).textContent()) as string;
  expect(Number(count)).toBeGreaterThan(1);
  const owned = `${count} customers`;

  await owning.getByRole("link").click();
  await page.getByLabel(`Hand ${owned} over to`).selectOption({ label: successor.name });
  await page.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText(`${name} owns no customers.`)).toBeVisible();

  await page.goto("/users");
  await page.getByRole("link", { name: successor.name }).click();
  await expect(page.getByText(`${successor.name} owns ${owned}`)).toBeVisible();
  await page.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(`Who gets the ${owned} that ${successor.name} owns?`).selectOption({ label: name });
  expect(await barriersOn(page), "deactivating somebody who owns customers").toEqual([]);
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText(`${successor.name} owns no customers.`)).toBeVisible();
  await page.goto("/users");
  await expect(page.getByRole("row").filter({ has: page.getByRole("link", { name }) })).toContainText(count);
});

async function signInAgain(page: Page, person: NewAccount): Promise<void> {
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}
