import { describe, expect, it } from "vitest";
import { sparkline } from "./sparkline";

const size = { width: 106, height: 46 };

describe("sparkline", () => {
  it("breaks the line at a gap instead of bridging it", () => {
    const { paths } = sparkline({ values: [0, 1, null, 1, 0], band: null, ...size });
    expect(paths).toEqual(["M3.0 43.0L28.0 3.0", "M78.0 3.0L103.0 43.0"]);
  });

  it("puts values and the typical band on one scale", () => {
    const line = sparkline({ values: [0, 5], band: { low: 5, high: 10 }, ...size });
    expect(line.band).toEqual({ y: 3, height: 20 });
    expect(line.end).toEqual({ x: 103, y: 23 });
  });

  it("stands in the middle where all values are alike", () => {
    expect(sparkline({ values: [4, 4], band: null, ...size }).end?.y).toBe(23);
  });

  it("has no end where nothing is known", () => {
    expect(sparkline({ values: [null], band: null, ...size })).toEqual({ paths: [], band: null, end: null });
  });
});
