import { expect, test } from "./journey";

test("a data scientist reads models and features, and cannot promote, with the button or without", async ({
  page,
  signIn,
  faults,
}) => {
  await signIn("data_scientist");
  await page.goto("/");
  await expect(page).toHaveURL(/\/model-versions$/);
  await expect(page.getByText("champion", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Make champion/ })).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText([
    "Backtest",
    "Model versions",
    "Training runs",
    "Feature catalogue",
    "What predictions read",
    "Data report",
  ]);

  // From the page itself, so that it is the role that is refused and not a request from elsewhere.
  const answers = await page.evaluate(async () => {
    const post = async (address: string, body: object) => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      const { code, message } = (await response.json()) as { code: string; message: string };
      return { status: response.status, code, message };
    };
    const reason = "a reason that is long enough";
    return {
      promote: await post("/api/v1/admin/model-versions/promote", { modelVersionId: 1, reason }),
      job: await post("/api/v1/admin/job-runs", { job: "train-model" }),
      unknown: await post("/api/v1/no-such-address", {}),
    };
  });
  faults.allow(/^404 POST \/api\/v1\//);
  expect(answers.unknown.status).toBe(404);
  expect(answers.promote).toEqual(answers.unknown);
  expect(answers.job).toEqual(answers.unknown);

  faults.allow(/^404 GET \//);
  for (const address of ["/queue", "/customers", "/dashboard", "/job-runs", "/users", "/audit"])
    expect((await page.goto(address))?.status(), address).toBe(404);
});
