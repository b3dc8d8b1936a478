import { test } from "./empty-journey";
import { expect } from "./journey";

test.use({ installation: "set-up" });

test("the first administrator signs in with the password that the start made", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/");
  await expect(page.getByRole("region", { name: "State of the data" })).toContainText("No scores yet");
  await expect(page.getByText("Demo data")).toHaveCount(0);
});
