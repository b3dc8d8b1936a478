import { describe, expect, it } from "vitest";
import { dateWords, spanWords } from "./date-words";

describe("spanWords", () => {
  it.each([
    ["2026-11-16", "0 days"],
    ["2026-11-15", "1 day"],
    ["2026-10-01", "46 days"],
    ["2026-08-16", "3 months"],
    ["2025-11-16", "11 months"],
    ["2025-11-10", "1 year"],
    ["2023-08-10", "3 years 3 months"],
  ])("from %s to 16 Nov 2026 is %s", (from, words) => {
    expect(spanWords(`${from}T00:00:00Z`, "2026-11-16T00:00:00Z")).toBe(words);
  });
});

describe("dateWords", () => {
  it("is the day in the company's zone", () => {
    expect(dateWords("2026-11-16T04:30:00Z", "America/New_York")).toBe("15 Nov 2026");
  });
});
