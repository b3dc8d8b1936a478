import { describe, expect, test } from "vitest";
import { PARTS, parseBenchArguments } from "./arguments";

describe("parseBenchArguments", () => {
  test("without arguments everything is measured at 10,000, 40,000 and 160,000 customers", () => {
    const { sizes, parts, weeks } = parseBenchArguments([]);
    expect(sizes).toEqual([10_000, 40_000, 160_000]);
    expect([...parts]).toEqual([...PARTS]);
    expect(weeks).toBe(78);
  });
  test("sizes are taken once each, ascending, since the first is what the others are compared with", () => {
    expect(parseBenchArguments(["--sizes", "40000, 10000,40000"]).sizes).toEqual([10_000, 40_000]);
  });
  test("--only names what is measured", () => {
    expect([...parseBenchArguments(["--only", "import,python"]).parts]).toEqual(["import", "python"]);
  });
  test.each([
    [["--sizes", "10k"], '--sizes has "10k": expected a whole number from 100 to 1000000'],
    [["--sizes", "99"], '--sizes has "99"'],
    [["--weeks", "12"], '--weeks has "12": expected a whole number from 40 to 200'],
    [["--only", "speed"], '--only has "speed": expected some of import,features,training,scoring,python'],
    [["--fast"], "--fast"],
  ])("%j is refused", (words, message) => {
    expect(() => parseBenchArguments(words)).toThrow(message);
  });
});
