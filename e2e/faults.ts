import type { BrowserContext } from "@playwright/test";

/** What goes wrong in browsers while a journey runs: console errors, uncaught errors, requests that fail or are refused. */
export class Faults {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on("console", (message) => {
      // What was refused is noted with its address below.
      const refused = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !refused) this.#found.push(`console: ${message.text()}`);
    });
    context.on("weberror", (error) => this.#found.push(`uncaught: ${error.error().message}`));
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // A page that is left drops what it was still asking for.
      if (why !== "net::ERR_ABORTED") this.#found.push(`failed: ${request.method()} ${request.url()}: ${why}`);
    });
    context.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.status() >= 400) this.#found.push(`${response.status()} ${response.request().method()} ${pathname}`);
    });
  }

  /** What the journey provokes on purpose. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  unexpected(): string[] {
    return this.#found.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)));
  }
}
