import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin";

test.each([
  ["a browser's word that it came from a page of ours", { "sec-fetch-site": "same-origin" }, true],
  ["another site", { "sec-fetch-site": "cross-site" }, false],
  ["a sister domain, which may be anyone's", { "sec-fetch-site": "same-site" }, false],
  ["the address bar, which changes nothing", { "sec-fetch-site": "none" }, false],
  ["an older browser, same host and port", { origin: "http://app.example:3000", host: "app.example:3000" }, true],
  ["an older browser, another port", { origin: "http://app.example:4000", host: "app.example:3000" }, false],
  [
    "an older browser behind a proxy",
    { origin: "https://app.example", host: "x", "x-forwarded-host": "app.example" },
    true,
  ],
  ["an origin that is hidden", { origin: "null", host: "app.example" }, false],
  ["neither said", { host: "app.example" }, false],
])("%s", (_case, headers, expected) => {
  expect(isSameOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
});
