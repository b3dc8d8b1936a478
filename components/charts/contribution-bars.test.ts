import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contributionBars, probabilityAt } from "./contribution-bars";

const part = (column: string, logOdds: number) => ({ column, label: column, value: "", logOdds });

describe("contributionBars", () => {
  it("starts at the bias and ends at the margin, whatever is grouped", () => {
    const parts = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(parts, fc.double({ min: -4, max: 1, noNaN: true }), fc.nat(12), (values, bias, most) => {
        const chart = contributionBars({ bias, parts: values.map((value, i) => part(`f${i}`, value)), most });
        const margin = values.reduce((sum, value) => sum + value, bias);
        expect(chart.bars[0]?.from).toBe(bias);
        expect(chart.bars.at(-1)?.to).toBeCloseTo(margin, 9);
        chart.bars.slice(1).forEach((bar, i) => {
          expect(bar.from).toBe(chart.bars[i]?.to);
        });
      }),
    );
  });

  it("shows the largest one by one, in either direction, and adds up the rest", () => {
    const { bars } = contributionBars({
      bias: -2,
      parts: [part("a", 0.1), part("b", -2), part("c", 1), part("d", 0.2)],
      most: 2,
    });
    expect(bars.map((bar) => bar.key)).toEqual(["start", "b", "c", "others", "end"]);
    expect(bars[3]?.label).toBe("All 2 others");
    expect(bars[3]?.logOdds).toBeCloseTo(0.3);
  });

  it("has no others where nothing is left over", () => {
    expect(contributionBars({ bias: 0, parts: [part("a", 1)], most: 5 }).bars.map((bar) => bar.kind)).toEqual([
      "start",
      "part",
      "end",
    ]);
  });

  it("puts probabilities where their log-odds are, within the axis only", () => {
    const { ticks, min, max } = contributionBars({ bias: -2, parts: [part("a", 4)], most: 5 });
    expect(ticks.map((tick) => tick.probability)).toContain(0.5);
    for (const tick of ticks) {
      expect(probabilityAt(tick.at)).toBeCloseTo(tick.probability);
      expect(tick.at >= min && tick.at <= max).toBe(true);
    }
  });
});
