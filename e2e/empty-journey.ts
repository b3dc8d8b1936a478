import { test as base } from "./journey";
import { type LaunchedProduct, startedProduct } from "./launch-product";

type WorkerFixtures = {
  /** Names the installation: files that name another one, with `test.use` at their top, begin with a new empty one. */
  installation: string;
  /** What it is begun with: its company, unless a file says otherwise. */
  beginWith: readonly string[];
  /** The installation that the journeys of this file share: begun empty, with one administrator. */
  emptyProduct: LaunchedProduct;
};

/**
 * `test` for journeys on an installation that was begun empty, without the demo: `signIn("admin")` signs its first
 * administrator in. The journeys of a file run one after the other on it, so a later one finds what an earlier one left.
 */
export const test = base.extend<object, WorkerFixtures>({
  installation: ["", { option: true, scope: "worker" }],
  beginWith: [
    ["--company", "Harbour", "--zone", "Europe/Berlin", "--currency", "EUR"],
    { option: true, scope: "worker" },
  ],
  emptyProduct: [
    async ({ installation, beginWith }, use) => {
      if (!installation) throw new Error('expected test.use({ installation: "…" }) at the top of the file');
      const product = await startedProduct(["--empty", ...beginWith]);
      const before = { E2E_BASE_URL: process.env.E2E_BASE_URL, E2E_CREDENTIALS: process.env.E2E_CREDENTIALS };
      // What the other fixtures read. This worker process runs the journeys of this installation alone.
      Object.assign(process.env, { E2E_BASE_URL: product.url, E2E_CREDENTIALS: product.credentials });
      await use(product);
      Object.assign(process.env, before);
      await product.stop();
    },
    { auto: true, scope: "worker", timeout: 120_000 },
  ],
});
