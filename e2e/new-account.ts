import { expect, type Page } from "@playwright/test";

export type NewAccount = { name: string; email: string; password: string };

let made = 0;

/** Somebody whom no account knows yet. */
export function newPerson(): NewAccount {
  made += 1;
  const stamp = `${Date.now()}${made}`;
  return { name: `Nora Journey ${stamp}`, email: `nora.${stamp}@techflow.example`, password: "three unrelated words" };
}

/** An account of a CSM with a password, so that those of the demo stay as they are. `admin` is a page of an administrator. */
export async function makeAccount(admin: Page): Promise<NewAccount> {
  const person = newPerson();
  await admin.goto("/users");
  const status = await admin.evaluate(async ({ name, email, password }) => {
    const post = (path: string, body: object) =>
      fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const invited = await post("/api/v1/admin/users", { name, email, role: "csm" });
    const { link } = await invited.json();
    return (await post("/api/v1/account-links/follow", { secret: link.secret, password })).status;
  }, person);
  expect(status).toBe(204);
  return person;
}

/** The link that the open dialog shows. */
export async function readAccountLink(page: Page, name: string): Promise<string> {
  const shown = page.getByRole("dialog").getByLabel(`Link for ${name}`);
  await expect(shown).toHaveValue(/^http.+\/account-link\/[\w-]{43}$/);
  return shown.inputValue();
}

/** Sets a password on the page behind an account link. */
export async function setPassword(page: Page, password: string, repeated = password): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(repeated);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
}
