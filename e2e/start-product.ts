import { startedProduct } from "./launch-product";

/**
 * Starts the product with a demo company of 400 customers over 52 weeks for all journeys. E2E_BASE_URL and E2E_CREDENTIALS
 * say where it is and who may sign in. With E2E_BASE_URL set beforehand a product that runs already is used.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => {};
  const product = await startedProduct(["--customers", "400", "--weeks", "52", "--seed", "1"]);
  process.env.E2E_BASE_URL = product.url;
  process.env.E2E_CREDENTIALS = product.credentials;
  return product.stop;
}
