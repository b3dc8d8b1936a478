import { describe, expect, it } from "vitest";
import { raisingReasons, visiblePrediction } from "./policy";

const open = { experimentRunning: false, inComparisonGroup: false, windowsMatured: false };
const running = { ...open, experimentRunning: true };
const comparison = { ...running, inComparisonGroup: true };

describe("what a CSM sees of a prediction", () => {
  it.each([
    ["no experiment: a flagged customer", "flagged", open, "shown"],
    ["no experiment: an unlisted customer too, as nothing is to be hidden", "unlisted", open, "shown"],
    ["experiment: a listed, treated customer", "flagged", running, "shown"],
    ["experiment: nobody unlisted, since a high score there would tell", "unlisted", running, "unlisted"],
    ["comparison group: a flagged customer looks unlisted", "flagged", comparison, "unlisted"],
    ["comparison group: an unlisted customer looks unlisted", "unlisted", comparison, "unlisted"],
    ["comparison group, windows matured: shown", "flagged", { ...comparison, windowsMatured: true }, "shown"],
    [
      "comparison group after the experiment, window still open: unlisted",
      "watch",
      { ...open, inComparisonGroup: true },
      "unlisted",
    ],
  ] as const)("%s", (_rule, listing, blinding, expected) => {
    expect(visiblePrediction({ role: "csm", listing, blinding })).toBe(expected);
  });

  it.each(["vp", "admin", "data_scientist"] as const)("%s is not blinded", (role) => {
    expect(visiblePrediction({ role, listing: "flagged", blinding: comparison })).toBe("shown");
  });
});

describe("raisingReasons", () => {
  const reason = (text: string, direction: string) => ({ feature: "f", theme: "usage", direction, logOdds: 1, text });

  it("gives at most three sentences of what raises, in the stored order", () => {
    const stored = {
      themes: [],
      reasons: [reason("a", "raises"), reason("b", "lowers"), ..."cde".split("").map((t) => reason(t, "raises"))],
    };
    expect(raisingReasons(stored).map(({ text }) => text)).toEqual(["a", "c", "d"]);
  });

  it("leaves out what hardly raises the odds", () => {
    const stored = {
      reasons: [
        { ...reason("a", "raises"), logOdds: 0.15 },
        { ...reason("b", "raises"), logOdds: 0.14 },
      ],
    };
    expect(raisingReasons(stored)).toEqual([{ text: "a", typical: null }]);
  });

  it("says what is typical without the peer group, which the row names already", () => {
    const typical = "typical for Team accounts of 5–9 seats: 4 to 9 people";
    const stored = { reasons: [{ ...reason("a", "raises"), typical }] };
    expect(raisingReasons(stored)).toEqual([{ text: "a", typical: "4 to 9 people" }]);
  });

  it.each([null, {}, { reasons: "none" }, { reasons: [{ text: 3 }] }])("gives none for %j", (stored) => {
    expect(raisingReasons(stored)).toEqual([]);
  });
});
