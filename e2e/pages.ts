import type { Page } from "@playwright/test";

/** A page of the product, who looks at it, and the way there. */
export type ProductPage = {
  readonly name: string;
  /** null: nobody is signed in. */
  readonly role: string | null;
  readonly open: (page: Page) => Promise<void>;
};

/** Every page, each as somebody who may see it. */
export const PAGES: readonly ProductPage[] = [
  at("sign-in", null, "/sign-in"),
  at("queue", "csm", "/queue"),
  at("queue-nothing-fits", "csm", "/queue?q=no+such+customer"),
  through("customer", "csm", "/queue", "[data-row-link]"),
  through("customer-leaving", "csm", "/leaving", "[data-row-link]"),
  through("customer-not-listed", "csm", "/customers", "main tr:has-text('Not listed') a"),
  through("customer-gone", "csm", "/customers", "main tr:has-text('Not a customer now') a"),
  at("leaving", "csm", "/leaving"),
  at("customers", "csm", "/customers"),
  at("dashboard", "vp", "/dashboard"),
  at("churn-check", "vp", "/churn-check"),
  at("backtest", "vp", "/backtest"),
  at("backtest-missed", "data_scientist", "/backtest?show=missed"),
  at("model-versions", "admin", "/model-versions"),
  at("training-runs", "admin", "/training-runs"),
  through("training-run", "admin", "/training-runs", "main td a"),
  at("feature-catalogue", "data_scientist", "/feature-catalogue"),
  at("prediction-data", "csm", "/prediction-data"),
  at("job-runs", "admin", "/job-runs"),
  at("imports", "admin", "/imports"),
  through("import", "admin", "/imports", "main td a"),
  at("mappings", "admin", "/mappings"),
  at("mapping-of-nothing", "admin", "/mappings/billing"),
  at("data-report", "data_scientist", "/data-report"),
  at("upload-in-a-demo", "admin", "/imports/new"),
  at("deliveries", "admin", "/imports/deliveries"),
  at("quarantine", "admin", "/quarantine"),
  at("quarantine-nothing-fits", "admin", "/quarantine?file=no+such+file.csv"),
  at("users", "admin", "/users"),
  through("user", "admin", "/users", "main td a"),
  at("api-tokens", "admin", "/api-tokens"),
  at("privacy", "admin", "/privacy"),
  at("settings", "admin", "/settings"),
  at("set-up", "admin", "/setup"),
  at("audit", "admin", "/audit"),
  at("password", "csm", "/password"),
  at("unknown", "csm", "/no-such-page"),
];

function at(name: string, role: string | null, address: string): ProductPage {
  return { name, role, open: async (page) => void (await page.goto(address)) };
}

/** The page behind the first link of a list that fits. */
function through(name: string, role: string, list: string, link: string): ProductPage {
  return {
    name,
    role,
    open: async (page) => {
      await page.goto(list);
      const first = page.locator(link).first();
      await first.waitFor();
      await page.goto((await first.getAttribute("href")) as string);
    },
  };
}
