import { describe, expect, test } from "vitest";
import { type ModelContent, modelChecksum } from "./checksum";

const content: ModelContent = {
  targetId: "churn-30d",
  booster: Uint8Array.from([1, 2, 3]),
  calibrator: { a: 1.1, b: -0.2 },
  columns: ["seats", "sessions_28d"],
  categories: { plan: ["team", "business"], band: ["s"] },
};

describe("modelChecksum", () => {
  test.each<[string, Partial<ModelContent>]>([
    ["target", { targetId: "other" }],
    ["booster", { booster: Uint8Array.from([1, 2, 4]) }],
    ["slope", { calibrator: { a: 1.1000000001, b: -0.2 } }],
    ["intercept", { calibrator: { a: 1.1, b: 0.2 } }],
    ["order of columns", { columns: ["sessions_28d", "seats"] }],
    ["order of categories", { categories: { plan: ["business", "team"], band: ["s"] } }],
  ])("changes with the %s", (_what, change) => {
    expect(modelChecksum({ ...content, ...change })).not.toBe(modelChecksum(content));
  });

  test("does not depend on the order of keys", () => {
    const categories = { band: ["s"], plan: ["team", "business"] };
    expect(modelChecksum({ ...content, categories })).toBe(modelChecksum(content));
  });
});
