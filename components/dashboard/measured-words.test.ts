import { describe, expect, it } from "vitest";
import { measuredDetail, measuredWords } from "./measured-words";

describe("a share in words", () => {
  it.each([
    [
      { state: "measured", proportion: { hits: 8, n: 10, share: 0.8, low: 0.4902, high: 0.9433 } },
      "80.0%",
      "49.0% to 94.3% · 8 of 10 flagged",
    ],
    [{ state: "too_few", n: 4, least: 10 }, "too few", "4 flagged, at least 10 needed"],
    [{ state: "none" }, "none", "no flagged"],
  ] as const)("%j reads %s", (measured, words, detail) => {
    expect(measuredWords(measured)).toBe(words);
    expect(measuredDetail(measured, "flagged")).toBe(detail);
  });
});
